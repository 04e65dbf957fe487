"""What is kept from earlier runs changes how fast an answer comes, and never the answer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.operations.check import check
from headwater.wiring import list_targets
from headwater.workspace.git import run_git
from headwater.workspace.kept_results import KeptResults

if TYPE_CHECKING:
    from headwater.operations.checking.check_report import CheckReport

FOLDERS = ("specs/001-a", "specs/002-b")
SPECS = (
    (
        "- **FR-001**: The ledger MUST answer quickly.\n\n  | Call | Result |\n  | --- | --- |\n"
        "  | `one(1)` | `1` |\n"
    ),
    (
        "- **FR-001**: The ledger MUST answer within 2 s.\n\n  | Call | Result |\n  | --- | --- |\n"
        "  | `one(2)` | `1` |\n  | `one(2)` | `2` |\n"
    ),
    "- **FR-002**: See 001/FR-001.\n",
)
PLANS = ("one(n: int)", "one(n: int, m: int)", "other(n: int)")
EDITS = st.lists(
    st.tuples(st.sampled_from(FOLDERS), st.integers(0, 2), st.integers(0, 2)),
    min_size=1,
    max_size=6,
)


def write_feature(root: Path, folder: str, *, spec: int, plan: int) -> None:
    place = root / folder
    place.mkdir(parents=True, exist_ok=True)
    needs = "001/C1" if folder.startswith("specs/002") else "none"
    (place / "spec.md").write_text(
        f"# Feature Specification: A\n\n## Requirements\n\n{SPECS[spec]}", encoding="utf-8"
    )
    (place / "plan.md").write_text(
        "# Plan\n\n## Technical Context\n\n**Target**: python\n\n## Components\n\n### C1: one\n\n"
        f"**File**: `src/{place.name[-1]}.py`\n**Implements**: FR-001\n**Depends on**: {needs}\n\n"
        f"**Interface**:\n\n```python\ndef {PLANS[plan]} -> int: ...\n```\n",
        encoding="utf-8",
    )


def judge(root: Path, kept: KeptResults | None) -> CheckReport:
    return check(root, targets=list_targets(), kept=kept)


@settings(max_examples=25, deadline=None)
@given(edits=EDITS)
def test_the_same_is_found_with_and_without(edits: list[tuple[str, int, int]]) -> None:
    """Whatever is edited in whichever order, features that depend on another's plan included."""
    with TemporaryDirectory() as name:
        root, kept = Path(name, "repository"), KeptResults(Path(name, "kept"))
        root.mkdir()
        run_git(root, ["init", "--quiet"])
        for folder, spec, plan in edits:
            write_feature(root, folder, spec=spec, plan=plan)
            first, again = judge(root, kept), judge(root, kept)
            assert first == again == judge(root, None)
