"""Which parameters a function must have, so that all calls of it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.plan.vocabulary import SeenCall, Slot
from headwater.targets.sketch import join_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.plan.vocabulary import Given


def find_slots(calls: Sequence[SeenCall]) -> list[Slot]:
    """The parameters, in order.

    A name stands behind all values that some call gives by position beside it.
    """
    places = _place_names(calls)
    counts = [len(call.positional) for call in calls] + [place + 1 for place in places.values()]
    count = max(counts, default=0)
    slots = [Slot() for _ in range(count)]
    given = [0] * count
    for name, place in places.items():
        slots[place].name = name
    for call in calls:
        for place, value in _list_arguments(call, places):
            _note(slots[place], value)
            given[place] += 1
    for place, slot in enumerate(slots):
        # Behind a parameter that may be left out, all others may.
        before = place == 0 or slots[place - 1].required
        slot.required = before and given[place] == len(calls)
    return slots


def _place_names(calls: Sequence[SeenCall]) -> dict[str, int]:
    first: dict[str, int] = {}
    for call in calls:
        for name in call.named:
            first[name] = max(first.get(name, 0), len(call.positional))
    places: dict[str, int] = {}
    for name, least in sorted(first.items(), key=lambda item: item[1]):
        place = least
        while place in places.values():
            place += 1
        places[name] = place
    return places


def _list_arguments(call: SeenCall, places: Mapping[str, int]) -> list[tuple[int, Given]]:
    named = [(places[name], value) for name, value in call.named.items()]
    return [*enumerate(call.positional), *named]


def _note(slot: Slot, value: Given) -> None:
    slot.shape = join_shapes(slot.shape, value.shape)
    if value.text is not None:
        slot.texts.append(value.text)
