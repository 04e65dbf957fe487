"""Models that answer badly or not at all: a clear message, and a repository that is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.llm.servers import Reply, run_server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cli.projects import Project

ANSWERS: Mapping[str, list[object]] = {
    "garbage": ["Certainly! \x00\x1b[31m ```", "<<<>>>", "def slugify("] * 8,
    "nothing": [""] * 32,
    "code for another file": ["```python\nimport os\nos.remove('x')\n```"] * 32,
    "an error": [{"error": "out of service"}],
    "no answer at all": [],
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_model_that_answers_badly(project: Project, kind: str) -> None:
    before = project.look()

    finished = project.run("build", "--model", project.script(ANSWERS[kind]))

    assert finished.code == 1
    assert "Traceback" not in finished.stderr + finished.stdout
    assert "\x1b[31m" not in finished.stderr + finished.stdout
    assert "001/C1" in finished.stdout + finished.stderr
    assert project.look() == before


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500, body=b"oops"),
        Reply(body=b""),
        Reply(body=b"<html>not a model</html>"),
        Reply(status=401, body=b"{}"),
    ],
)
def test_a_server_that_is_no_model(
    project: Project, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_MODEL_RETRIES", "0")
    before = project.look()

    with run_server(*[reply] * 20) as server:
        finished = project.run("build", "--model", f"{server.url}/v1#coder")

    assert finished.code == 1
    assert "error:" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert project.look() == before


@pytest.mark.parametrize(
    ("model", "code", "message"),
    [
        ("http://127.0.0.1:9/v1#coder", 1, "127.0.0.1:9"),
        ("embedded:nothing", 2, "there is no embedded model `nothing`"),
        ("coder", 2, "the model name `coder` has no provider"),
        ("scripted:/nowhere.json", 2, "cannot be read"),
    ],
)
def test_a_model_that_is_not_there(
    project: Project, monkeypatch: pytest.MonkeyPatch, model: str, code: int, message: str
) -> None:
    monkeypatch.setenv("HEADWATER_MODEL_RETRIES", "0")
    before = project.look()

    finished = project.run("build", "--model", model)

    assert finished.code == code
    assert message in finished.stderr
    assert project.look() == before


def test_frozen_calls_no_model(project: Project) -> None:
    before = project.look()

    finished = project.run("build", "--frozen", "--model", project.script(["unused"]))

    assert finished.code == 1
    assert "a frozen run asks no model" in finished.stderr
    assert project.look() == before
