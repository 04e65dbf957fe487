"""`headwater plan` and `headwater tasks`, as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.projects import PLAN_PATH, SPEC, SPEC_PATH

if TYPE_CHECKING:
    import pytest

    from tests.cli.projects import Project

ANSWERS: dict[str, object] = {
    "plan/parameters slugify": {"names": ["title"]},
    "plan/duty titles": {"does": "Turn a title into a slug", "calls": []},
    "plan/topics choices": {"choices": []},
}


def start(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A spec without a plan, and a model that answers what is asked about it."""
    assert project.run("init").code == 0
    project.write(SPEC_PATH, SPEC)
    project.commit()
    script = project.script({purpose: [json.dumps(one)] for purpose, one in ANSWERS.items()})
    monkeypatch.setenv("HEADWATER_MODEL_NAME", script)


def test_a_plan_and_its_tasks(empty: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    start(empty, monkeypatch)
    planned = empty.run("plan")
    assert planned.code == 0
    assert f"{PLAN_PATH}  created" in planned.stdout
    assert "3 model calls" in planned.stdout
    assert "Committed to main as" in planned.stdout
    assert "Next: read it, then `headwater tasks`." in planned.stdout
    listed = empty.run("tasks")
    assert listed.code == 0
    assert "specs/001-titles/tasks.md  created" in listed.stdout
    assert empty.run("check", "--allow-stale").code == 0


def test_again_an_answer_is_paid_for_once(empty: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script has one answer for each question; all others come from the cache."""
    start(empty, monkeypatch)
    empty.run("plan", "--quiet")
    before = empty.look()
    again = empty.run("plan", "--again", "--quiet")
    assert (again.code, "0 model calls" in again.stdout) == (0, True)
    assert "Nothing changed on main at" in again.stdout
    frozen = empty.run("plan", "--again", "--frozen", "--quiet")
    assert frozen.code == 0
    assert empty.look() == before


def test_as_json(empty: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    start(empty, monkeypatch)
    document = empty.run("plan", "--json").document
    assert document["documents"][0]["path"] == PLAN_PATH  # type: ignore[index]
    assert document["refused"] == 0


def test_wrong_inputs_are_told_what_would_be_right(
    empty: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(empty, monkeypatch)
    wrong = empty.run("plan", "--except", "I")
    assert (wrong.code, "expects an article and a reason" in wrong.stderr) == (2, True)
    wrong = empty.run("plan", "--except", "I=why")
    assert (wrong.code, "article I, which the constitution" in wrong.stderr) == (2, True)
    wrong = empty.run("plan", "nine")
    assert (wrong.code, "there is no feature 'nine'" in wrong.stderr) == (1, True)
    wrong = empty.run("tasks")
    assert (wrong.code, "Draft it first: `headwater plan`." in wrong.stderr) == (1, True)
    monkeypatch.setenv("HEADWATER_PLAN_TARGET", "cobol")
    wrong = empty.run("plan")
    assert (wrong.code, "There are: python" in wrong.stderr) == (2, True)


def test_a_spec_with_errors_is_shown_with_its_lines(
    empty: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(empty, monkeypatch)
    empty.write(SPEC_PATH, SPEC.replace('`slugify("One")`', '`slugify("Hello World")`'))
    empty.commit()
    refused = empty.run("plan")
    assert refused.code == 1
    assert f"{SPEC_PATH}:10" in refused.stderr
    assert "no plan was drafted" in refused.stderr
