"""`specify` and `clarify`: what they print, and how they end."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.steps.specify.parking import IDEA, answer_parking

if TYPE_CHECKING:
    from tests.cli.projects import Project

SPEC = "specs/001-parking-fees/spec.md"


@pytest.fixture
def ready(empty: Project) -> Project:
    """A repository that `init` made ready."""
    empty.run("init")
    empty.commit()
    return empty


@pytest.fixture
def specified(ready: Project) -> Project:
    """The parking feature, drafted."""
    model = ready.script({**answer_parking()})
    assert ready.run("specify", IDEA, "--model", model).code == 0
    return ready


class Terminal(StringIO):
    """Standard input on which a person types."""

    def isatty(self) -> bool:
        return True


def test_specify_tells_what_it_made_and_what_comes_next(ready: Project) -> None:
    ready.write("idea.md", f"# Parking\n\n{IDEA}\n")
    done = ready.run("specify", "--from", "idea.md", "--model", ready.script({**answer_parking()}))
    assert done.code == 0
    assert done.stdout.splitlines()[0].startswith(f"{SPEC}  created  ")
    assert "Committed to 001-parking-fees as " in done.stdout
    assert "`headwater clarify`" in done.stdout
    again = ready.run("specify", "--from", "idea.md", "--model", "scripted:none", "--json")
    assert again.code == 0
    assert ready.git("status", "--porcelain") == "?? idea.md\n"


def test_specify_as_json(ready: Project) -> None:
    model = ready.script({**answer_parking()})
    report = ready.run("specify", IDEA, "--json", "--quiet", "--model", model).document
    assert report["branch"] == "001-parking-fees"
    assert isinstance(report["documents"], list)
    assert [one["path"] for one in report["documents"]] == [SPEC]


def test_a_vague_idea_ends_with_questions_and_code_1(ready: Project) -> None:
    before = ready.look()
    done = ready.run("specify", "build me something cool", "--model", "scripted:none")
    assert done.code == 1
    assert "too vague" in done.stderr
    assert "\n2. What comes out for one concrete input?" in done.stderr
    assert ready.look() == before
    error = ready.run("specify", "make it nice", "--json", "--quiet").document["error"]
    assert isinstance(error, dict)
    assert "2. What comes out" in error["hint"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "an idea or --from FILE"),
        (("an idea", "--from", "x.md"), "an idea or --from FILE"),
        (("--from", "absent.md"), "cannot read"),
        (("  ",), "found nothing"),
    ],
)
def test_wrong_uses_are_told(ready: Project, arguments: tuple[str, ...], message: str) -> None:
    done = ready.run("specify", *arguments)
    assert done.code != 0
    assert message in done.stderr


def test_a_file_that_is_no_text_or_too_large_is_refused(ready: Project) -> None:
    ready.write("a.md", b"\xff\xfe")
    ready.write("b.md", b"x" * 100_001)
    assert "UTF-8" in ready.run("specify", "--from", "a.md").stderr
    assert "at most 100 kB" in ready.run("specify", "--from", "b.md").stderr


def test_clarify_lists_what_is_open_where_nobody_can_type(specified: Project) -> None:
    done = specified.run("clarify", "--quiet", "--model", "scripted:none")
    assert done.code == 0
    assert "1/3  When does a day begin?" in done.stdout
    assert "1) at midnight" in done.stdout
    assert "--questions" in done.stderr
    asked = specified.run("clarify", "--json", "--quiet", "--model", "scripted:none").document
    assert isinstance(asked["questions"], list)
    assert asked["questions"][0]["refs"] == ["FR-003"]


def test_the_printed_file_is_filled_in_and_taken(specified: Project) -> None:
    model = ("--quiet", "--model", "scripted:none")
    printed = specified.run("clarify", "--questions", *model).stdout
    empty = specified.root.parent / "answers.yaml"
    empty.write_text(printed, encoding="utf-8")
    untouched = specified.run("clarify", "--answers", str(empty), *model)
    assert untouched.stdout == "Nothing changed. 3 questions left open.\n"
    empty.write_text(
        printed.replace('answer: ""', "answer: at midnight sharp", 1), encoding="utf-8"
    )
    done = specified.run("clarify", "--answers", str(empty), *model)
    assert done.code == 0
    assert "1 answered." in done.stdout
    assert "2 questions left open." in done.stdout
    assert "at midnight sharp" in (specified.root / SPEC).read_text(encoding="utf-8")


def test_clarify_asks_on_a_terminal(specified: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number takes the suggestion, words are taken as they are, nothing leaves it open."""
    monkeypatch.setattr(sys, "stdin", Terminal("2\n\nAll is in euro\n"))
    done = specified.run("clarify", "--quiet", "--model", "scripted:none")
    assert done.code == 0
    # The clock that is set back, and now that no midnight is spoken of, in which time zone.
    assert "2 questions left open." in done.stdout
    text = (specified.root / SPEC).read_text(encoding="utf-8")
    assert "A: when the car enters." in text
    assert "- All is in euro. (confirmed " in text


def test_answers_that_do_not_fit_are_told_with_their_lines(specified: Project) -> None:
    specified.write("answers.yaml", "- confirm: FR-001\n- confirm: FR-099\n")
    before = specified.look()
    done = specified.run("clarify", "--answers", "answers.yaml", "--model", "scripted:none")
    assert done.code == 1
    assert "answers.yaml:2: error[answer-unfit]: there is no FR-099" in done.stderr
    assert "error: 1 error in the answers; nothing was written" in done.stderr
    assert specified.look() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--answers", "a.yaml", "--questions"), "either --answers or --questions"),
        (("--answers", "absent.yaml"), "cannot read"),
        (("nine",), "there is no feature 'nine'"),
    ],
)
def test_wrong_uses_of_clarify_are_told(
    specified: Project, arguments: tuple[str, ...], message: str
) -> None:
    done = specified.run("clarify", *arguments, "--model", "scripted:none")
    assert done.code != 0
    assert message in done.stderr
