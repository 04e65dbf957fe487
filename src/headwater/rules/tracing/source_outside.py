"""`source-outside`: `check` finds articles that cite policies outside the repository."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.tracing.article_suspect import RULE as SUSPECT
from headwater.spec.model import Severity

_PATH = ".specify/memory/constitution.md"

RULE = Rule(
    name="source-outside",
    title="An article that cites a policy outside the repository",
    why="Nothing tells when the policy changes: the repository is all that a check reads, and "
    "other people have that file elsewhere, or not at all.",
    source="docs/design.md, section 11",
    severity=Severity.WARNING,
    bad={
        _PATH: """\
# Ledger Constitution

## Core Principles

### I. Secrets

- Passwords must not be stored in source code.
  **Source**: ../company/security.md l. 3 (sha256:03dc19583e12e709)
"""
    },
    good=SUSPECT.good,
)
