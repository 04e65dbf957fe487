"""`contradictory-numbers`: two limits for one and the same quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.consistency.quantities import exclude_each_other, read_quantity
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.consistency.clauses import Clause
    from headwater.rules.consistency.quantities import Quantity
    from headwater.rules.interface import FeatureSubject

# Besides the unit: "within 3 days" alone names no quantity.
_FEWEST_WORDS = 3


def find_contradictory_numbers(subject: FeatureSubject) -> Iterator[Finding]:
    """Clauses that say the same but for the number; units are converted before numbers compare.

    A number in the trigger, or a further word on either side, makes another case of it.
    """
    seen: dict[tuple[bool, frozenset[str]], tuple[Clause, Quantity]] = {}
    for clause in subject.clauses:
        quantity = read_quantity(clause.text, negative=clause.negative)
        if quantity is None or len(quantity.rest) < _FEWEST_WORDS:
            continue
        earlier, known = seen.setdefault((quantity.forbidden, quantity.rest), (clause, quantity))
        if exclude_each_other(known, quantity):
            yield Finding(
                place=clause.place,
                message=f"{clause.owner} says “{quantity.text}” where {earlier.owner}, at "
                f"{earlier.place}, says “{known.text}” of the same",
                hint="Decide which number holds, or say in which case each does.",
            )


RULE = Rule(
    name="contradictory-numbers",
    title="Two numbers for one and the same quantity",
    why="One of the two is out of date, and nothing tells which: code and tests follow whichever "
    "was read last.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.6 (a consistent set of requirements)",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 200 ms.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: The ledger MUST respond within 0.5 seconds when a clerk asks for the balance.

  | Call | Result |
  | --- | --- |
  | `balance("b")` | `0` |
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 500 ms.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: The ledger MUST write the log within 0.5 seconds when a clerk asks for the balance.

  | Call | Result |
  | --- | --- |
  | `balance("b")` | `0` |
""",
    alone=(
        # The same limit in two units.
        """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 500 ms.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: The ledger MUST send an answer to the clerk within 0.5 seconds.

  | Call | Result |
  | --- | --- |
  | `balance("b")` | `0` |
""",
        # Two cases.
        """\
- **FR-001**: When a teller signs in, the ledger MUST allow at most 5 attempts.

  | Call | Result |
  | --- | --- |
  | `sign_in("a", 6)` | `false` |

- **FR-002**: When an auditor signs in, the ledger MUST allow at most 3 attempts.

  | Call | Result |
  | --- | --- |
  | `sign_in("b", 4)` | `false` |
""",
        # A range: one limit from below, one from above.
        """\
- **FR-001**: When a clerk opens an account, the ledger MUST ask for at least 8 signs.

  | Call | Result |
  | --- | --- |
  | `open("a")` | `false` |

- **FR-002**: When a clerk opens an account, the ledger MUST ask for at most 64 signs.

  | Call | Result |
  | --- | --- |
  | `open("b")` | `false` |
""",
    ),
    find_in_feature=find_contradictory_numbers,
)
