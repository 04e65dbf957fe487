"""What a spec states, passage by passage, as text whose every character has its place."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.ids import IdKind
from headwater.spec.model import Requirement, Scenario, SuccessCriterion, UserStory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Feature, Place, Source, Span, Spec

    _Stated = Requirement | SuccessCriterion | UserStory | Scenario


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """What one requirement, scenario, story or criterion says.

    Attributes:
        id: local to its feature: `FR-003`.
        kind: what it is.
        text: its characters as in the document, without what is no prose: the id at its head,
            comments, code, quotations, example tables and passages inside are blanks, so that
            positions in it are positions in the document.
        tables: its example tables.
        retired: it no longer holds.
        english: it is written in English, so that rules about words apply.
    """

    id: str
    kind: IdKind
    text: str
    source: Source
    start: int
    tables: tuple[ExampleTable, ...] = ()
    retired: bool = False
    english: bool = True

    def place(self, index: int = 0) -> Place:
        """The place of a character of `text`."""
        return self.source.place(self.start + len(self.text[:index].encode()))

    def sentences(self, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The sentences of `text`, with their positions; list items are sentences of their own.

        Those between two positions are found as if the text ended at the second.
        """
        return _SENTENCE.finditer(self.text, start, end)


_KINDS: Mapping[type, IdKind] = {
    Requirement: IdKind.REQUIREMENT,
    SuccessCriterion: IdKind.CRITERION,
    UserStory: IdKind.STORY,
    Scenario: IdKind.SCENARIO,
}

# A sentence ends with a sign and white space, or where a paragraph or a list item does. What has
# neither is taken at once and never given back.
_SIGN = r"(?<!e\.g)(?<!i\.e)(?<!etc)(?<!vs)(?<!cf)[.!?。！？]+[)\"'*_”’]*(?=\s|$)"
_BREAK = r"\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s"
_SENTENCE = re.compile(rf"(?s)\S(?:[^.!?。！？\n]++|(?!{_SIGN}|{_BREAK}).)*+(?:{_SIGN})?")
_CODE = (
    r"(?s)<!--.*?(?:-->|\Z)|(?P<fence>```+|~~~+).*?(?:(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`).+?(?P=ticks)"
)
_NO_PROSE = (
    _CODE + r"|(?m:^[ \t]*>.*$)|(?m:^[ \t]*\|.*$)"
    r"|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|\]\([^()\s]*\)"
)
_HEAD = r"\s*+(?:[-*+]|\d+[.)]|#+)?\s*+(?:\[[ xX]\]\s*)?[*_`\[~|]*{id}[*_`\]~|]*\s*[:：.–—|-]?[*_]*"
_ENGLISH = (
    " the a an and or of to is are be must shall should will can may with in on for by when if that"
    " from as it at given then not "
)
_BLANKS = bytes(sign if sign == ord("\n") else ord(" ") for sign in range(256))


def read_passages(feature: Feature) -> tuple[Passage, ...]:
    """The passages of a feature's spec, in the order of the document."""
    if feature.spec is None:
        return ()
    spec = feature.spec
    items: list[_Stated] = [*spec.requirements, *spec.criteria, *spec.stories]
    items += [scenario for story in spec.stories for scenario in story.scenarios]
    items.sort(key=lambda item: (item.span.start, -item.span.end))
    return tuple(
        _read_passage(item, spec, inside=_list_inside(number, items))
        for number, item in enumerate(items)
    )


def _read_passage(item: _Stated, spec: Spec, *, inside: Iterable[Span]) -> Passage:
    data = spec.source.data
    tables: tuple[ExampleTable, ...] = getattr(item, "tables", ())
    apart = [*inside, *(table.span for table in tables)]
    text = blank_non_prose(_blank_spans(data, item.span, apart))
    head = re.match(_HEAD.format(id=re.escape(item.id)), text)
    if head:
        text = _blank(text[: head.end()]) + text[head.end() :]
    return Passage(
        id=item.id,
        kind=_KINDS[type(item)],
        text=text,
        source=spec.source,
        start=item.span.start,
        tables=tables,
        retired=getattr(item, "retired", None) is not None,
        english=is_english(text),
    )


def blank_code(text: str) -> str:
    """The text with comments and code as blanks, a blank a byte."""
    return re.sub(_CODE, lambda match: _blank(match[0]), text)


def blank_non_prose(text: str) -> str:
    """The text with comments, code, quotations and table rows as blanks, a blank a byte."""
    return re.sub(_NO_PROSE, lambda match: _blank(match[0]), text)


def is_english(text: str) -> bool:
    """Whether a text reads as English: mostly Latin letters, and some of its small words."""
    words = re.findall(r"[A-Za-z]+", text)
    latin = sum(map(len, words))
    letters = latin if text.isascii() else sum(map(str.isalpha, text))
    common = sum(f" {word.lower()} " in _ENGLISH for word in words)
    return bool(letters) and latin >= 0.9 * letters and common * 12 >= len(words)


def _list_inside(number: int, items: Sequence[_Stated]) -> Iterator[Span]:
    """The spans of the items inside the one with this number; they follow it."""
    outer = items[number].span
    for other in items[number + 1 :]:
        if other.span.start >= outer.end:
            return
        yield other.span


def _blank_spans(data: bytes, span: Span, apart: Iterable[Span]) -> str:
    """The text of a span in which `apart` is blank; lines stay."""
    pieces, start = [], span.start
    for cut in sorted(apart, key=lambda cut: cut.start):
        if cut.start >= start:
            pieces.append(data[start : cut.start].decode(errors="replace"))
            pieces.append(_blank(data[cut.start : cut.end].decode(errors="replace")))
            start = cut.end
    return "".join([*pieces, data[start : span.end].decode(errors="replace")])


def _blank(text: str) -> str:
    """A blank a byte, so that positions still are those of the document; lines stay."""
    return text.encode().translate(_BLANKS).decode()
