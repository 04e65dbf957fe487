"""Constitutions: articles and the checks that enforce them."""

from __future__ import annotations

import pytest

from headwater.spec.model import Severity
from tests.spec.builders import at, constitution_of

CONSTITUTION = """\
# Wallet Constitution

## Core Principles

### I. No network

Wallet MUST NOT open connections.

```yaml
enforce:
  - check: imports.forbidden
    modules: [socket, http]
  - check: complexity.max
    scope: src/**/*.py
    severity: warning
    max: 8
```

```yaml
source: not a check
```

### II. Simple (NON-NEGOTIABLE)

#### In general

Short functions.

## Governance

**Version**: 1.0.0
"""


def test_articles_and_their_checks() -> None:
    constitution = constitution_of(CONSTITUTION)
    assert constitution.title == "Wallet Constitution"
    assert constitution.problems == ()
    first, second = constitution.articles
    assert (first.id, first.title) == ("I", "No network")
    assert first.text.startswith("Wallet MUST NOT open connections.")
    assert (second.id, second.title) == ("II", "Simple (NON-NEGOTIABLE)")
    assert constitution.source.text(second.span).endswith("Short functions.")
    imports, complexity = first.checks
    assert (imports.check, imports.scope, imports.severity) == (
        "imports.forbidden",
        "**",
        Severity.ERROR,
    )
    assert imports.arguments == {"modules": ["socket", "http"]}
    assert (imports.place.line, imports.place.column) == (11, 5)
    assert (complexity.scope, complexity.severity) == ("src/**/*.py", Severity.WARNING)
    assert complexity.arguments == {"max": 8}
    assert complexity.place.line == 13


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        ("### I. A\n\n### II: B\n\n### III - C\n\n### IV", ["I", "II", "III", "IV"]),
        ("## Article I: A\n\n## Article II — B", ["I", "II"]),
        ("### 1. A\n\n### Principle 2: B\n\n### 2.1 C", ["1", "2"]),
        ("## 1. Principles\n\n### I. A\n\n### II. B\n\n## 2. Governance", ["I", "II"]),
        ("## I. A\n\n### V. inside it\n\n## II. B", ["I", "II"]),
        ("### Identity\n\n### In general\n\n### A. B\n\n### C. D\n\n# I. Title", []),
        ("```\n### I. A\n```", []),
    ],
)
def test_article_headings(headings: str, ids: list[str]) -> None:
    assert [a.id for a in constitution_of(f"{headings}\n").articles] == ids


def enforced(yaml: str) -> str:
    """An article with this block, whose code begins in line 4."""
    return f"### I. A\n\n```yaml\n{yaml}\n```\n"


@pytest.mark.parametrize(
    ("yaml", "errors"),
    [
        ("enforce: [", [("enforce-yaml", 5, 1)]),
        ("enforce:\n  - check: {a: b: c}", [("enforce-yaml", 5, 17)]),
        ("enforce:\n  - check: \x07", [("enforce-yaml", 4, 1)]),
        ("enforce:\n  - check: x\n    max: 2026-99-99", [("enforce-yaml", 4, 1)]),
        ("enforce:\n  - &a {check: x}\n  - *a", [("enforce-yaml", 6, 5)]),
        ("enforce: !!python/name:os.system", [("enforce-yaml", 4, 10)]),
        ("enforce: " + "[" * 30 + "]" * 30, [("enforce-yaml", 4, 29)]),
        ("enforce: # " + "x" * 20000, [("enforce-yaml", 4, 1)]),
        ("enforce:", [("enforce-list", 4, 9)]),
        ("enforce:\n  check: x", [("enforce-list", 5, 3)]),
        ("- a\n---\nenforce:", [("enforce-yaml", 5, 1)]),
        ("enforce:\n  - imports.forbidden", [("enforce-entry", 5, 5)]),
        ("enforce:\n  - max: 8", [("enforce-check", 5, 5)]),
        ("enforce:\n  - check: 8", [("enforce-check", 5, 5)]),
        ("enforce:\n  - check: x\n    scope: [a]", [("enforce-scope", 5, 5)]),
        ("enforce:\n  - {check: x, 1: 2}", [("enforce-keys", 5, 5)]),
        ("enforce:\n  - check: x\n    max: 1\n    max: 2", [("enforce-keys", 5, 5)]),
    ],
)
def test_blocks_that_cannot_be_read(yaml: str, errors: list[tuple[str, int, int]]) -> None:
    constitution = constitution_of(enforced(yaml))
    assert [at(p) for p in constitution.problems] == errors
    assert constitution.articles[0].checks == ()


@pytest.mark.parametrize("severity", ["fatal", "[error]", "8"])
def test_an_unknown_severity_is_a_problem_and_counts_as_error(severity: str) -> None:
    constitution = constitution_of(enforced(f"enforce:\n- check: x\n  severity: {severity}"))
    assert [at(p) for p in constitution.problems] == [("enforce-severity", 6, 13)]
    assert [c.severity for c in constitution.articles[0].checks] == [Severity.ERROR]


def test_one_bad_check_does_not_hide_the_others() -> None:
    constitution = constitution_of(enforced("enforce:\n- max: 1\n- check: x"))
    assert [c.check for c in constitution.articles[0].checks] == ["x"]
    assert len(constitution.problems) == 1


def test_checks_that_nothing_would_run_are_an_error() -> None:
    constitution = constitution_of(
        "## Core Principles\n\n### No number\n\n```yaml\nenforce:\n- check: x\n```\n"
    )
    assert [at(p) for p in constitution.problems] == [
        ("article-without-number", 3, 1),
        ("enforce-outside-article", 5, 1),
    ]


def test_other_blocks_are_prose() -> None:
    text = "### I. A\n\n```yaml\nother: [\n```\n\n```python\nenforce:\n```\n\n    enforce: x\n"
    constitution = constitution_of(text)
    assert constitution.problems == ()
    assert constitution.articles[0].checks == ()
