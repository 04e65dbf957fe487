"""A section with those below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.sections import Section


def list_below(sections: Sequence[Section], index: int) -> Iterator[Section]:
    """The section at `index`, then every section below it, in order."""
    end = sections[index].body.end
    for number in range(index, len(sections)):
        if sections[number].start >= end:
            return
        yield sections[number]
