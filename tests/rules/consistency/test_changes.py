"""Requirements that change earlier ones: from which wording, and whether those still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.digest import digest_text
from headwater.operations.check import check
from headwater.wiring import list_targets
from tests.rules.cases import write_case

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Problem

SENTENCE = "When a clerk asks for the balance, the ledger MUST answer the sum of all entries."
DIGEST = digest_text(SENTENCE)
RULES = ("changed-from-two-bases", "retired-id-reused")


def change(mark: str) -> str:
    return f"- **FR-001** *(changes 001/FR-001{mark})*: The ledger MUST answer this year's sum.\n"


def find(root: Path, first: str, **others: str) -> list[Problem]:
    """What the two rules find where further features state their requirements."""
    documents = {"requirements": first}
    documents |= {f"specs/{name[1:]}-more/requirements": text for name, text in others.items()}
    write_case(root, documents)
    report = check(root, targets=list_targets())
    return [problem for problem in report.findings if problem.code in RULES]


def test_two_features_from_two_bases(repository: Path) -> None:
    """The one that is out of date is found, and the other one is named."""
    (problem,) = find(
        repository,
        f"- **FR-001**: {SENTENCE}\n",
        _002=change(f" as of {DIGEST[:8]}"),
        _003=change(" as of 0badc0de"),
    )
    assert problem.place.path == "specs/003-more/spec.md"
    assert "003/FR-001 changes 001/FR-001 as of 0badc0de" in problem.message
    assert f"now it is {DIGEST[:8]}, and 002/FR-001, at specs/002-more" in problem.message
    assert f"`as of {DIGEST[:8]}`" in problem.hint


def test_two_features_from_the_present_wording(repository: Path) -> None:
    marks = {"_002": change(f" as of {DIGEST[:8]}"), "_003": change(f" as of {DIGEST}")}
    assert find(repository, f"- **FR-001**: {SENTENCE}\n", **marks) == []


def test_a_change_that_is_done(repository: Path) -> None:
    done = f"- **FR-001** *(superseded by 002/FR-001)*: {SENTENCE}\n"
    assert find(repository, done, _002=change(" as of 0badc0de")) == []


def test_a_change_to_what_another_took_the_place_of(repository: Path) -> None:
    done = f"- **FR-001** *(superseded by 002/FR-001)*: {SENTENCE}\n"
    (problem,) = find(repository, done, _002=change(""), _003=change(" as of 0badc0de"))
    assert problem.code == "retired-id-reused"
    assert problem.place.path == "specs/003-more/spec.md"
    assert "which is retired, superseded by 002/FR-001" in problem.message
    assert problem.hint == "Change 002/FR-001 instead."


def test_a_change_to_what_is_retired_without_another(repository: Path) -> None:
    gone = f"- **FR-001** *(retired 2026-11-22: nobody used it)*: {SENTENCE}\n"
    (problem,) = find(repository, gone, _002=change(""))
    assert problem.code == "retired-id-reused"
    assert "Take the mark out" in problem.hint


def test_a_change_that_is_retired_itself_changes_nothing(repository: Path) -> None:
    mark = "*(retired 2026-11-22: not wanted)* *(changes 001/FR-001 as of 0badc0de)*"
    withdrawn = f"- **FR-001** {mark}: The ledger MUST answer this year's sum.\n"
    assert find(repository, f"- **FR-001**: {SENTENCE}\n", _002=withdrawn) == []
