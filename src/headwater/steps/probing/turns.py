"""Taking turns, so that a bound on how many are taken leaves something of each."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")

_NONE: Final = object()


def take_turns(rows: Iterable[Iterable[T]]) -> Iterator[T]:
    """The first of each, then the second of each, and so on; those that are over are passed by."""
    turns = chain.from_iterable(zip_longest(*rows, fillvalue=_NONE))
    return (one for one in turns if one is not _NONE)  # type: ignore[misc]  # as just asked


def vary_one(
    items: Sequence[T], vary: Callable[[T], Iterable[T]], *, most: int | None = None
) -> Iterator[tuple[T, ...]]:
    """The items with one of them, among the first `most`, in another form; they take turns."""
    return take_turns(_vary_at(items, number, vary) for number in range(len(items[:most])))


def _vary_at(
    items: Sequence[T], number: int, vary: Callable[[T], Iterable[T]]
) -> Iterator[tuple[T, ...]]:
    for other in vary(items[number]):
        yield (*items[:number], other, *items[number + 1 :])
