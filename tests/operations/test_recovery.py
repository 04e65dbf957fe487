"""Lock records that are damaged, forged, swapped or lost: said so, and brought back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.graph.states import State
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from headwater.operations.explain import Answer, explain
from headwater.operations.revert import revert
from headwater.spec.model import Severity
from headwater.workspace.kept_results import KeptResults
from tests.operations.builders import DOUBLE, FOLDER, SUMS, TARGETS, Checkout
from tests.operations.forging import forge_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from headwater.operations.standing.placed_problem import PlacedProblem

LOCK = f"{FOLDER}/headwater.lock"
RECORD = f"{LOCK}/C1.json"
FEATURE = f"{LOCK}/feature.json"


def find_errors(checkout: Checkout) -> dict[str, PlacedProblem]:
    """What `check` finds that is an error, by path."""
    report = check(checkout.root, targets=TARGETS)
    return {one.place.path: one for one in report.findings if one.severity is Severity.ERROR}


def refuse_build(checkout: Checkout) -> list[str]:
    """The codes of the errors that a build is refused for; it changes nothing."""
    before = checkout.look()
    with pytest.raises(ProblemsError) as refused:
        checkout.build()
    assert checkout.look() == before
    return [problem.code for problem in refused.value.problems]


def truncate(text: str) -> str:
    return text[: len(text) // 2]


def edit_naively(text: str) -> str:
    return text.replace('"attempts": 1', '"attempts": 9', 1)


def keep_both_sides(text: str) -> str:
    """As a merge by hand leaves it that deleted the markers and nothing else."""
    return text.replace('  "component"', '  "component": "001/C1",\n  "component"', 1)


def write_twice(text: str) -> str:
    return text + text


@pytest.mark.parametrize("damage", [truncate, edit_naively, keep_both_sides, write_twice])
@pytest.mark.parametrize("committed", [False, True])
def test_a_damaged_record_is_said_and_restored(
    sums: Checkout, damage: Callable[[str], str], committed: bool
) -> None:
    before = sums.look()[3]
    sums.write(RECORD, damage(sums.read(RECORD)))
    assert sums.read(RECORD).encode() != before[RECORD]
    if committed:
        sums.commit()

    found = find_errors(sums)[RECORD]

    assert found.code == "lock-damaged"
    assert found.hint == f"`headwater revert {RECORD}` restores it as it was derived."
    assert refuse_build(sums)[0] == "lock-damaged"
    revert(sums.root, sums.root / RECORD)
    assert sums.look()[3] == before
    assert check(sums.root, targets=TARGETS).passed


def test_a_truncated_record_is_told_with_the_line_where_it_breaks_off(sums: Checkout) -> None:
    sums.write(RECORD, "\n".join(sums.read(RECORD).split("\n")[:9]) + "\n")

    assert find_errors(sums)[RECORD].place.line == 10


@pytest.mark.parametrize("committed", [False, True])
def test_a_forged_record_is_said_though_its_sha256_is_right(
    sums: Checkout, committed: bool
) -> None:
    before = sums.look()[3]
    sums.write(RECORD, forge_record(sums.read(RECORD), interface="0"))
    if committed:
        sums.commit()

    found = find_errors(sums)[RECORD]

    assert found.code == "lock-unvouched"
    assert '"sha256"' in sums.read(RECORD).split("\n")[found.place.line - 1]
    assert refuse_build(sums) == ["lock-unvouched"]
    revert(sums.root, sums.root / RECORD)
    assert sums.look()[3] == before


def test_the_commit_that_the_hint_names_vouches_for_a_record(sums: Checkout) -> None:
    """After a squash merge that dropped the messages, a person may know better."""
    sums.write(RECORD, forge_record(sums.read(RECORD), interface="0"))
    sums.commit()
    hint = find_errors(sums)[RECORD].hint

    message = re.findall(r'-m "([^"]+)"', hint)
    sums.git("commit", "--allow-empty", "-q", "-m", message[0], "-m", message[1])

    assert find_errors(sums) == {}
    assert sums.build().succeeded


def test_a_squash_merge_that_keeps_the_messages_vouches(sums: Checkout) -> None:
    messages = sums.git("log", "--format=* %B")
    sums.git("checkout", "--quiet", "--orphan", "squashed")
    sums.git("commit", "--quiet", "-m", f"Sums (#1)\n\n{messages}")

    assert find_errors(sums) == {}


def test_a_squash_merge_that_drops_the_messages_leaves_the_records_alone(sums: Checkout) -> None:
    sums.git("checkout", "--quiet", "--orphan", "squashed")
    sums.git("commit", "--quiet", "-m", "Sums (#1)")
    before = sums.look()[3]

    assert {one.code for one in find_errors(sums).values()} == {"lock-unvouched"}
    assert revert(sums.root, None).files == ()
    assert sums.look()[3] == before


def test_a_shallow_clone_cannot_tell(sums: Checkout, tmp_path: Path) -> None:
    sums.write("README.md", "# Sums\n")
    sums.commit()
    clone = tmp_path / "clone"
    sums.git("clone", "--quiet", "--depth", "1", sums.root.as_uri(), str(clone))

    assert check(clone, targets=TARGETS).passed


def test_what_is_kept_is_asked_again_when_a_record_changes(sums: Checkout, tmp_path: Path) -> None:
    kept = KeptResults(tmp_path / "kept.sqlite")
    assert check(sums.root, targets=TARGETS, kept=kept).passed
    sums.write(RECORD, forge_record(sums.read(RECORD), interface="0"))
    for _ in range(2):
        assert not check(sums.root, targets=TARGETS, kept=kept).passed


def test_the_record_of_another_component_in_its_place(sums: Checkout) -> None:
    """It is sound, and a commit vouches for it; but not here."""
    before = sums.look()[3]
    sums.write(RECORD, sums.read(f"{LOCK}/C2.json"))

    found = find_errors(sums)[RECORD]

    assert "it is the record of 001/C2, not of 001/C1" in found.message
    revert(sums.root, sums.root / RECORD)
    assert sums.look()[3] == before


@pytest.mark.parametrize("record", [RECORD, FEATURE])
@pytest.mark.parametrize("committed", [False, True])
def test_a_lost_record_leaves_its_files_derived(
    sums: Checkout, record: str, committed: bool
) -> None:
    before = sums.look()[3]
    (sums.root / record).unlink()
    if committed:
        sums.commit()

    found = find_errors(sums)

    assert found[record].code == "lock-lost"
    assert found[record].hint == f"`headwater revert {record}` restores it."
    assert [one.code for one in found.values()] == ["lock-lost"]
    assert refuse_build(sums) == ["lock-lost"]
    revert(sums.root, sums.root / record)
    assert sums.look()[3] == before


def test_a_lost_record_whose_code_is_gone_too_keeps_its_tests(sums: Checkout) -> None:
    (sums.root / RECORD).unlink()
    (sums.root / DOUBLE.path).unlink()
    sums.commit()

    assert find_errors(sums)[RECORD].code == "lock-lost"


def test_a_record_that_a_merge_lost_by_mistake(sums: Checkout) -> None:
    before = sums.look()[3]
    sums.git("commit", "--quiet", "--allow-empty", "-m", "Main")
    sums.git("switch", "--quiet", "-c", "side", "HEAD~1")
    sums.git("commit", "--quiet", "--allow-empty", "-m", "Side")
    sums.git("merge", "--quiet", "--no-commit", "main")
    sums.git("rm", "--quiet", RECORD)
    sums.git("commit", "--quiet", "-m", "Merge")

    assert [one.code for one in find_errors(sums).values()] == ["lock-lost"]
    revert(sums.root, sums.root / RECORD)
    assert sums.look()[3] == before


def test_a_lock_folder_that_is_gone_comes_back_as_one(sums: Checkout) -> None:
    before = sums.look()[3]
    for path in [*sums.root.glob(f"{LOCK}/*.json")]:
        path.unlink()

    revert(sums.root, sums.root / LOCK)

    assert sums.look()[3] == before


def test_a_record_that_a_build_took_away_is_not_lost(sums: Checkout) -> None:
    """A file of the user's own, where a derived one was once, is the user's."""
    spec = sums.read(f"{FOLDER}/spec.md")
    gone = spec.replace("- **FR-004**:", "- **FR-004** *(retired 2026-11-22: gone)*:")
    sums.write(f"{FOLDER}/spec.md", gone)
    sums.commit()
    assert sums.build().succeeded
    sums.write(f"{FOLDER}/spec.md", spec)
    sums.write(SUMS.part(4).path, "mine = True\n")
    sums.commit()

    assert [one.code for one in find_errors(sums).values()] == ["planned-file-taken"]


def test_a_file_whose_record_is_damaged_is_no_file_of_the_users_own(sums: Checkout) -> None:
    sums.write(RECORD, truncate(sums.read(RECORD)))
    for path in (DOUBLE.path, "tests/001_sums/test_c1.py"):
        report = explain(sums.root, sums.root / path, targets=TARGETS)
        assert report.answer is not Answer.OWN, path


def test_the_state_of_a_damaged_record_is_conflicted(sums: Checkout) -> None:
    sums.write(RECORD, truncate(sums.read(RECORD)))

    (unsettled,) = check(sums.root, targets=TARGETS).unsettled[:1]

    assert (unsettled.ref, unsettled.state) == ("001/C1", State.CONFLICTED)
