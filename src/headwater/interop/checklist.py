"""Reads `tasks.md` of OpenSpec and Kiro: boxes with numbers such as `1.2`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from headwater.interop.interface import Remainder, RemainderKind
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.markdown import BlockKind, walk
from headwater.spec.model import Severity, Span, Task, TaskList
from headwater.spec.read_tasks import find_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.model import Problem, Source

_HEAD = (
    r"\s*(?:\*\*)?\[(?P<box>[^\]\r\n]?)\](?P<optional>\*)?[ \t]+(?P<bold>\*\*|__)?(?:Task\s+)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)?"
    r"(?(number)(?!\w)(?P<starred>\*(?=[ \t]))?\.?[:：)]?(?P<closed>\*\*|__)?[:：]?[ \t]*)"
    r"(?P<parallel>[(\[]P[)\]][ \t]*)?"
)
_DONE = "xX"
_BEGUN = {"-": "in progress", "~": "queued", "/": "in progress"}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundTask:
    """A task's item in the document.

    Attributes:
        id: `T1.2`.
        block: its list item.
        head: from the box to where the text begins.
        text: its first paragraph after the head.
        opening: the sign of bold type that the head has opened and the text closes.
        details: what belongs to it but to no task inside it, with those blanked out.
    """

    id: str
    box: str
    optional: bool
    parallel: bool
    block: Block
    head: Span
    text: Span
    opening: str
    details: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """What a task's details name: refs, tasks that it depends on, and what is wrong with them."""

    refs: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_checklist(
    source: Source,
    *,
    find_links: Callable[[Document, FoundTask], Links] = lambda _document, _task: Links(),
) -> tuple[TaskList, list[Remainder]]:
    """Read a list of tasks. A task's id is `T` and its number.

    Args:
        source: UTF-8 of at most 4 MB.
        find_links: what a task's details name.
    """
    document = open_document(source)
    tasks: list[Task] = []
    problems = find_unclosed(document)
    marks: list[Remainder] = []
    for found in find_tasks(document):
        links = find_links(document, found)
        problems += links.problems
        tasks.append(_make_task(document, found, links))
        problems += _check_box(document, found)
        marks += _find_marks(document, found)
    if not tasks:
        problems.append(_no_tasks(document))
    return TaskList(source=source, tasks=tuple(tasks), problems=sort_problems(problems)), marks


def find_tasks(document: Document) -> Iterator[FoundTask]:
    """Every item with a box, in order; one without a number counts from the highest so far."""
    found = list(_find_boxes(document))
    taken = {match["number"] for _, match in found if match["number"]}
    spare = 0
    spans = [document.trimmed(block.span) for block, _ in found]
    for position, ((block, match), span) in enumerate(zip(found, spans, strict=True), start=1):
        number = match["number"]
        while not number or (not match["number"] and number in taken):
            spare += 1
            number = str(spare)
        content = block.children[0].span
        start = content.start + len(match.string[: match.end()].encode())
        yield FoundTask(
            id=f"T{number}",
            box=match["box"],
            optional=bool(match["optional"] or match["starred"]),
            parallel=match["parallel"] is not None,
            block=block,
            head=Span(start=content.start, end=start),
            text=Span(start=start, end=max(start, document.trimmed(content).end)),
            opening="" if match["closed"] else match["bold"] or "",
            details=_without(document, span, islice(spans, position, None)),
        )


def _find_boxes(document: Document) -> Iterator[tuple[Block, re.Match[str]]]:
    for block in walk(document.blocks):
        if block.kind is BlockKind.ITEM and block.children:
            text = document.masked[block.children[0].span.start : block.children[0].span.end]
            match = re.match(_HEAD, text.decode())
            if match:
                yield block, match


def _without(document: Document, span: Span, following: Iterable[Span]) -> str:
    """The text of a span with those inside it blanked out, so that offsets stay in bytes.

    `following` come in the order of the document, so that those inside are its first ones.
    """
    data = bytearray(document.masked[span.start : span.end])
    for one in takewhile(lambda one: one.start < span.end, following):
        data[one.start - span.start : one.end - span.start] = b" " * (one.end - one.start)
    return data.decode()


def _make_task(document: Document, found: FoundTask, links: Links) -> Task:
    text = found.opening + document.visible(found.text).strip()
    return Task(
        id=found.id,
        done=found.box in _DONE and bool(found.box),
        parallel=found.parallel,
        story="",
        text=text,
        refs=links.refs,
        components=(),
        files=find_paths(text),
        depends_on=links.depends_on,
        span=document.trimmed(found.block.span),
        place=document.place(found.head.start),
    )


def _check_box(document: Document, found: FoundTask) -> list[Problem]:
    if found.box in (" ", *_DONE, *_BEGUN):
        return []
    problem = document.problem(
        "task-mark-unknown",
        f"[{found.box}] is neither open nor done; it is read as open",
        offset=found.head.start,
        hint="Write [ ] or [x].",
        severity=Severity.WARNING,
    )
    return [problem]


def _find_marks(document: Document, found: FoundTask) -> Iterator[Remainder]:
    marks = [f"{found.id} is {_BEGUN[found.box]}"] if found.box in _BEGUN else []
    marks += [f"{found.id} is optional"] if found.optional else []
    for title in marks:
        place = document.place(found.head.start)
        yield Remainder(kind=RemainderKind.MARK, title=title, place=place)


def _no_tasks(document: Document) -> Problem:
    return document.problem(
        "no-tasks",
        "expected tasks such as `- [ ] 1.1 Text`, found none",
        offset=0,
        hint="Begin every task with a box and a number.",
        severity=Severity.WARNING,
    )
