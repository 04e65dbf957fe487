"""The graph over documents as they are written: Markdown in, sources and problems out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.graph.make_units import make_units
from headwater.graph.sources import list_sources
from headwater.spec.read_project import read_project
from tests.graph.builders import (
    check_project,
    constant,
    error,
    function,
    index_project,
    interface,
    summarise,
    type_,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.graph.units import TestUnit
    from headwater.spec.model import Problem

FOLDER = "specs/001-wallet"
SPEC = """\
# Feature Specification: Wallet

## User Scenarios & Testing

### User Story 1 - Pay (Priority: P1)

Someone pays.

**Acceptance Scenarios**:

1. **Given** an account, **When** 5 is paid in, **Then** it holds 5.

   | Run | Stdout | Exit |
   | --- | --- | --- |
   | `wallet add 5` | `"5\\n"` | 0 |

## Requirements

### Functional Requirements

- **FR-001**: The system must keep accounts, and for each
  - its `name  exactly`,
  - its balance.

  | Call | Result |
  | --- | --- |
  | `acct = Account("a", limit=LIMIT)` | — |
  | `acct.deposit(5)` | `5` |
  | `acct.balance` | `5` |

- **FR-002**: The system must total accounts.

  | Call | Result |
  | --- | --- |
  | `total([])` | `0` |
  | `C2.total([Account("a")])` | raises `Overdrawn` |
"""
PLAN = """\
# Implementation Plan: Wallet

## Technical Context

**Language/Version**: Python 3.11
**Target**: python

## Components

### C1: ledger

- **File**: `src/wallet/ledger.py`
- **Implements**: FR-001, US1
- **Command**: `wallet` → `python -m wallet.ledger`
- **Responsibility**: Keeps accounts.
- **Interface**:

  ```python
  LIMIT: int
  class Account: ...
  ```

### C2: totals

- **File**: `src/wallet/totals.py`
- **Implements**: FR-002
- **Depends on**: C1
- **Responsibility**: Adds them up.
- **Interface**:

  ```python
  def total(accounts): ...
  ```
