"""`contradictory-obligation`: one requirement demands what another forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.consistency.clauses import Clause
    from headwater.rules.interface import FeatureSubject

# A clause of fewer words leans on what stands around it: "It MUST NOT do so."
_FEWEST_WORDS = 3


def find_contradictory_obligations(subject: FeatureSubject) -> Iterator[Finding]:
    """Clauses that say the same of the same trigger, one as an obligation, one as a ban.

    Only the same words count as the same, small words, endings and a few synonyms aside: what
    differs in a word may well be another case.
    """
    seen: dict[frozenset[str], Clause] = {}
    for clause in subject.clauses:
        words = clause.simplify()
        if len(words) < _FEWEST_WORDS:
            continue
        earlier = seen.setdefault(words, clause)
        if earlier.negative != clause.negative:
            yield Finding(
                place=clause.place,
                message=f"{clause.owner} {_tell(clause)} what {earlier.owner}, at "
                f"{earlier.place}, {_tell(earlier)}: “{earlier.text}”",
                hint="Decide which of the two holds, or say in which case each does.",
            )


def _tell(clause: Clause) -> str:
    return "forbids" if clause.negative else "demands"


RULE = Rule(
    name="contradictory-obligation",
    title="A requirement that demands what another one forbids",
    why="Nothing can satisfy both. Whoever implements them picks one, and nobody learns which.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.6 (a consistent set of requirements)",
    severity=Severity.ERROR,
    bad="""\
- **FR-001**: When a clerk closes an account, the ledger MUST keep the entries of the account.

  | Call | Result |
  | --- | --- |
  | `close("a")` | `2` |

- **FR-002**: When a clerk closes an account, the ledger MUST NOT keep the entries of the account.

  | Call | Result |
  | --- | --- |
  | `close("b")` | `0` |
""",
    good="""\
- **FR-001**: When a clerk closes an account, the ledger MUST keep the entries of the account.

  | Call | Result |
  | --- | --- |
  | `close("a")` | `2` |

- **FR-002**: When a clerk closes an account, the ledger MUST NOT keep the name of the account.

  | Call | Result |
  | --- | --- |
  | `close("b")` | `0` |
""",
    alone=(
        # Two triggers.
        """\
- **FR-001**: When an account is open, the ledger MUST accept an entry for the account.

  | Call | Result |
  | --- | --- |
  | `accept("a", 3)` | `true` |

- **FR-002**: When an account is closed, the ledger MUST NOT accept an entry for the account.

  | Call | Result |
  | --- | --- |
  | `accept("b", 3)` | `false` |
""",
        # Code tells the two apart.
        """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST read the file `open.csv`.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `3` |

- **FR-002**: When a clerk asks for the balance, the ledger MUST NOT read the file `closed.csv`.

  | Call | Result |
  | --- | --- |
  | `balance("b")` | `0` |
""",
        # What is retired contradicts nothing.
        """\
- **FR-001** *(retired 2026-11-22: the law changed)*: When a clerk closes an account, the ledger
  MUST NOT keep the entries of the account.

- **FR-002**: When a clerk closes an account, the ledger MUST keep the entries of the account.

  | Call | Result |
  | --- | --- |
  | `close("a")` | `2` |
""",
    ),
    find_in_feature=find_contradictory_obligations,
)
