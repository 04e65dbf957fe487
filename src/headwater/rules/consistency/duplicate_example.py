"""`duplicate-example`: the graph finds an example that stands twice under one requirement."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="duplicate-example",
    title="An example that stands twice under one requirement",
    why="It makes one test, not two. One of the copies was meant to be another example, or it is "
    "forgotten when the other is changed.",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
  | `balance("a")` | `0` |
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    alone=(
        # Two requirements may be shown by the same example.
        """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: When an account is new, the ledger MUST hold no entry of it.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    ),
)