"""
INTERFACES = {
    "001/C1": interface(
        constant("LIMIT"),
        type_("Account", "deposit", "balance", parameters=("name", "limit")),
        error("Overdrawn"),
        digest="one",
    ),
    "001/C2": interface(function("total", "accounts"), digest="two"),
}


def read(
    spec: str = SPEC, plan: str = PLAN
) -> tuple[dict[str, dict[str, str]], list[TestUnit], list[Problem]]:
    """Sources, units and all problems of the two documents."""
    documents = {f"{FOLDER}/spec.md": spec.encode(), f"{FOLDER}/plan.md": plan.encode()}
    found = read_project(documents)
    index = index_project(found, INTERFACES)
    (feature,) = found.features
    units, problems = make_units(feature, index=index, interfaces=INTERFACES)
    problems += check_project(found, INTERFACES, targets=["python"])
    for document in (feature.spec, feature.plan):
        problems += document.problems if document else ()
    sources = list_sources(index, units=units, summaries=summarise(found, INTERFACES))
    return sources, units, problems


def test_a_sound_feature() -> None:
    sources, units, problems = read()
    assert not problems
    assert [(unit.ref, unit.touches, unit.owner) for unit in units] == [
        ("001/US1.1", ("001/C1",), ""),
        ("001/FR-001", ("001/C1",), "001/C1"),
        ("001/FR-002", ("001/C2",), "001/C2"),
        ("001/FR-002", ("001/C1", "001/C2"), ""),
    ]
    names = {name.partition(" example")[0] for name in sources["001/C1"]}
    assert names == {
        "001/C1",
        "001/FR-001",
        "001/US1",
        "001/US1.1",
        "001/plan Language/Version",
        "001/plan Target",
    }


SAME = {
    "wrapping": ("must keep accounts, and for each", "must keep\n  accounts,  and for\n  each"),
    "bullets": (
        "  - its `name  exactly`,\n  - its balance.",
        "  * its balance.\n  * its `name  exactly`,",
    ),
    "table layout": (
        "| Call | Result |\n  | --- | --- |\n  | `total([])` | `0` |",
        "| Call        | Result |\n  | :--- | --: |\n  | total([]) |    0 |",
    ),
    "line endings": ("\n", "\r\n"),
    "elsewhere": ("# Feature Specification: Wallet", "# Feature: Purse"),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME.keys())
def test_layout_of_the_spec_changes_no_source(old: str, new: str) -> None:
    assert old in SPEC
    assert read(SPEC.replace(old, new))[0] == read()[0]


SAME_PLAN = {
    "field order": (
        "- **Implements**: FR-002\n- **Depends on**: C1\n",
        "- **Depends on**: C1\n- **Implements**: FR-002\n",
    ),
    "interface layout": ("  class Account: ...", "  class Account:  # kept\n      ..."),
    "responsibility wrapped": ("Adds them up.", "Adds\n  them up."),
}


@pytest.mark.parametrize(("old", "new"), SAME_PLAN.values(), ids=SAME_PLAN.keys())
def test_layout_of_the_plan_changes_no_source(old: str, new: str) -> None:
    assert old in PLAN
    assert read(plan=PLAN.replace(old, new))[0] == read()[0]


DIFFERENT = {
    "prose": ("for each", "for all", {"001/FR-001"}),
    "code span": ("`name  exactly`", "`name exactly`", {"001/FR-001"}),
    "scenario": ("it holds 5", "it shows 5", {"001/US1.1"}),
}


@pytest.mark.parametrize(("old", "new", "changed"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_meaning_changes_exactly_its_source(old: str, new: str, changed: set[str]) -> None:
    before, after = read()[0], read(SPEC.replace(old, new))[0]
    assert after["001/C2"] == before["001/C2"]
    names = {*before["001/C1"], *after["001/C1"]}
    own = {name for name in names if before["001/C1"].get(name) != after["001/C1"].get(name)}
    assert own == changed


def test_a_changed_cell_is_another_example() -> None:
    before, after = read()[0], read(SPEC.replace("`acct.deposit(5)`", "`acct.deposit(6)`"))[0]
    assert before["001/C2"] == after["001/C2"]
    removed = before["001/C1"].keys() - after["001/C1"].keys()
    added = after["001/C1"].keys() - before["001/C1"].keys()
    assert [name.partition("-001-")[0] for name in (*removed, *added)] == [
        "001/FR-001 example FR",
        "001/FR-001 example FR",
    ]


WRONG = {
    "unknown name": ("`total([])`", "`totel([])`", "unknown-name"),
    "unknown method": ("acct.deposit(5)", "acct.widthdraw(5)", "unknown-member"),
    "unknown argument": ("limit=LIMIT", "limits=LIMIT", "wrong-arguments"),
    "unknown error": ("`Overdrawn`", "`Overdrawm`", "unknown-error"),
    "unknown command": ("`wallet add 5`", "`walet add 5`", "unknown-command"),
    "unknown component": ("C2.total", "C3.total", "unknown-component"),
    "contradiction": (
        "| `total([])` | `0` |",
        "| `total([])` | `0` |\n  | `total(accounts=[])` | `1` |",
        "contradictory-examples",
    ),
}


@pytest.mark.parametrize(("old", "new", "code"), WRONG.values(), ids=WRONG.keys())
def test_mistakes_are_found_at_their_line(old: str, new: str, code: str) -> None:
    assert old in SPEC
    spec = SPEC.replace(old, new)
    (problem,) = read(spec)[2]
    assert problem.code == code
    assert problem.place.path == f"{FOLDER}/spec.md"
    assert new.splitlines()[-1].strip() in spec.splitlines()[problem.place.line - 1]


def test_real_documents_can_be_indexed_and_checked(data_folder: Path) -> None:
    """Spec Kit features written by others, as they are: no exception, and places for all."""
    corpus = data_folder / "corpora" / "spec-kit"
    roots = {path.parents[1] for path in corpus.rglob("spec.md")}
    checked = 0
    for root in sorted(roots):
        documents = {
            f"specs/{path.parent.name}/{path.name}": path.read_bytes()
            for path in sorted(root.glob("*/*.md"))
            if path.name in {"spec.md", "plan.md", "tasks.md"}
        }
        found = read_project(documents)
        index = index_project(found, INTERFACES)
        for problem in check_project(found, {}, targets=["python"]):
            assert problem.place.path.startswith("specs/")
            assert problem.place.line >= 1
        for feature in found.features:
            units, _ = make_units(feature, index=index, interfaces={})
            assert len({unit.key for unit in units}) == len(units)
            checked += 1
    assert checked > 30
