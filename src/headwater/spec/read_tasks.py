"""Reads a feature's `tasks.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.coverage import report_unread
from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.ids import IdKind, find_refs, kind_of
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Problem, Severity, Task, TaskList
from headwater.spec.sections import find_sections

if TYPE_CHECKING:
    from headwater.spec.document import Document
    from headwater.spec.model import Source

_BOX = r"\s*\[(?P<box>.)\][ \t]+"
_TASK = rf"{_BOX}(?:\*\*|__)?(?P<id>T\d{{3,5}}[a-z]?)(?!\w)(?:\*\*|__)?[:.]?\s*"
_MARKER = r"\[(?:(?P<parallel>P)|(?P<story>US-?\d{1,3}))\](?:\*\*|__)?\s*"
_DEPENDS = (
    r"(?i)\bdepends\s+on:?\s*"
    r"((?:(?:\d[\d-]*/)?T\d{3,5}[a-z]?(?:\s*(?:,\s*and|,|and|&|\+|–|-|\.\.|to)\s*)?)+)"
)
# A path has an extension, and a slash unless its extension is one of code or of documents.
_SUFFIXES = "py|pyi|go|ts|tsx|js|jsx|mjs|md|json|toml|ya?ml|sql|html|css|sh|tf|rs|java|proto|txt"
_PATH = (
    r"(?<![\w./:-])(?:[\w.@+-]+/)+[\w.@+-]*\w\.[A-Za-z]\w{0,9}(?![\w/])"
    rf"|(?<![\w./:-])[\w@+-][\w.@+-]*\.(?:{_SUFFIXES})(?![\w/])"
)
_REF_KINDS = (IdKind.REQUIREMENT, IdKind.STORY, IdKind.SCENARIO, IdKind.CRITERION, IdKind.DECISION)


def read_tasks(source: Source) -> TaskList:
    """Read a task list. Whatever cannot be read stands in `problems`."""
    unreadable = find_unreadable(source)
    if unreadable:
        return TaskList(source=source, problems=(unreadable,))
    document = open_document(source)
    tasks: list[Task] = []
    problems = find_unclosed(document)
    top_level = {
        item.span.start
        for block in document.blocks
        if block.kind is BlockKind.LIST
        for item in block.children
    }
    for block in document.every_block:
        if block.kind is not BlockKind.ITEM or not block.children:
            continue
        text = document.visible(block.children[0].span)
        task = _read_task(document, block, text)
        if task:
            tasks.append(task)
        elif block.span.start in top_level:
            problems += _report_unread(document, block, text)
    task_list = TaskList(source=source, tasks=tuple(tasks), problems=sort_problems(problems))
    return report_unread(task_list, document=document, sections=find_sections(document))


def _read_task(document: Document, block: Block, text: str) -> Task | None:
    match = re.match(_TASK, text)
    if not match or match["box"] not in " xX":
        return None
    stories: list[str] = []
    parallel = False
    rest = match.end()
    while marker := re.compile(_MARKER).match(text, rest):
        parallel = parallel or marker["parallel"] is not None
        stories += find_refs(marker["story"] or "")
        rest = marker.end()
    prose = text[rest:].strip()
    refs = find_refs(prose)
    depends = find_refs(" ".join(found[1] for found in re.finditer(_DEPENDS, prose)))
    return Task(
        id=match["id"],
        done=match["box"] != " ",
        parallel=parallel,
        story=stories[0] if stories else "",
        text=prose,
        refs=_unique([*stories[1:], *(ref for ref in refs if kind_of(ref) in _REF_KINDS)]),
        components=_unique([ref for ref in refs if kind_of(ref) is IdKind.COMPONENT]),
        files=find_paths(prose),
        depends_on=depends,
        span=document.trimmed(block.span),
        place=document.place(block.children[0].content.start),
    )


def find_paths(text: str) -> tuple[str, ...]:
    """The paths of files that a task's text names, each once."""
    return _unique(re.findall(_PATH, text))


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _report_unread(document: Document, block: Block, text: str) -> list[Problem]:
    """An item with a box that is no task: without an id, or with a sign that is no tick."""
    box = re.match(_BOX, text)
    if not box or box["box"] == "P":  # Spec Kit's templates explain the sign: `[P] tasks = …`
        return []
    if box["box"] in " xX":
        code, message = "task-without-id", "expected a task's id, such as T001, after the box"
        hint = "Give it the next free number, or it is left to a person."
    else:
        code, message = "task-mark-unknown", f"[{box['box']}] is neither open nor done; not read"
        hint = "Write [ ] or [x]."
    severity = Severity.WARNING
    offset = block.span.start
    return [document.problem(code, message, offset=offset, hint=hint, severity=severity)]
