"""A problem with what stands at its place, so that it is known again when text moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from headwater.operations.standing.item_places import ItemPlaces
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Place

# Words from the place on: enough to tell two places of an item apart, and few enough that an edit
# further on makes no other problem of it.
_WORDS = 8
_LONGEST_EXCERPT = 2000
_BLOCK_START = re.compile(r"\s*(?:\||(?:[-*+]|\d+[.)]|#+)(?:\s|$))")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedProblem(Problem):
    """A problem, and what it is known by.

    Attributes:
        ref: the item that holds the place (`001/FR-003`), else the feature (`001`), else empty.
        excerpt: the line at the place, as it stands in the file; empty when there is none, or
            when it is longer than anyone reads.
        words: the first words from the place on, however they are wrapped.
        ordinal: 1 for the first problem with this rule, ref and words, in the order of places.
    """

    ref: str = ""
    excerpt: str = ""
    words: str = ""
    ordinal: int = 1

    @property
    def fingerprint(self) -> str:
        """The same for as long as rule, item and words are the same, whatever the line."""
        content = "\0".join((self.code, self.ref, self.words))
        return f"{sha256(content.encode(errors='replace')).hexdigest()[:32]}:{self.ordinal}"


def place_problems(problems: Iterable[Problem], survey: Survey) -> tuple[PlacedProblem, ...]:
    """Every problem once, by place, with what stands there."""
    places = ItemPlaces(survey)
    ordered = sorted(dict.fromkeys(problems), key=lambda one: (one.place, one.code, one.message))
    seen: dict[tuple[str, str, str], int] = {}
    placed = []
    for problem in ordered:
        found = _place(problem, places)
        key = (found.code, found.ref, found.words)
        seen[key] = seen.get(key, 0) + 1
        placed.append(replace(found, ordinal=seen[key]))
    return tuple(placed)


def _place(problem: Problem, places: ItemPlaces) -> PlacedProblem:
    place = problem.place
    line = places.read_line(place.path, place.line)
    own = {field.name: getattr(problem, field.name) for field in fields(Problem)}
    return PlacedProblem(
        **own,
        ref=places.find_ref(place),
        excerpt=line if len(line) <= _LONGEST_EXCERPT else "",
        words=_read_words(places, place),
    )


def _read_words(places: ItemPlaces, place: Place) -> str:
    """Words from the place on, within its paragraph, table row or line of code."""
    line = places.read_line(place.path, place.line)
    words = line[max(place.column - 1, 0) :].split()
    number = place.line
    wraps = place.path.endswith(".md") and not line.lstrip().startswith("|")
    while wraps and len(words) < _WORDS:
        number += 1
        line = places.read_line(place.path, number)
        if not line.strip() or _BLOCK_START.match(line):
            break
        words += line.split()
    return " ".join(words[:_WORDS])
