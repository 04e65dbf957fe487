"""A revision rechecked from what it holds itself; the repository stays as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_bytes
from headwater.graph.lock import DerivedFile
from headwater.operations.verify_revision import verify_revision
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    TARGETS,
    Checkout,
    answer,
    answer_all,
    make_workbench,
    start_checkout,
)
from tests.operations.forging import forge_record
from tests.operations.sketch_documents import render_spec

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.verify_revision import VerifyReport

LOCK = f"{FOLDER}/headwater.lock"
RECORD = f"{LOCK}/C1.json"
TEST = "tests/001_sums/test_c1.py"


def verify(checkout: Checkout, revision: str = "HEAD", *, run: bool = False) -> VerifyReport:
    return verify_revision(
        checkout.root,
        revision,
        targets=TARGETS,
        open_workbench=(lambda _: make_workbench()) if run else None,
    )


def differences(report: VerifyReport) -> dict[str, tuple[str, ...]]:
    return {one.ref: one.differences for one in report.records if not one.verified}


def test_what_a_build_made_is_verified_and_its_tests_pass_again(sums: Checkout) -> None:
    report = verify(sums, run=True)

    assert report.verified
    assert (report.commit, report.ran, report.history) == (sums.head, True, True)
    assert {one.ref: (one.passed, one.tests) for one in report.records} == {
        "001/C1": (2, 2),
        "001/C2": (2, 2),
        "001/C3": (1, 1),
        "001/C4": (1, 1),
        "001": (0, 0),
    }


def test_nothing_of_the_repository_changes_and_its_changes_do_not_count(sums: Checkout) -> None:
    revision = sums.head
    sums.write(DOUBLE.path, "broken\n")
    sums.write(SPEC_PATH, "# Nothing\n")
    sums.git("add", SPEC_PATH)
    before = sums.look()

    assert verify(sums, run=True).verified

    sums.commit()
    assert verify(sums, revision).verified
    assert before[3] == sums.look()[3]


def test_without_running_tests_nothing_passes_and_digests_still_count(sums: Checkout) -> None:
    report = verify(sums)

    assert report.verified
    assert not report.ran
    assert {one.tests for one in report.records} == {0}


def test_a_file_that_is_not_as_recorded(sums: Checkout) -> None:
    sums.write(DOUBLE.path, "def double(n: int) -> int:\n    return 3 * n\n")
    sums.commit()

    report = verify(sums, run=True)

    found = differences(report)
    assert f"{DOUBLE.path} edited by hand" in found["001/C1"]
    assert [one for one in found["001/C1"] if re.match(r"test FR-001-\w+ failed: .", one)]
    assert "001/C4" not in found
    assert [one.passed for one in report.records if one.ref == "001/C1"] == [0]


def test_a_file_that_is_gone(sums: Checkout) -> None:
    (sums.root / DOUBLE.path).unlink()
    sums.commit()

    assert f"{DOUBLE.path} gone" in differences(verify(sums))["001/C1"]


def test_sources_that_say_something_else(sums: Checkout) -> None:
    sums.write(PLAN_PATH, sums.read(PLAN_PATH).replace("See to doubles.", "See to twice."))
    sums.commit()

    assert differences(verify(sums, run=True)) == {"001/C1": ("001/C1 changed",)}


def test_a_component_that_was_never_derived(sums: Checkout) -> None:
    first = sums.git("log", "--reverse", "--format=%H", "--", RECORD)

    found = differences(verify(sums, first, run=True))

    assert found["001/C2"] == ("001/C2 never derived",)
    assert found["001/C1"] == ("001/C1 never verified",)


def test_a_damaged_record(sums: Checkout) -> None:
    sums.write(RECORD, sums.read(RECORD)[:-20])
    sums.commit()

    (found,) = differences(verify(sums))["001/C1"]

    assert found.startswith(f"{RECORD}:")
    assert "the lock record is damaged" in found


def test_a_forged_record_is_told_by_the_commits_up_to_the_revision(sums: Checkout) -> None:
    good = sums.head
    sums.write(RECORD, forge_record(sums.read(RECORD), interface="0"))
    sums.commit()
    digest = json.loads(sums.read(RECORD))["sha256"]

    assert differences(verify(sums)) == {
        "001/C1": (f"no commit says that the lock record {digest[:12]} was derived",)
    }
    assert verify(sums, good).verified

    # What a later commit says does not vouch for an earlier revision.
    forged = sums.head
    sums.git("commit", "--quiet", "--allow-empty", "-m", "Vouch", "-m", f"Recorded: {digest}")
    assert verify(sums).verified
    assert not verify(sums, forged).verified


def test_tests_that_are_recorded_and_weaker_than_the_examples(sums: Checkout) -> None:
    """Whoever weakens a test, its record and the commit message is told by the document."""
    sums.write(TEST, sums.read(TEST).replace("10", "11"))
    weak = DerivedFile(path=TEST, sha256=digest_bytes(sums.read(TEST).encode()))
    content = json.loads(sums.read(RECORD))
    code = [DerivedFile(**file) for file in content["files"] if file["path"] != TEST]
    sums.write(RECORD, forge_record(sums.read(RECORD), files=(*code, weak)))
    digest = json.loads(sums.read(RECORD))["sha256"]
    sums.git("commit", "--quiet", "--all", "-m", "Derive", "-m", f"Derivation: {digest}")

    assert differences(verify(sums)) == {"001/C1": (f"{TEST} is not what the examples make",)}


def test_feature_tests_belong_to_the_feature_and_to_all_that_they_touch(repository: Path) -> None:
    rows = (*DOUBLE.rows, ("double(quadruple(1))", "8"))
    sketch = SUMS.change(1, rows=rows)
    checkout = start_checkout(repository, sketch)
    assert checkout.build(ScriptedModel(answer_all(sketch))).succeeded

    report = verify(checkout, run=True)

    assert report.verified
    assert {one.ref: one.tests for one in report.records}["001"] == 1


def test_other_tools_are_no_difference_and_other_tests_are(sums: Checkout) -> None:
    path = f"{LOCK}/C1.verified.jsonl"
    line = json.loads(sums.read(path))
    sums.write(path, json.dumps({**line, "toolchain": "python 3.99"}) + "\n")
    sums.commit()
    assert verify(sums).verified

    sums.write(path, json.dumps({**line, "tests": "0"}) + "\n")
    sums.commit()
    assert differences(verify(sums)) == {"001/C1": ("the tests changed",)}


def test_errors_in_documents_fail_a_revision(sums: Checkout) -> None:
    sums.write(PLAN_PATH, sums.read(PLAN_PATH).replace("**Depends on**: C1", "**Depends on**: C9"))
    sums.commit()

    report = verify(sums, run=True)

    assert not report.verified
    assert not report.ran
    assert {one.place.path for one in report.problems} == {PLAN_PATH}


def test_a_shallow_clone_says_that_history_was_not_asked(sums: Checkout, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    sums.git("clone", "--quiet", "--depth", "1", sums.root.as_uri(), str(clone))

    report = verify(Checkout(root=clone))

    assert (report.verified, report.history) == (True, False)


def test_a_revision_after_a_change_is_verified_and_the_one_between_is_not(sums: Checkout) -> None:
    sums.write(SPEC_PATH, render_spec(SUMS.change(1, rows=(*DOUBLE.rows, ("double(7)", "14")))))
    sums.commit()
    assert sums.build(ScriptedModel([answer(DOUBLE.code)])).succeeded

    assert verify(sums, "HEAD", run=True).verified
    assert not verify(sums, "HEAD~2", run=True).verified
    assert verify(sums, "HEAD~3", run=True).verified


@pytest.mark.parametrize(
    ("revision", "message"),
    [("nope", "expected the name of a commit"), ("first", "expected lock records in first")],
)
def test_a_revision_that_cannot_be_verified(sums: Checkout, revision: str, message: str) -> None:
    sums.git("tag", "first", sums.git("rev-list", "--max-parents=0", "HEAD"))
    with pytest.raises(HeadwaterError, match=message):
        verify(sums, revision)
