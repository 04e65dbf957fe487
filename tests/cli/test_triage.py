"""`headwater triage` as it is typed: what it prints, how it ends, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import CODE_PATH, SPEC_PATH, Project, answer

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """\
def slugify(title: str) -> str:
    return "-".join(title.lower().split()).strip("-")
"""
GAP = ("triage", "--example", 'slugify("-a") = "a"')


def silent(project: Project) -> str:
    """A model to whom the requirement is silent, and which rewords nothing."""
    return project.script(
        {
            "triage/ruling 001/FR-001 1": ['{"ruling": "silent"}'],
            "change/sentence 001/FR-001": ['{"choice": "none"}'],
        }
    )


def test_a_gap_is_shown_and_nothing_is_committed_without_a_yes(built: Project) -> None:
    before = built.look()
    finished = built.run(*GAP, "--model", silent(built))
    assert finished.code == 1
    lines = finished.stdout.splitlines()
    assert lines[0] == "001/C1: the spec leaves it open"
    assert "  verdict  a model says  001/FR-001 is silent on it (specs/001-titles/spec.md:" in (
        finished.stdout
    )
    assert 'slugify("-a") → "a"' in finished.stdout
    assert lines[-1] == "Nothing was committed; `--yes` agrees without a question."
    assert built.look() == before


def test_a_gap_is_committed_and_the_build_is_left_to_the_person(built: Project) -> None:
    finished = built.run(*GAP, "--model", silent(built), "--yes")
    assert finished.code == 0
    assert finished.stdout.endswith("Read it, then `headwater build 001` derives the code.\n")
    assert '| `slugify("-a")` | `"a"` |' in (built.root / SPEC_PATH).read_text()


def test_wrong_code_is_derived_again_at_once(built: Project) -> None:
    quote = "its words in lower case, joined by hyphens"
    model = built.script(
        {
            "triage/ruling 001/FR-001 1": [f'{{"ruling": "first", "quote": "{quote}"}}'],
            "triage/ruling 001/FR-001 2": [f'{{"ruling": "second", "quote": "{quote}"}}'],
            "implement 001/C1": [answer(RIGHT)],
        }
    )
    finished = built.run(*GAP, "--model", model, "--yes")
    assert finished.code == 0
    assert finished.stdout.startswith("001/C1: the generated code is wrong\n")
    assert "generated" in finished.stdout
    assert 'strip("-")' in (built.root / CODE_PATH).read_text()
    assert built.run("check", "--allow-stale").code == 0


def test_the_json_of_a_report(built: Project) -> None:
    document = built.run("triage", "--example", 'slugify("One") = "two"', "--json").document
    assert document["verdict"] == "the spec says otherwise"
    assert document["component"] == "001/C1"
    assert document["change"] is None
    evidence = document["evidence"]
    assert isinstance(evidence, list)
    assert {one["step"] for one in evidence} == {"place", "case", "result", "verdict"}
    agreed = built.run(*GAP, "--json", "--yes", "--model", silent(built)).document
    assert agreed["committed"] == built.git("rev-parse", "HEAD").strip()
    assert isinstance(agreed["change"], dict)
    assert agreed["change"]["ref"] == "001/FR-001"


def test_a_verdict_that_asks_nothing_of_anybody_is_done(built: Project) -> None:
    finished = built.run("triage", 'slugify("A b") should be "a-b"')
    assert (finished.code, finished.stdout.splitlines()[0]) == (
        0,
        "001/C1: it does not happen here",
    )


def test_a_question_to_a_person_is_not_done(built: Project) -> None:
    model = built.script({"triage/demanded 001/FR-001": ['{"outcome": "unsaid"}']})
    finished = built.run("triage", 'slugify("")', "--model", model)
    assert finished.code == 1
    assert finished.stdout.splitlines()[-2].startswith('What should `slugify("")` come to?')


def test_a_report_from_a_file_and_from_standard_input(
    built: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "report.txt"
    place.write_text('slugify("One") should be "one"', encoding="utf-8")
    assert built.run("triage", "--from", str(place)).code == 0
    with place.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert built.run("triage", "--from", "-").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "expected one of a text, --from FILE, --test TEST and --example ROW"),
        (("x", "--example", "f(1) = 2"), 2, "expected one of a text"),
        (("x", "--from", "nothing.txt"), 2, "expected one of a text"),
        (("--from", "nothing.txt"), 1, "cannot read"),
        (("--example", "f(1)"), 1, "expected a call and its result"),
        (("--test", "tests/test_x.py::test_y"), 1, "expected a derived test"),
        (("xyzzy",), 1, "no requirement shares its words"),
    ],
)
def test_what_cannot_be_traced_is_refused(
    built: Project, arguments: tuple[str, ...], code: int, message: str
) -> None:
    before = built.look()
    finished = built.run("triage", *arguments)
    assert finished.code == code
    assert message in finished.stderr
    assert built.look() == before


def test_code_that_was_never_derived_is_built_first(project: Project) -> None:
    finished = project.run("triage", "--example", 'slugify("") = ""')
    assert finished.code == 1
    assert "headwater build" in finished.stderr
