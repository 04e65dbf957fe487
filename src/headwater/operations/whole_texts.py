"""What requirements and scenarios say in full, each on one line; kept like their summaries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.operations.library import combine
from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.operations.reading import Reading
    from headwater.spec.model import Feature


def read_whole_texts(reading: Reading, numbers: Iterable[str]) -> dict[str, str]:
    """Refs of the requirements and scenarios of some features to their texts in normal form."""
    library = reading.library
    found = library.recall(
        {number: combine(b"texts", library.key(number)) for number in numbers},
        make=lambda number: dict(_list_texts(library.load(number).feature)),
        encode=lambda texts: json.dumps(texts).encode(),
        decode=_decode,
    )
    return {ref: text for texts in found for ref, text in texts.items()}


def _list_texts(feature: Feature) -> Iterator[tuple[str, str]]:
    if feature.spec is None:
        return
    for story in feature.spec.stories:
        for scenario in story.scenarios:
            text = normalise_prose(scenario.text, steps=True)
            yield qualify(scenario.id, feature=feature.number), " ".join(text.split())
    # Where an id stands twice the first one counts.
    for requirement in reversed(feature.spec.requirements):
        text = normalise_prose(requirement.text)
        yield qualify(requirement.id, feature=feature.number), " ".join(text.split())


def _decode(data: bytes) -> dict[str, str]:
    texts = json.loads(data)
    if not isinstance(texts, dict):
        raise TypeError("expected an object")
    return texts
