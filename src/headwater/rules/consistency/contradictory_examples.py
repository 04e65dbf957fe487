"""`contradictory-examples`: the graph finds two examples of one call that exclude each other."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="contradictory-examples",
    title="Two examples that expect different results of the same call or command",
    why="No code satisfies both, so that every candidate fails. The contradiction is found before "
    "a model is asked.",
    severity=Severity.ERROR,
    essential=True,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
  | `balance("a")` | `3` |
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
  | `balance("b")` | `3` |
""",
    alone=(
        # Rows of a sequence may call the same and differ, since something happened between them.
        """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `account = open("a")` | — |
  | `account.balance` | `0` |
  | `account.add(3)` | — |
  | `account.balance` | `3` |
""",
        # Both can hold.
        """\
- **FR-001**: When a clerk asks for the share, the ledger MUST answer a fraction.

  | Call | Result |
  | --- | --- |
  | `share(1, 3)` | ≈ `0.33` |
  | `share(1, 3)` | ≈ `0.333` |
""",
    ),
)
