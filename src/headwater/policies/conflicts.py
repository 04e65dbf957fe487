"""Statements that cannot all be kept: numbers, obligations and libraries that disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from headwater.policies.measures import Measure, read_measures
from headwater.rules.consistency.clauses import simplify_words
from headwater.rules.consistency.quantities import exclude_each_other, read_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.policies.statements import Statement
    from headwater.rules.consistency.quantities import Quantity

_NAMING = r"(?i)\b(?:librar(?:y|ies)|packages?|modules?|import(?:s|ed)?|dependenc(?:y|ies))\b"
_FEWEST_WORDS = 3  # as the rules on specs: fewer name no quantity and no duty


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Two statements that a person has to settle.

    Attributes:
        about: what they disagree on: `coverage`, `requests`.
        one, other: in the order of the policies.
    """

    about: str
    one: Statement
    other: Statement

    @property
    def with_setting(self) -> bool:
        """Whether one of the two is no policy, but a setting of the repository."""
        return self.one.is_fact or self.other.is_fact


def find_conflicts(statements: Sequence[Statement]) -> tuple[Conflict, ...]:
    """The conflicts between statements, at most one for each pair."""
    found = {
        (conflict.one.quote, conflict.other.quote): conflict
        for finder in (_find_quantities, _find_obligations, _find_libraries, _find_measures)
        for conflict in finder(statements)
    }
    return tuple(found.values())


def _find_measures(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Each statement against the first that sets another number for the same."""
    seen: dict[str, list[tuple[Statement, Measure]]] = {}
    for statement in statements:
        for measure in read_measures(statement.clause):
            others = seen.setdefault(measure.name, [])
            against = (one for one, known in others if _disagree(one, known, statement, measure))
            for earlier in islice(against, 1):
                yield Conflict(about=measure.name, one=earlier, other=statement)
            others.append((statement, measure))


def _disagree(one: Statement, known: Measure, other: Statement, measure: Measure) -> bool:
    """A setting may be stricter than a policy, and not laxer."""
    if one.is_fact and other.is_fact:
        return False
    if one.is_fact:
        return known.is_laxer_than(measure)
    if other.is_fact:
        return measure.is_laxer_than(known)
    return known.value != measure.value


def _find_quantities(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """The same words with other numbers, whatever is measured."""
    seen: dict[tuple[bool, frozenset[str]], tuple[Statement, Quantity]] = {}
    for statement in statements:
        quantity = read_quantity(statement.clause, negative=statement.demand.negative)
        if quantity is None or len(quantity.rest) < _FEWEST_WORDS:
            continue
        earlier, known = seen.setdefault((quantity.forbidden, quantity.rest), (statement, quantity))
        if exclude_each_other(known, quantity):
            about = f"“{known.text}” or “{quantity.text}”"
            yield Conflict(about=about, one=earlier, other=statement)


def _find_obligations(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """The same words, once as a duty and once as a ban."""
    seen: dict[frozenset[str], Statement] = {}
    for statement in statements:
        words = frozenset(simplify_words(statement.clause)) - {"not", "only"}
        if len(words) < _FEWEST_WORDS or statement.libraries:
            continue
        earlier = seen.setdefault(words, statement)
        if earlier.demand.negative != statement.demand.negative:
            yield Conflict(about="whether it must or must not be", one=earlier, other=statement)


def _find_libraries(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """A library that is approved here and forbidden there, in a table or a sentence."""
    seen: dict[str, tuple[Statement, bool]] = {}
    for statement in statements:
        for library in statement.libraries:
            name = library.name.lower().replace("_", "-")
            earlier, allowed = seen.setdefault(name, (statement, library.allowed))
            if allowed != library.allowed:
                yield Conflict(about=library.name, one=earlier, other=statement)
    for statement in statements:
        if statement.demand.negative and re.search(_NAMING, statement.clause):
            words = set(re.findall(r"[\w.-]*\w", statement.clause.lower()))
            for name in sorted(words & seen.keys()):
                table, allowed = seen[name]
                if allowed:
                    yield Conflict(about=name, one=table, other=statement)
