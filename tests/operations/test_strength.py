"""Measuring a repository: what is recorded, what is measured again, and what `check` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError, UsageError
from headwater.graph.digest import digest_bytes
from headwater.graph.lock import DerivedFile
from headwater.targets.python.syntax import digest_body
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import FOLDER, SPEC_PATH, Part, Sketch, answer_all
from tests.operations.forging import forge_record
from tests.operations.measuring import FEE, RECORD, find_weak, measure, read_strength
from tests.operations.watching import Watcher

if TYPE_CHECKING:
    from tests.operations.builders import Checkout


def test_measurements_are_committed_beside_the_verifications(weak: Checkout) -> None:
    assert weak.git("show", "--name-only", "--format=%s") == (
        f"Measure the examples of 001-sums\n\n{RECORD}"
    )
    assert weak.git("status", "--porcelain") == ""
    strength = read_strength(weak)
    assert strength is not None
    assert (strength.reached, strength.killed, len(strength.survivors)) == (9, 4, 5)


def test_what_is_unchanged_is_not_measured_again(weak: Checkout) -> None:
    head, watcher = weak.head, Watcher()

    report = measure(weak, watcher=watcher)

    assert weak.head == head
    assert watcher.events == []
    assert [one.is_new for one in report.components] == [False]


def test_another_number_of_mutants_is_measured_again(weak: Checkout) -> None:
    (one,) = measure(weak, most=3).components

    assert one.is_new
    assert one.record is not None
    assert one.record.mutants == 3
    assert len(weak.read(RECORD).splitlines()) == 1


def test_check_warns_at_the_requirement_and_names_a_row(weak: Checkout) -> None:
    (problem,) = find_weak(weak)

    assert (problem.place.path, problem.severity.value) == (SPEC_PATH, "warning")
    assert problem.place.line == 1 + weak.read(SPEC_PATH).split("\n").index(
        next(line for line in weak.read(SPEC_PATH).split("\n") if "**FR-001**" in line)
    )
    assert "4 of 9" in problem.message
    assert "src/sums/fees.py:5: `15` became `16`" in problem.message
    assert "and 2 more" in problem.message
    assert "`fee(15)` → `4`; `fee(14)` → `0`" in problem.hint


def test_the_floor_decides(weak: Checkout) -> None:
    assert find_weak(weak, floor=0.4) == []
    assert len(find_weak(weak, floor=0.5)) == 1


def test_a_measurement_of_other_code_counts_for_nothing(weak: Checkout) -> None:
    weak.write("src/sums/fees.py", FEE.code.replace("4", "5"))

    assert find_weak(weak) == []
    assert read_strength(weak) is None


def test_layout_and_comments_leave_a_measurement_as_it_is(weak: Checkout) -> None:
    weak.write("src/sums/fees.py", "# Derived.\n" + weak.read("src/sums/fees.py"))

    assert len(find_weak(weak)) == 1


def test_a_measurement_of_other_tests_counts_for_nothing(weak: Checkout) -> None:
    weak.write(SPEC_PATH, weak.read(SPEC_PATH).replace("`fee(5)`", "`fee(6)`"))

    assert find_weak(weak) == []


def test_lines_of_two_branches_are_both_kept_and_the_right_one_counts(weak: Checkout) -> None:
    line = weak.read(RECORD)
    weak.write(RECORD, line + line.replace('"tests":"', '"tests":"0'))

    assert len(find_weak(weak)) == 1


def test_what_is_not_verified_is_not_measured(weak: Checkout) -> None:
    weak.write(SPEC_PATH, weak.read(SPEC_PATH).replace("`fee(5)`", "`fee(6)`"))

    assert measure(weak).components == ()


def test_tests_that_do_not_pass_any_more_are_told(weak: Checkout) -> None:
    """As where the code reads a clock: it was verified once, and fails now."""
    code = "import pathlib\n\n\ndef fee(minutes: int) -> int:\n    raise SystemExit\n"
    record = weak.read(f"{FOLDER}/headwater.lock/C1.json")
    body = digest_body(weak.read("src/sums/fees.py"))
    weak.write("src/sums/fees.py", code)
    weak.write(RECORD, "")
    verified = f"{FOLDER}/headwater.lock/C1.verified.jsonl"
    weak.write(verified, weak.read(verified).replace(body, digest_body(code)))
    files = (
        DerivedFile(path="src/sums/fees.py", sha256=digest_bytes(code.encode())),
        DerivedFile(
            path="tests/001_sums/test_c1.py",
            sha256=digest_bytes((weak.root / "tests/001_sums/test_c1.py").read_bytes()),
        ),
    )
    forged = forge_record(record, files=files, bodies={"src/sums/fees.py": digest_body(code)})
    weak.write(f"{FOLDER}/headwater.lock/C1.json", forged)
    weak.commit()

    (one,) = measure(weak).components

    assert one.record is None
    assert one.skipped.startswith("tests do not pass on the code as it is: FR-001-")


def test_a_removed_component_takes_its_measurement_along(weak: Checkout) -> None:
    other = Part(
        number=2,
        name="others",
        interface="def other(n: int) -> int: ...",
        code="def other(n: int) -> int:\n    return n\n",
        rows=(("other(1)", "1"),),
    )
    weak.adopt(Sketch(parts=(other,)))

    assert weak.build(ScriptedModel(answer_all(Sketch(parts=(other,))))).succeeded

    assert not (weak.root / RECORD).exists()


def test_uncommitted_changes_to_a_record_are_not_written_over(weak: Checkout) -> None:
    weak.write(RECORD, "mine\n")

    with pytest.raises(HeadwaterError, match=r"C1\.strength\.jsonl"):
        measure(weak, most=3)

    assert weak.read(RECORD) == "mine\n"


def test_bounds_that_bound_nothing_are_refused(weak: Checkout) -> None:
    with pytest.raises(UsageError, match=r"build\.mutants must be 1 or more, found 0"):
        measure(weak, most=0)
    with pytest.raises(UsageError, match=r"from 0 to 1, found 60") as refused:
        find_weak(weak, floor=60)
    assert refused.value.hint
