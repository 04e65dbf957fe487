"""What `headwater log` tells of a history made with real git."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.exports.log_markdown import render_log_markdown
from headwater.graph.drafts import DraftRecord, drafts_path, render_draft
from headwater.graph.states import Change
from headwater.operations.log.describe import describe_entry, name_event
from headwater.operations.log.entry import Event
from headwater.operations.log.read import LogRequest, read_log
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.kept_results import KeptResults
from tests.operations.builders import (
    CONSTITUTION_PATH,
    DOUBLE,
    FOLDER,
    NO_EVAL,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    TARGETS,
    answer,
    start_checkout,
)
from tests.operations.sketch_documents import render_spec
from tests.operations.wallets import WALLET_SPEC

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.log.entry import LogEntry
    from tests.operations.builders import Checkout

DECISION = "## Decisions\n\n### D1: Whole\n\n**Choice**: whole.\n\n"
RECORD = f"{FOLDER}/headwater.lock/C1.json"


def log(
    checkout: Checkout, *names: str, since: str = "", kept: KeptResults | None = None
) -> tuple[LogEntry, ...]:
    request = LogRequest(names=names, since=since)
    return read_log(checkout.root, request, targets=TARGETS, kept=kept).entries


def tell(entries: tuple[LogEntry, ...]) -> list[tuple[str, str]]:
    return [(name_event(one), one.ref) for one in entries]


def change_double(sums: Checkout) -> str:
    """Change a requirement and build; returns the commit before."""
    before = sums.head
    rows = (*DOUBLE.rows, ("double(7)", "14"))
    sums.write(SPEC_PATH, render_spec(SUMS.change(1, rows=rows)))
    sums.commit()
    code = "def double(n: int) -> int:\n    return n + n\n"
    assert sums.build(ScriptedModel([answer(code)])).succeeded
    return before


def test_a_change_its_derivation_and_what_passed_come_newest_first(sums: Checkout) -> None:
    before = change_double(sums)

    verified, derived, changed = log(sums, since=before)

    assert tell((changed, derived, verified)) == [
        ("changed", "001/FR-001"),
        ("derived", "001/C1"),
        ("verified", "001"),
    ]
    assert (changed.author, changed.email) == ("Ada Lovelace", "ada@example.org")
    assert changed.commit == sums.git("rev-list", "--reverse", f"{before}..HEAD").split()[0]
    assert changed.change is not None
    assert (changed.change.text_changed, len(changed.change.examples_added)) == (False, 1)
    assert derived.derivation is not None
    assert derived.derivation.generator.model == "scripted:model"
    assert derived.derivation.generator.attempts == 1
    assert derived.refs == ("001/FR-001",)
    assert {one.component: one.passed for one in verified.verified} == {
        "001/C1": 3,
        "001/C2": 2,
        "001/C3": 1,
    }


def test_layout_is_no_event(sums: Checkout) -> None:
    before = sums.head
    spec = sums.read(SPEC_PATH)
    sums.write(SPEC_PATH, "\n" + spec.replace("MUST be doubled.", "MUST  be\n  doubled.", 1))
    sums.commit()

    assert log(sums, since=before) == ()


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (SPEC_PATH, "A text MUST be shouted.", "A text MUST be cried.", ("changed", "001/FR-004")),
        (SPEC_PATH, "**FR-004**", "**FR-004** *(retired: gone)*", ("retired", "001/FR-004")),
        (PLAN_PATH, "See to doubles.", "See to twice.", ("changed", "001/C1")),
        (
            PLAN_PATH,
            "## Components",
            "## Decisions\n\n### D1: Whole\n\n## Components",
            ("added", "001/D1"),
        ),
    ],
)
def test_what_changes_in_meaning_is_told(
    sums: Checkout, path: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    before = sums.head
    sums.write(path, sums.read(path).replace(old, new, 1))
    sums.commit()

    assert tell(log(sums, since=before)) == [expected]


def test_articles_are_told_too(sums: Checkout) -> None:
    before = sums.head
    sums.write(CONSTITUTION_PATH, NO_EVAL)
    sums.commit()

    assert tell(log(sums, since=before)) == [("added", "article/I")]


def test_a_renamed_folder_changes_nothing(sums: Checkout) -> None:
    before = sums.head
    sums.git("mv", FOLDER, "specs/001-totals")
    sums.git("commit", "--quiet", "-m", "Rename")

    events = log(sums, since=before)

    assert [one for one in events if one.change] == []


def test_a_merge_tells_only_what_it_settles_itself(sums: Checkout) -> None:
    before = sums.head
    for branch, text in (("one", "It MUST be twice."), ("other", "It MUST be two times.")):
        sums.git("switch", "--quiet", "-c", branch, before)
        sums.write(SPEC_PATH, render_spec(SUMS.change(1, text=text)))
        sums.git("commit", "--quiet", "-am", branch)
    sums.git("merge", "--quiet", "--strategy", "ours", "--no-commit", "one")
    sums.write(SPEC_PATH, render_spec(SUMS.change(1, text="It MUST be double.")))
    sums.git("commit", "--quiet", "-am", "Settle")

    found = log(sums, since=before)

    assert {(one.subject, one.ref) for one in found} == {
        ("Settle", "001/FR-001"),
        ("one", "001/FR-001"),
        ("other", "001/FR-001"),
    }


def test_a_ref_is_shown_with_what_is_derived_from_it(sums: Checkout) -> None:
    found = log(sums, "001/FR-001")

    assert tell(found) == [("verified", "001"), ("derived", "001/C1"), ("added", "001/FR-001")]
    assert [one.component for one in found[0].verified] == ["001/C1"]
    assert log(sums, "FR-001") == found


@pytest.mark.parametrize("path", [DOUBLE.path, "tests/001_sums/test_c1.py"])
def test_a_derived_file_is_known(sums: Checkout, path: str) -> None:
    assert tell(log(sums, path)) == [("verified", "001"), ("derived", "001/C1")]


def test_a_document_is_shown_with_its_items(sums: Checkout) -> None:
    found = log(sums, PLAN_PATH)

    assert {one.event for one in found} == {Event.CHANGED}
    assert {one.ref for one in found} == {"001/C1", "001/C2", "001/C3", "001/C4"}


def test_a_feature_is_shown_whole(wallets: Checkout) -> None:
    assert {one.ref for one in log(wallets, "002-report")} == {
        "002",
        "002/C1",
        "002/FR-001",
        "002/plan Target",
    }


def test_what_is_gone_can_be_asked_for(sums: Checkout) -> None:
    spec = sums.read(SPEC_PATH)
    sums.write(SPEC_PATH, spec.replace("**FR-004**", "**FR-004** *(retired: gone)*"))
    sums.commit()
    assert sums.build().succeeded

    found = log(sums, "001/FR-004")

    assert tell(found)[:2] == [("removed", "001/C4"), ("retired", "001/FR-004")]
    assert found[0].event is Event.REMOVED
    assert found[1].change is not None
    assert found[1].change.change is Change.RETIRED


def test_tasks_are_shown_when_asked_for(repository: Path) -> None:
    tasks = "# Tasks\n\n- [ ] T001 Implement doubles in src/sums/doubles.py (FR-001; C1)\n"
    checkout = start_checkout(repository, replace(SUMS, tasks=tasks))

    assert "001/T001" not in {one.ref for one in log(checkout)}
    assert tell(log(checkout, "001/T001")) == [("added", "001/T001")]


def test_several_features_with_one_id(wallets: Checkout) -> None:
    with pytest.raises(HeadwaterError, match="stands in several features") as refused:
        log(wallets, "FR-001")
    assert refused.value.hint == "Choose one of: 001/FR-001, 002/FR-001."


@pytest.mark.parametrize("name", ["001/FR-099", "src/nothing.py", "README"])
def test_what_history_does_not_know_is_refused(sums: Checkout, name: str) -> None:
    with pytest.raises(HeadwaterError, match="expected something that history knows"):
        log(sums, name)


def test_a_record_that_no_derivation_wrote_stands_out(sums: Checkout) -> None:
    before, record = sums.head, sums.read(RECORD)
    sums.write(RECORD, record.replace('"attempts": 1', '"attempts": 9'))
    sums.commit()
    sums.write(RECORD, record)
    sums.commit()

    assert tell(log(sums, since=before)) == [("restored", "001/C1"), ("unvouched", "001/C1")]


def test_a_draft_is_told_with_its_model(sums: Checkout) -> None:
    before = sums.head
    draft = DraftRecord(document=SPEC_PATH, step="specify", blob="0", model="m", output_tokens=5)
    sums.write(drafts_path(SPEC_PATH), render_draft(draft))
    sums.git("add", "--all")
    sums.git("commit", "--quiet", "-m", "Draft", "-m", "Draft: specify\nSpec-Ref: 001")

    (found,) = log(sums, since=before)

    assert (found.event, found.ref, found.draft) == (Event.DRAFTED, SPEC_PATH, draft)
    assert describe_entry(found) == "specify, m, 0 tokens in, 5 out"
    assert found in log(sums, SPEC_PATH)
    assert found in log(sums, "001/FR-001")


def test_a_draft_of_the_constitution_is_told(sums: Checkout) -> None:
    before = sums.head
    draft = DraftRecord(document=CONSTITUTION_PATH, step="constitution", blob="0")
    sums.write(drafts_path(CONSTITUTION_PATH), render_draft(draft))
    sums.commit()

    assert tell(log(sums, since=before)) == [("drafted", CONSTITUTION_PATH)]


def test_an_approval_is_told(sums: Checkout) -> None:
    before = sums.head
    sums.write(f"{FOLDER}/headwater.lock/approvals.jsonl", "{}\n")
    sums.git("add", "--all")
    sums.git("commit", "--quiet", "-m", "Approve", "-m", f"Approved: {SPEC_PATH}")

    assert tell(log(sums, since=before)) == [("approved", SPEC_PATH)]
    assert ("approved", SPEC_PATH) in tell(log(sums, SPEC_PATH))


def test_a_limit_says_that_there_is_more(sums: Checkout) -> None:
    everything = log(sums)
    some = read_log(sums.root, LogRequest(limit=2), targets=TARGETS)
    whole = read_log(sums.root, LogRequest(limit=len(everything)), targets=TARGETS)

    assert (some.entries, some.more) == (everything[:2], True)
    assert (whole.entries, whole.more) == (everything, False)


def test_what_is_kept_changes_no_answer(wallets: Checkout, tmp_path: Path) -> None:
    kept = KeptResults(tmp_path / "kept.sqlite")
    first = log(wallets, kept=kept)

    assert log(wallets, kept=kept) == first == log(wallets)


def test_markup_in_documents_is_shown_in_markdown_not_applied(wallets: Checkout) -> None:
    spec = wallets.read(WALLET_SPEC)
    wallets.write(WALLET_SPEC, spec.replace("A payment MUST", "A | <b>payment</b> MUST"))
    wallets.commit()

    rendered = render_log_markdown(read_log(wallets.root, LogRequest(limit=1), targets=TARGETS))

    assert r"“A \| \<b\>payment\</b\> MUST be taken from the balance.”" in rendered
    assert "There is more" in rendered


def test_without_a_commit_there_is_nothing_to_tell(sums: Checkout) -> None:
    sums.git("checkout", "--quiet", "--orphan", "empty")

    with pytest.raises(HeadwaterError, match="expected a commit, found none yet"):
        log(sums)
