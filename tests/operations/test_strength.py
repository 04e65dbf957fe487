"""Measuring a repository: what is recorded, what is measured again, and what `check` reads."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError, UsageError
from headwater.graph.digest import digest_bytes
from headwater.graph.lock import DerivedFile
from headwater.operations.check import check
from headwater.operations.more_examples import draft_rows, propose_more
from headwater.operations.strength import StrengthPorts, measure_strength
from headwater.operations.trace import trace
from headwater.rules.settings import RuleSettings
from headwater.targets.python.syntax import digest_body
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    FOLDER,
    SPEC_PATH,
    TARGETS,
    Checkout,
    Part,
    Sketch,
    answer_all,
    make_workbench,
    start_checkout,
)
from tests.operations.conftest import new_repository
from tests.operations.forging import forge_record
from tests.operations.watching import Watcher

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.graph.strength import RefStrength
    from headwater.operations.more_examples import ProposedRow
    from headwater.operations.strength import StrengthReport
    from headwater.spec.model import Problem
FEE = Part(
    number=1,
    name="fees",
    interface="def fee(minutes: int) -> int: ...",
    code="def fee(minutes: int) -> int:\n    return 0 if minutes < 15 else 4\n",
    rows=(("fee(5)", "0"),),
)
PORTS = StrengthPorts(
    targets=TARGETS, open_workbench=lambda _: make_workbench(), observer=Watcher()
)
RECORD = f"{FOLDER}/headwater.lock/C1.strength.jsonl"


@pytest.fixture(scope="module")
def weak_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One component with one row, built and measured once, to be copied and never changed."""
    with new_repository(tmp_path_factory.mktemp("weak")) as folder:
        sketch = Sketch(parts=(FEE,))
        checkout = start_checkout(folder, sketch)
        assert checkout.build(ScriptedModel(answer_all(sketch))).succeeded
        measure(checkout)
    return folder


@pytest.fixture
def weak(weak_template: Path, git_settings: Path, tmp_path: Path) -> Checkout:
    """That repository."""
    shutil.copytree(weak_template, tmp_path / "weak")
    return Checkout(root=tmp_path / "weak")


def measure(
    checkout: Checkout, *, most: int = 60, watcher: Watcher | None = None
) -> StrengthReport:
    ports = replace(PORTS, observer=watcher or Watcher(), most=most)
    return measure_strength(checkout.root, feature="", ports=ports)


def propose(
    checkout: Checkout, strength: RefStrength, *, floor: float = 0.6
) -> tuple[ProposedRow, ...]:
    return propose_more(checkout.root, [strength], floor=floor, ports=PORTS)


def find_weak(checkout: Checkout, *, floor: float = 0.6) -> list[Problem]:
    report = check(checkout.root, targets=TARGETS, settings=RuleSettings(example_strength=floor))
    return [one for one in report.findings if one.code == "weak-examples"]


def read_strength(checkout: Checkout) -> RefStrength | None:
    (item,) = trace(checkout.root, ref="", targets=TARGETS, with_strength=True).items
    return item.strength


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


def test_rows_are_drafted_in_a_table_of_their_own(weak: Checkout) -> None:
    before = weak.read(SPEC_PATH)
    strength = read_strength(weak)
    assert strength is not None

    rows = propose(weak, strength)
    drafted = draft_rows(weak.root, rows, targets=TARGETS)

    assert [(row.call, row.result, len(row.tells)) for row in rows] == [
        ("`fee(15)`", "`4`", 4),
        ("`fee(14)`", "`0`", 1),
    ]
    table = "<!-- drafted: confirm -->\n  | Call | Result |\n  | --- | --- |"
    added = f"\n\n  {table}\n  | `fee(15)` | `4` |\n  | `fee(14)` | `0` |"
    assert weak.read(SPEC_PATH).replace(added, "") == before
    assert weak.git("log", "-1", "--format=%H %s") == f"{weak.head} Draft examples for 001/FR-001"
    assert (drafted.commit, drafted.left_out) == (weak.head, ())
    assert find_weak(weak) == []


def test_more_rows_join_a_table_that_nobody_has_confirmed(weak: Checkout) -> None:
    strength = read_strength(weak)
    assert strength is not None
    rows = propose(weak, strength)

    draft_rows(weak.root, rows, targets=TARGETS)
    draft_rows(weak.root, rows, targets=TARGETS)

    spec = weak.read(SPEC_PATH)
    assert spec.count("<!-- drafted: confirm -->") == 1
    assert spec.count("| `fee(15)` | `4` |") == 2


def test_nothing_is_proposed_above_the_floor(weak: Checkout) -> None:
    strength = read_strength(weak)
    assert strength is not None

    assert propose(weak, strength, floor=0.4) == ()


def test_a_requirement_that_is_gone_is_left_out_and_named(weak: Checkout) -> None:
    strength = read_strength(weak)
    assert strength is not None
    rows = propose(weak, strength)
    weak.write(SPEC_PATH, weak.read(SPEC_PATH).replace("**FR-001**", "**FR-009**"))

    drafted = draft_rows(weak.root, rows, targets=TARGETS)

    assert (drafted.commit, drafted.rows) == ("", ())
    assert drafted.left_out == (f"001/FR-001: {SPEC_PATH}: there is no FR-001 any more",)


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("`fee(15)`", "`99`"),
        ("`gone(15)`", "`4`"),
        ("`fee(15)` | `4` |\n\n- **FR-002**: It MUST obey. | x", "`4`"),
        ("`fee(15)`", "`4` | `5`"),
        ("fee(", "`4`"),
    ],
)
def test_rows_that_somebody_made_up_in_a_record_are_not_proposed(
    weak: Checkout, call: str, result: str
) -> None:
    strength = read_strength(weak)
    assert strength is not None
    forged = replace(strength.survivors[0], call=call, result=result)

    assert propose(weak, replace(strength, survivors=(forged,) * 9)) == ()


def test_bounds_that_bound_nothing_are_refused(weak: Checkout) -> None:
    with pytest.raises(UsageError, match=r"build\.mutants must be 1 or more, found 0"):
        measure(weak, most=0)
    with pytest.raises(UsageError, match=r"from 0 to 1, found 60") as refused:
        find_weak(weak, floor=60)
    assert refused.value.hint
