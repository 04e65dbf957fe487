"""Plans: technical context, decisions, components."""

from __future__ import annotations

import pytest

from headwater.spec.model import Component, Place
from tests.spec.builders import at, plan_of

PLAN = """\
# Implementation Plan: Wallet

## Technical Context

**Target**: `Python`
**Language/Version**: Python 3.11
- **Primary Dependencies**: none; the
  standard library

## Decisions

### D1: Cents

**Context**: money.
**Choice**: whole cents.
**Serves**: FR-001–FR-003, US1.2 (both), 002/FR-001

### D2: A file

No refs.

## Components

### C1: ledger

**File**: `src/wallet/ledger.py`
**Implements**: FR-001, `FR-002` and US1
**Depends on**: none
**Responsibility**: Keep
balances.

In cents.

**Interface**:

```python
def total() -> int: ...
```

### C2: command

- **Files**: src/wallet/cli.py, `src/wallet/text.py`
- **Implements**:
  - US1.1
  - US1.2
- **Depends on**: C1 (for `total`), 002/C4
- **Command**: `wallet` → `python -m wallet.cli`
- **Responsibility**: Print.
- **Interface**:

  ```python
  class Closed(Exception): ...

  def main() -> int: ...
  ```

## Notes

### Not one

```python
x = 1
```
"""


def component_of(fields: str) -> Component:
    """The one component of a plan, with these fields."""
    [component] = plan_of(f"## Components\n\n### C1: x\n\n{fields}\n").components
    return component


def test_the_technical_context() -> None:
    plan = plan_of(PLAN)
    assert plan.title == "Wallet"
    assert plan.problems == ()
    assert plan.context is not None
    assert plan.context.target == "python"
    assert plan.context.place == Place(path="plan.md", line=3, column=1)
    assert plan.context.fields == {
        "Target": "`Python`",
        "Language/Version": "Python 3.11",
        "Primary Dependencies": "none; the\nstandard library",
    }


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("**Target**: go", "go"),
        ("**Language/Version**: Go 1.23", "go"),
        ("**Language/Version**: TypeScript 5.3+ (ES2022)", "typescript"),
        ("- **Language:** Python 3 (stdlib only); Markdown", "python"),
        ("**Language/Version**: Rust 1.75", ""),
        ("**Language/Version**: [e.g., Python 3.11, Swift 5.9]", ""),
        ("**Target**: NEEDS CLARIFICATION\n**Language**: Golang", "go"),
        ("**Target Platform**: python.org", ""),
        ("Python", ""),
    ],
)
def test_the_target_is_named_or_follows_from_the_language(field: str, target: str) -> None:
    context = plan_of(f"## Technical Context\n\n{field}\n").context
    assert context is not None
    assert context.target == target


def test_a_plan_without_context() -> None:
    assert plan_of("# Plan\n\n**Target**: python\n").context is None


def test_decisions() -> None:
    plan = plan_of(PLAN)
    first, second = plan.decisions
    assert (first.id, first.title) == ("D1", "Cents")
    assert first.serves == ("FR-001", "FR-002", "FR-003", "US1.2", "002/FR-001")
    assert first.text.startswith("**Context**: money.")
    assert plan.source.text(second.span) == "### D2: A file\n\nNo refs."
    assert second.serves == ()


def test_components() -> None:
    plan = plan_of(PLAN)
    first, second = plan.components
    assert (first.id, first.name) == ("C1", "ledger")
    assert first.files == ("src/wallet/ledger.py",)
    assert first.implements == ("FR-001", "FR-002", "US1")
    assert first.depends_on == ()
    assert first.commands == {}
    assert first.responsibility == "Keep\nbalances.\n\nIn cents."
    assert (first.interface, first.language) == ("def total() -> int: ...\n", "python")
    assert first.interface_place == Place(path="plan.md", line=37, column=1)
    assert first.text.startswith("**File**")
    assert plan.source.text(first.span).startswith("### C1: ledger")
    assert second.files == ("src/wallet/cli.py", "src/wallet/text.py")
    assert second.implements == ("US1.1", "US1.2")
    assert second.depends_on == ("C1", "002/C4")
    assert second.commands == {"wallet": ("python", "-m", "wallet.cli")}
    assert second.responsibility == "Print."
    assert second.interface == "class Closed(Exception): ...\n\ndef main() -> int: ...\n"
    assert second.interface_place == Place(path="plan.md", line=52, column=3)


