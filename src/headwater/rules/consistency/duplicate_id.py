"""`duplicate-id`: the graph finds an id that two items have."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="duplicate-id",
    title="Two requirements, decisions or components with one id",
    why="A ref to it names two things. Plan, tasks, tests and lock follow the first one, and the "
    "second is never built.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.8.1 (unique identification)",
    severity=Severity.ERROR,
    essential=True,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-001**: When an auditor asks for the entries, the ledger MUST answer all of them.

  | Call | Result |
  | --- | --- |
  | `entries("a")` | `[]` |
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: When an auditor asks for the entries, the ledger MUST answer all of them.

  | Call | Result |
  | --- | --- |
  | `entries("a")` | `[]` |
""",
)
