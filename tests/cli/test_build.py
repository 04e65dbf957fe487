"""`headwater build` from the command line, with a scripted model and a real sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import (
    CODE,
    CODE_PATH,
    PLAN,
    PLAN_PATH,
    SPEC,
    SPEC_PATH,
    TEST_PATH,
    WRONG,
    Project,
    answer,
)
from tests.llm.servers import chat, run_server

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_builds_from_documents_to_commits(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is named by the environment; its first answer is wrong, its second right."""
    script = project.script({"implement 001/C1": [answer(WRONG), answer(CODE)]})
    monkeypatch.setenv("HEADWATER_MODEL_NAME", script)

    finished = project.run("build", "001-titles", "--seed", "7")

    assert finished.code == 0, finished
    assert finished.stdout.startswith("001/C1  generated  2 attempts, scripted:script.json")
    assert "2 of 2 tests passed; 2 model calls" in finished.stdout
    head = project.git("rev-parse", "HEAD")[:12]
    assert finished.stdout.endswith(f"The branch is at {head}.\n")
    assert (project.root / CODE_PATH).is_file()
    assert (project.root / TEST_PATH).is_file()
    assert project.git("status", "--porcelain") == ""


def test_progress_goes_to_standard_error_and_the_model_comes_first(project: Project) -> None:
    finished = project.run("build", "--model", project.script([answer(CODE)]))

    lines = finished.stderr.splitlines()
    assert lines[0].startswith("model: scripted:")
    assert lines[0].endswith("The settings name it.")
    assert "001/C1: attempt 1 of at most 32" in lines
    assert "001/C1: 2 of 2 tests pass" in lines
    assert "001/C1: done" in lines


def test_quiet_says_only_which_model(project: Project) -> None:
    finished = project.run("build", "--quiet", "--model", project.script([answer(CODE)]))

    assert len(finished.stderr.splitlines()) == 1


def test_as_json(project: Project) -> None:
    finished = project.run("build", "--json", "--quiet", "--model", project.script([answer(CODE)]))

    document = finished.document
    assert document["succeeded"] is True
    components = document["components"]
    assert isinstance(components, list)
    assert components[0]["component"] == "001/C1"
    assert components[0]["action"] == "generated"
    assert document["commit"] == project.git("rev-parse", "HEAD").strip()


def test_nothing_to_do_opens_no_model(built: Project) -> None:
    finished = built.run("build", "--model", "scripted:/nowhere.json")

    assert finished.code == 0
    assert finished.stdout == "001/C1  fresh\nNothing to do: 1 component fresh.\n"
    assert finished.stderr == ""


def test_a_search_that_gives_up_changes_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_SEARCH_ATTEMPTS", "2")
    before = project.look()

    finished = project.run("build", "--model", project.script([answer(WRONG)] * 2))

    assert finished.code == 1
    assert "001/C1  failed" in finished.stdout
    assert "failed: 001/C1: no candidate passed in 2 attempts" in finished.stdout
    assert "    hint: " in finished.stdout
    assert "Nothing was changed" in finished.stdout
    assert project.look() == before


def test_only_what_a_change_touches_is_derived_again(built: Project) -> None:
    section = PLAN[PLAN.index("### C1") :]
    second = section.replace("C1", "C2").replace("slugs.py", "shouts.py")
    built.write(
        PLAN_PATH, f"{PLAN}\n{second.replace('FR-001', 'FR-002').replace('slugify', 'shout')}"
    )
    row = '| `shout("a")` | `"A"` |'
    built.write(
        SPEC_PATH,
        f"{SPEC}\n- **FR-002**: It MUST shout.\n\n  | Call | Result |\n  | --- | --- |\n  {row}\n",
    )
    built.commit()
    before = built.look()[2][CODE_PATH]

    shout = 'def shout(title: str) -> str:\n    """Shout."""\n    return title.upper()\n'
    finished = built.run("build", "--model", built.script({"implement 001/C2": [answer(shout)]}))

    assert finished.code == 0, finished
    assert "001/C1  fresh" in finished.stdout
    assert "001/C2  generated" in finished.stdout
    assert built.look()[2][CODE_PATH] == before
    assert built.run("check").code == 0


def test_an_unknown_feature_is_refused(project: Project) -> None:
    finished = project.run("build", "002")

    assert finished.code == 1
    assert "there is no feature '002'" in finished.stderr
    assert "001-titles" in finished.stderr


def test_without_documents_there_is_nothing_to_build(empty: Project) -> None:
    finished = empty.run("build")

    assert finished.code == 1
    assert "there is nothing to build" in finished.stderr


def test_a_sandbox_can_be_asked_for_by_name(project: Project) -> None:
    finished = project.run("build", "--sandbox", "none", "--model", project.script([answer(CODE)]))

    assert finished.code == 0, finished


@pytest.fixture
def local_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server on this machine that answers with the right code."""
    monkeypatch.setenv("HEADWATER_MODEL_RETRIES", "0")
    with run_server(chat(answer(CODE))) as server:
        yield f"{server.url}/v1#coder"


def test_a_server_on_this_machine_is_a_model(project: Project, local_model: str) -> None:
    finished = project.run("build", "--model", local_model)

    assert finished.code == 0, finished
    assert local_model in finished.stderr


def test_an_answer_is_paid_for_once(project: Project, local_model: str) -> None:
    """Built, thrown away and built again: the cache answers, even to a frozen build."""
    project.run("build", "--model", local_model)
    project.git("reset", "--quiet", "--hard", "HEAD~2")

    finished = project.run("build", "--frozen", "--model", local_model)

    assert finished.code == 0, finished
    assert "0 model calls" in finished.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"), [(("--yes",), "model: openai:"), ((), "model: embedded:")]
)
def test_nothing_is_billed_without_a_yes(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    expected: str,
) -> None:
    """A key alone is no consent: without a terminal the embedded model is taken.

    The build is frozen, so that neither is really asked.
    """
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setattr("headwater.llm.choose.find_local_models", lambda _: ())

    finished = project.run("build", "--frozen", *arguments)

    assert finished.code == 1
    assert finished.stderr.startswith(expected)


def test_one_model_is_chosen_for_all_features(project: Project) -> None:
    for path, text in ((SPEC_PATH, SPEC), (PLAN_PATH, PLAN)):
        project.write(path.replace("001-titles", "002-more"), text.replace("titles/slugs", "more"))
    project.commit()

    finished = project.run("build", "--model", project.script([answer(CODE)] * 2))

    assert finished.code == 0, finished
    assert finished.stderr.count("model: ") == 1