def test_an_interface_is_the_same_with_other_ends_of_line() -> None:
    windows = plan_of(PLAN.replace("\n", "\r\n"))
    assert [c.interface for c in windows.components] == [
        c.interface for c in plan_of(PLAN).components
    ]
    assert windows.components[0].files == ("src/wallet/ledger.py",)


@pytest.mark.parametrize(
    ("value", "files"),
    [
        ("`a.py`, `b.py`", ("a.py", "b.py")),
        ("a.py; b.py", ("a.py", "b.py")),
        ("[a.py](../a.py)", ("a.py",)),
        ("a.py, a.py", ("a.py",)),
        ("`a.py`.", ("a.py",)),
        ("none", ()),
        ("None.", ()),
        ("—", ()),
        ("`none`", ()),
        ("", ()),
        ("\n- `a.py`\n- b.py", ("a.py", "b.py")),
    ],
)
def test_lists_in_fields(value: str, files: tuple[str, ...]) -> None:
    assert component_of(f"**File**: {value}").files == files


@pytest.mark.parametrize(
    ("value", "commands"),
    [
        ("`w` → `python -m w`", {"w": ("python", "-m", "w")}),
        ("`w` -> `python -m w 'a b'`", {"w": ("python", "-m", "w", "a b")}),
        ("w => python -m w", {"w": ("python", "-m", "w")}),
        ("`w` → `a`, `v` → `b c`", {"w": ("a",), "v": ("b", "c")}),
        ("none", {}),
        ("—", {}),
    ],
)
def test_commands(value: str, commands: dict[str, tuple[str, ...]]) -> None:
    plan = plan_of(f"### C1: x\n\n**Command**: {value}\n")
    assert plan.components[0].commands == commands
    assert plan.problems == ()


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("**Command**: `wallet`", [("command-unreadable", 3, 1)]),
        ("**Command**: `w` → `a 'b`", [("command-unreadable", 3, 1)]),
        ("**Implements**: FR-001, the rest", [("field-entry-unreadable", 3, 17)]),
        ("**Depends on**: FR-001", [("field-entry-unreadable", 3, 17)]),
        ("**Extends**: `001/C4`", [("field-unsupported", 3, 1)]),
        ("**Implement**: FR-001", [("field-unknown", 3, 1)]),
        (
            "**Interface**:\n\n```python\n```\n\n```python\nx = 1\n```",
            [("code-outside-interface", 8, 1)],
        ),
        ("```text\nx\n```\n\n```json\n{}\n```", []),
        (
            "```python\nx: int\n```\n\n#### Interface\n\n```python\n```",
            [("code-outside-interface", 3, 1)],
        ),
    ],
)
def test_problems_in_components(text: str, errors: list[tuple[str, int, int]]) -> None:
    plan = plan_of(f"### C1: x\n\n{text}\n")
    assert len(plan.components) == 1
    assert [at(p) for p in plan.problems] == errors


def test_problems_elsewhere() -> None:
    plan = plan_of(
        "## Decisions\n\n### D1: x\n\n**Serves**: all\n\n### Another\n\n"
        "## Components\n\n### Ledger\n\n#### Details\n"
    )
    assert [at(p) for p in plan.problems] == [
        ("field-entry-unreadable", 5, 13),
        ("heading-without-id", 7, 1),
        ("heading-without-id", 11, 1),
    ]


def test_the_interface_is_the_block_below_its_name() -> None:
    text = "Such as:\n\n```text\nfirst\n```\n\n**Interface**:\n\n```go\nsecond\n```"
    assert component_of(text).interface == "second\n"
    assert component_of("```python\nonly\n```").interface == "only\n"
    assert component_of("No code.").interface == ""


def test_a_components_text_is_exact_in_its_code() -> None:
    """Empty lines between functions are code, and count."""
    text = "**Interface**:\n\n```python\ndef f(): ...\n\n\n\ndef g(): ...\n```"
    assert component_of(text).text == text


@pytest.mark.parametrize("title", ["C3PO: x", "C1.2: x", "D10x", "C: x", "Cache", "1. C1"])
def test_headings_that_only_begin_like_an_id(title: str) -> None:
    plan = plan_of(f"### {title}\n")
    assert (plan.components, plan.decisions) == ((), ())


def test_headings_in_code_are_no_components() -> None:
    assert plan_of("```\n### C1: x\n```\n\n<!--\n### C2: y\n-->\n").components == ()
