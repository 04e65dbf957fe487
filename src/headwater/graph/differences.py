"""Two states of a document told apart by meaning: what was added, changed or taken out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from headwater.graph.statement import Topic
from headwater.graph.states import Change, find_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.statement import Statement
    from headwater.spec.model import Place

_ALIKE = 0.6  # share of common words from which one text is another's new version
_MOST_PAIRS = 10_000  # comparisons that looking for such pairs may cost


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that two states of a document say differently.

    Attributes:
        topic: what it is.
        change: added, changed, retired or removed.
        ref: what it belongs to; empty for what has no id.
        key: an example's call, a context field's name; empty otherwise.
        before: what was said; empty where it was added.
        now: what is said; empty where it was removed.
        place: where it stands, or stood.
    """

    topic: Topic
    change: Change
    ref: str
    key: str
    before: str
    now: str
    place: Place


def compare_meaning(
    before: Iterable[Statement], now: Iterable[Statement]
) -> tuple[Difference, ...]:
    """What two states of one document say differently, most pressing topics first."""
    then, present = _group(before), _group(now)
    found: list[Difference] = []
    for group in dict.fromkeys((*present, *then)):
        found += _compare_group(then.get(group, []), present.get(group, []))
    found = _drop_needless(found)
    order = {topic: number for number, topic in enumerate(Topic)}
    return tuple(sorted(found, key=lambda one: (order[one.topic], one.place)))


def _group(statements: Iterable[Statement]) -> dict[tuple[Topic, str, str], list[Statement]]:
    """Statements by what they are known by: those without a name all stand together."""
    groups: dict[tuple[Topic, str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        groups[one.topic, one.ref, one.key].append(one)
    return groups


def _compare_group(then: Sequence[Statement], now: Sequence[Statement]) -> Iterator[Difference]:
    kept = {(one.text, one.retired) for one in then} & {(one.text, one.retired) for one in now}
    gone = [one for one in then if (one.text, one.retired) not in kept]
    new = [one for one in now if (one.text, one.retired) not in kept]
    for before, after in _pair(gone, new):
        yield _describe(before, after)


def _pair(
    gone: Sequence[Statement], new: Sequence[Statement]
) -> Iterator[tuple[Statement | None, Statement | None]]:
    """What is gone with what took its place: by name in their order, else by common words."""
    left = list(new)
    searched = len(gone) * len(new) <= _MOST_PAIRS
    for before in gone:
        if before.is_named:
            after = left[0] if left else None
        else:
            after = _find_alike(before, left) if searched else None
        if after is not None:
            left.remove(after)
        yield before, after
    for after in left:
        yield None, after


def _find_alike(before: Statement, candidates: Sequence[Statement]) -> Statement | None:
    words = before.text.split()
    best, share = None, _ALIKE
    for one in candidates:
        alike = SequenceMatcher(None, words, one.text.split(), autojunk=False).ratio()
        if alike >= share:
            best, share = one, alike
    return best


def _describe(before: Statement | None, now: Statement | None) -> Difference:
    known = now or before
    assert known is not None, "one of the two is there"
    change = find_change(before, now)
    return Difference(
        topic=known.topic,
        change=change,
        ref=known.ref,
        key=known.key,
        before=before.text if before else "",
        now=now.text if now else "",
        place=known.place,
    )


def _drop_needless(found: list[Difference]) -> list[Difference]:
    """Without what follows from another difference: the order of rows that are others anyway."""
    rows = {one.ref for one in found if one.topic is Topic.EXAMPLE and not _is_order(one)}
    return [one for one in found if not (_is_order(one) and one.ref in rows)]


def _is_order(one: Difference) -> bool:
    return one.topic is Topic.EXAMPLE and one.key.startswith("order of ")
