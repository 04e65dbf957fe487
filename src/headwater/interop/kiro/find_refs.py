"""Finds the requirements that designs and tasks name: `_Requirements: 1.1, 2.3_`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.checklist import Links
from headwater.interop.kiro.words import DEPENDS, NOTHING, REFS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from headwater.interop.checklist import FoundTask
    from headwater.spec.document import Document
    from headwater.spec.model import Problem, Span, Spec

_NUMBER = r"(?P<group>\d{1,3})(?:\.(?P<number>\d{1,3}))?"
_RANGE = (
    rf"{_NUMBER}\s*(?:-|–|—|~|〜|～|\.\.|to)\s*(?:(?P<last_group>\d{{1,3}})\.)?(?P<last>\d{{1,3}})"
)
_LINE = rf"(?im)^[ \t]*(?:[-*+][ \t]+)?{REFS}"
_PREFIX = r"(?i)(?:validates|requirements?|reqs?|要件|需求|FR|US|R)[\s.:：-]*"


class RefFinder:
    """Finds refs to one spec's requirements; what it does not have is reported, not kept."""

    def __init__(self, spec: Spec | None) -> None:
        self._known = _list_known(spec)

    def in_design(self, document: Document, span: Span, /) -> tuple[tuple[str, ...], list[Problem]]:
        """The refs that a part of a design names."""
        text = document.masked[span.start : span.end].decode()
        return self._read(document, text, span.start, code="validates-unknown")

    def in_task(self, document: Document, task: FoundTask, /) -> Links:
        """The refs and the other tasks that a task's details name."""
        start = task.block.span.start
        refs, problems = self._read(document, task.details, start, code="task-ref-unknown")
        depends = [
            f"T{number}"
            for match in re.finditer(DEPENDS, task.details)
            for number in re.findall(r"\d{1,3}(?:\.\d{1,3})*", match["refs"])
        ]
        return Links(refs=refs, depends_on=tuple(dict.fromkeys(depends)), problems=tuple(problems))

    def _read(
        self, document: Document, text: str, start: int, *, code: str
    ) -> tuple[tuple[str, ...], list[Problem]]:
        refs: dict[str, None] = {}
        problems = []
        for line in re.finditer(_LINE, text):
            for entry in re.split(r"[,，、;；]|\b(?i:and)\b", line["refs"]):
                found = list(_read_entry(entry))
                known = [ref for one in found for ref in self._expand(one)]
                refs.update(dict.fromkeys(known))
                if not known and not re.fullmatch(NOTHING, entry.strip("*_`. ")):
                    offset = start + len(text[: line.start("refs")].encode())
                    problems.append(_unknown(document, entry.strip("*_ "), offset, code))
        return tuple(refs), problems

    def _expand(self, number: str) -> list[str]:
        """The refs that `1.2` or `1` stands for: a criterion, or a story with all of its own."""
        ref = f"FR-{number}" if "." in number else f"US{number}"
        if ref in self._known:
            return [ref]
        story = f"US{number.partition('.')[0]}"
        return [story] if story in self._known and not self._known[story] else []


def _list_known(spec: Spec | None) -> dict[str, Collection[str]]:
    """Ids of requirements and stories; a story with the ids of its criteria."""
    if spec is None:
        return {}
    known: dict[str, Collection[str]] = {one.id: () for one in spec.requirements}
    for story in spec.stories:
        prefix = f"FR-{story.id.removeprefix('US')}."
        known[story.id] = [ref for ref in known if ref.startswith(prefix)]
    return known


def _read_entry(entry: str) -> Iterator[str]:
    """The numbers that one entry of a list names; `1.1-1.4` names four."""
    text = re.sub(_PREFIX, "", entry).strip("*_`.()[]（） \t")
    match = re.fullmatch(_RANGE, text)
    if match and match["number"]:
        first, last = int(match["number"]), int(match["last"])
        same = match["last_group"] in (None, match["group"])
        if same and first <= last <= first + 100:
            yield from (f"{match['group']}.{number}" for number in range(first, last + 1))
            return
    if match and not match["number"] and not match["last_group"]:
        first, last = int(match["group"]), int(match["last"])
        if first <= last <= first + 100:
            yield from map(str, range(first, last + 1))
            return
    single = re.match(rf"{_NUMBER}(?![\d.])", text)
    if single:
        yield single[0]


def _unknown(document: Document, entry: str, offset: int, code: str) -> Problem:
    return document.problem(
        code,
        f"“{entry}” names no requirement or criterion of this spec",
        offset=offset,
        hint="Name criteria by number, such as `1.2`.",
        severity=Severity.WARNING,
    )
