"""`adopt` and `build --accept-edits` as they are typed, with a script for a model."""

from __future__ import annotations

import json

import pytest

from tests.cli.projects import CODE, CODE_PATH, SPEC_PATH, TEST_PATH, Project

TRIMMED = CODE.replace("title.lower()", 'title.lower().replace("_", " ")')
"""Takes underscores for blanks, of which no example speaks."""
ANSWERS = {
    "adopting/calls 001/C1 1": ['{"calls": [{"function": "slugify", "arguments": ["a_b"]}]}'],
    "change/sentence 001/FR-001": ['{"choice": "none"}'],
}


@pytest.fixture
def edited(built: Project) -> Project:
    """A built project whose code was edited."""
    built.write(CODE_PATH, TRIMMED)
    return built


def adopt(project: Project, *arguments: str) -> tuple[int, str, str]:
    """Run `adopt` with a model that can tell; returns its exit code and what it printed."""
    finished = project.run("adopt", CODE_PATH, "--model", project.script(ANSWERS), *arguments)
    return finished.code, finished.stdout, finished.stderr


def test_without_a_terminal_the_proposal_is_shown_and_nothing_changes(edited: Project) -> None:
    before = edited.git("rev-parse", "HEAD")
    code, shown, _ = adopt(edited, "--quiet")
    assert code == 1
    assert "001/FR-001  slugify(" in shown
    assert "(was " in shown
    assert "example 001/FR-001 added" in shown
    assert "  +  | `slugify(" in shown
    assert shown.endswith("Nothing was committed: `--yes` commits it.\n")
    assert edited.git("rev-parse", "HEAD") == before
    assert edited.git("status", "--porcelain", SPEC_PATH) == ""


def test_yes_commits_it_and_check_passes(edited: Project) -> None:
    code, shown, _ = adopt(edited, "--quiet", "--yes")
    assert code == 0
    assert "Committed as " in shown
    checked = edited.run("check")
    assert (checked.code, checked.stdout) == (
        0,
        "1 feature, 1 component: 0 errors, 0 warnings, 0 not fresh\n",
    )
    told = edited.run("explain", CODE_PATH).stdout
    assert "made by            hand, adopted by Ada Lovelace <ada@example.org> on " in told
    events = edited.run("log", "--limit", "0").stdout
    assert f"adopted   {CODE_PATH}" in events
    assert "written by hand, adopted by Ada Lovelace" in events


def test_as_json(edited: Project) -> None:
    code, shown, _ = adopt(edited, "--quiet", "--yes", "--json")
    document = json.loads(shown)
    assert code == 0
    assert document["committed"]
    assert document["rows"][0]["ref"] == "001/FR-001"
    assert document["reformatted"] is False


def test_reformatted_code_is_taken_without_a_question(built: Project) -> None:
    built.write(CODE_PATH, f"# mine\n{(built.root / CODE_PATH).read_text()}")
    checked = built.run("check").stdout
    assert f"{CODE_PATH} reformatted by hand (means the same)" in checked
    assert f"`headwater adopt {CODE_PATH}` takes it as it is, without a model" in checked
    finished = built.run("adopt", CODE_PATH)
    assert finished.code == 0
    assert f"{CODE_PATH} was reformatted and means the same." in finished.stdout
    assert built.run("check").code == 0


def test_what_an_edit_contradicts_is_printed_with_its_place(built: Project) -> None:
    built.write(CODE_PATH, CODE.replace('"-"', '"_"'))
    finished = built.run("adopt", CODE_PATH)
    assert finished.code == 1
    assert f"{SPEC_PATH}:9" in finished.stderr
    assert f"{CODE_PATH} contradicts 001/FR-001, row 1" in finished.stderr
    assert "the edit was not adopted" in finished.stderr


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (("adopt",), "Missing argument"),
        (("adopt", "README.md"), "no lock record names README.md"),
        (("adopt", TEST_PATH), "derived from examples alone"),
        (("adopt", CODE_PATH), "as it was derived"),
        (("build", "--accept-edits"), "--accept-edits and --reason together"),
        (("build", "--reason", "so"), "--accept-edits and --reason together"),
        (("build", "--accept-edits", "--reason", " "), "--accept-edits and --reason together"),
        (("build", "--accept-edits", "--reason", "so"), "edited by hand, found none"),
    ],
)
def test_wrong_inputs(built: Project, arguments: tuple[str, ...], match: str) -> None:
    finished = built.run(*arguments)
    assert finished.code in {1, 2}
    assert match in finished.stderr


def test_an_accepted_edit_is_seen_everywhere(edited: Project) -> None:
    built = edited.run("build", "--accept-edits", "--reason", "hot fix, ticket 4711")
    assert built.code == 0, built.stderr
    checked = edited.run("check")
    assert checked.code == 0
    assert f"{CODE_PATH}:1:" in checked.stdout or f"{CODE_PATH}:1" in checked.stdout
    assert "warning[accepted-deviation]" in checked.stdout
    assert "because: hot fix, ticket 4711" in checked.stdout
    told = f"{CODE_PATH} accepted as it was edited"
    assert told in edited.run("status").stdout
    assert told in edited.run("explain", CODE_PATH).stdout
    assert f"accepted as edited: {CODE_PATH}" in edited.run("trace", "FR-001").stdout
    assert "because: hot fix, ticket 4711" in edited.run("log", "--limit", "0").stdout
    statement = edited.run("provenance", "001/C1").stdout
    assert "hot fix, ticket 4711" in statement
    assert edited.run("check", "--fail-on", "warning").code == 1
    assert edited.run("build").stdout == "001/C1  fresh\nNothing to do: 1 component fresh.\n"
