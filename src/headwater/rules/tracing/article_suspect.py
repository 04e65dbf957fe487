"""`article-suspect`: `check` finds an article whose policy does not say any more what it cites."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

_CONSTITUTION = """\
# Ledger Constitution

## Core Principles

### I. Secrets

- Passwords must not be stored in source code.
  **Source**: policies/security.md l. 3 (sha256:03dc19583e12e709)
"""
_POLICY = """\
# Security

Passwords must not be stored in source code.
"""
_MOVED = """\
# Security

Whoever writes software follows these rules.

Passwords must not be stored
in source code.
"""
_PATH = ".specify/memory/constitution.md"

RULE = Rule(
    name="article-suspect",
    title="An article whose policy has changed",
    why="The article was drafted from words that its policy does not say any more. Plans and code "
    "are held to a rule that may not be one, and the new rule holds nobody.",
    source="docs/design.md, section 4",
    severity=Severity.WARNING,
    bad={
        _PATH: _CONSTITUTION,
        "policies/security.md": _POLICY.replace("in source code", "anywhere"),
    },
    good={_PATH: _CONSTITUTION, "policies/security.md": _POLICY},
    alone=(
        # The same words further down, wrapped otherwise.
        {_PATH: _CONSTITUTION, "policies/security.md": _MOVED},
        # A source in other words is prose.
        {_PATH: _CONSTITUTION.replace("l. 3 (sha256:03dc19583e12e709)", "section 1")},
    ),
)
