"""How many tokens a derivation will take: as many as the last one, else by the size of things."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind

if TYPE_CHECKING:
    from headwater.graph.lock import ComponentRecord
    from headwater.operations.standing.survey import Survey
    from headwater.steps.settings import SearchSettings

_CHARACTERS = 4  # of English or code make a token, nearly


class Basis(Enum):
    """What an estimate rests on."""

    PAST = "its last derivation"
    OTHERS = "the derivations of others"
    SIZE = "its size"


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """Tokens of prompts and answers together, and what the number rests on."""

    tokens: int
    basis: Basis


class Estimator:
    """Estimates derivations from the records of earlier ones.

    Args:
        survey: the repository as it stands.
        search: bounds an answer where nothing was ever derived.
    """

    def __init__(self, survey: Survey, *, search: SearchSettings) -> None:
        self._survey = survey
        self._search = search
        spent = [_sum_spent(record) for record in survey.lock.records.values()]
        self._usual = int(median(known)) if (known := [one for one in spent if one]) else 0

    def estimate(self, component: str) -> Estimate:
        """What deriving a planned component will take.

        What its last derivation took, all attempts included; else the median of all derivations
        on record; else one prompt and one answer of the greatest length.
        """
        record = self._survey.lock.records.get(component)
        if record and (spent := _sum_spent(record)):
            return Estimate(tokens=spent, basis=Basis.PAST)
        if self._usual:
            return Estimate(tokens=self._usual, basis=Basis.OTHERS)
        prompt = self._measure_contract(component) // _CHARACTERS
        return Estimate(tokens=prompt + self._search.answer_tokens, basis=Basis.SIZE)

    def _measure_contract(self, component: str) -> int:
        """Characters of what the model would be told, examples as they stand in the spec."""
        reading = self._survey.reading
        found = reading.load_component(component)
        items = [reading.index.items[ref] for ref in reading.index.live_refs(component)]
        prose = [reading.read_text(item.ref) for item in items if item.kind is not ItemKind.STORY]
        number = reading.index.components[component].feature
        rows = [
            cell
            for unit in reading.load_units(number)
            if unit.owner == component
            for row in unit.rows
            for cell in row.cells
        ]
        return sum(map(len, (*prose, found.responsibility, found.interface, *rows)))


def _sum_spent(record: ComponentRecord) -> int:
    return record.generator.input_tokens + record.generator.output_tokens
