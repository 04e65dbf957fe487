"""`duplicate-requirement`: two requirements that say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.rules.consistency.clauses import simplify_words
from headwater.rules.consistency.similar import find_similar, pair_words, split_words
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.index import Item
    from headwater.rules.interface import FeatureSubject, ProjectSubject
    from headwater.spec.model import Place, Requirement

# Shorter ones are alike by chance.
_FEWEST_WORDS = 6
_HINT = "Keep one of the two; where both are meant, say in each what the other one does not."


def find_duplicates_in_feature(subject: FeatureSubject) -> Iterator[Finding]:
    """Requirements that share most word pairs, each with the first one that it repeats.

    Where either has a word of substance that the other has not, the two are meant to differ (“left”
    and “right”); so are two of which one forbids, and one that names the other.
    """
    spec = subject.feature.spec
    live = [each for each in (spec.requirements if spec else ()) if each.retired is None]
    words = [split_words(requirement.text) for requirement in live]
    pairs = [pair_words(each) if len(each) >= _FEWEST_WORDS else frozenset() for each in words]
    reported: set[int] = set()
    for first, second in find_similar(pairs, similarity=subject.settings.duplicate_similarity):
        if second not in reported and _say_the_same(live[first], live[second]):
            reported.add(second)
            yield _report(live[second].id, live[second].place, live[first].id, live[first].place)


def find_duplicates_in_project(subject: ProjectSubject) -> Iterator[Finding]:
    """Requirements of two features that say the same, white space and layout aside."""
    seen: dict[str, Item] = {}
    for item in (item for summary in subject.summaries for item in summary.items):
        if item.kind is not ItemKind.REQUIREMENT or item.retired:
            continue
        earlier = seen.setdefault(item.digest, item)
        if earlier.feature == item.feature:
            continue  # the first to say it, or a repetition that stands in one feature
        linked = {link.ref for link in item.links} | {link.ref for link in earlier.links}
        if linked & {item.ref, earlier.ref}:
            continue  # one changes, refines or names the other: the repetition is meant
        if len(item.title.split()) >= _FEWEST_WORDS:
            yield _report(item.ref, item.place, earlier.ref, earlier.place)


def _say_the_same(one: Requirement, other: Requirement) -> bool:
    first, second = (simplify_words(each.text) for each in (one, other))
    apart = set(first).difference(second) and set(second).difference(first)
    negations = {len(re.findall(r"(?i)\b(?:not|never|no)\b", each.text)) for each in (one, other)}
    linked = one.id in other.text or other.id in one.text
    return not apart and len(negations) == 1 and not linked


def _report(name: str, place: Place, earlier: str, earlier_place: Place) -> Finding:
    return Finding(
        place=place,
        message=f"{name} says what {earlier}, at {earlier_place}, says already",
        hint=_HINT,
    )


RULE = Rule(
    name="duplicate-requirement",
    title="Two requirements that say the same",
    why="The next change is made to one of them, and from then on they contradict each other. "
    "Each is derived, tested and reviewed once too often.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.6; INCOSE Guide to Writing Requirements, R30 (unique)",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance of an account, the ledger MUST answer the sum of all
  entries of the account.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: When a clerk asks for the balance of an account, the ledger MUST answer the sum of all
  the entries of the account.

  | Call | Result |
  | --- | --- |
  | `balance("b")` | `0` |
""",
    good="""\
- **FR-001**: When a clerk asks for the balance of an account, the ledger MUST answer the sum of all
  entries of the account.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |

- **FR-002**: When a clerk asks for the balance of a closed account, the ledger MUST answer zero.

  | Call | Result |
  | --- | --- |
  | `balance("b")` | `0` |
""",
    alone=(
        # The same sentence about two things.
        """\
- **FR-001**: When a clerk asks for the first entry of an account, the ledger MUST answer the amount
  that was paid into the account and the day on which it was paid.

  | Call | Result |
  | --- | --- |
  | `first("a")` | `3` |

- **FR-002**: When a clerk asks for the last entry of an account, the ledger MUST answer the amount
  that was paid into the account and the day on which it was paid.

  | Call | Result |
  | --- | --- |
  | `last("a")` | `4` |
""",
        # What took the place of a retired requirement may repeat it.
        """\
- **FR-001** *(superseded by FR-002)*: When a clerk asks for the balance, the ledger MUST answer the
  sum of all entries.

- **FR-002**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    ),
    find_in_feature=find_duplicates_in_feature,
    find_in_project=find_duplicates_in_project,
)
