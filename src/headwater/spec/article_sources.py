"""`**Source**:` lines of the constitution: where in a policy an article's words come from.

`**Source**: policies/security.pdf p. 3 l. 12-14 (sha256:0123456789abcdef)`. Where a format has no
pages, lines are the file's; where it has no lines, `par.` counts paragraphs. The digest is that of
the words quoted, which `headwater.policies` computes; here it is only read and written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from headwater.spec.model import Place, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.document import Document

_LINE = re.compile(
    rb"(?m)^[ \t>]*(?:[-*+][ \t]+)?\*\*Source\*\*:[ \t]*(?P<value>[^\r\n]*?)[ \t\r]*$"
)
_VALUE = re.compile(
    r"(?:`(?P<quoted>[^`]+)`|(?P<path>\S.*?)) "
    r"(?:p\. (?P<page>\d{1,6}) )?(?P<unit>l\.|par\.) (?P<line>\d{1,9})"
    r"(?:-(?:p\. (?P<last_page>\d{1,6}) l\. )?(?P<last>\d{1,9}))? "
    r"\(sha256:(?P<digest>[0-9a-f]{16})\)"
)
_PLAIN = re.compile(r"[\w./-]+")
_DIGESTED = "(sha256:"


class Spot(NamedTuple):
    """A line, or paragraph, from 1, of a page, from 1; page 0 where there are no pages."""

    page: int
    line: int


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Passage:
    """Where words stand in a file: from one spot to another, both included.

    Attributes:
        path: of the file, relative to the repository; one outside begins with `../`.
        first, last: the same where one line holds the words.
        unit: what a spot's line counts, `l.` for lines and `par.` for paragraphs.
    """

    path: str
    first: Spot
    last: Spot
    unit: str = "l."

    def __str__(self) -> str:
        name = self.path if _PLAIN.fullmatch(self.path) else f"`{self.path}`"
        page = f" p. {self.first.page}" if self.first.page else ""
        return f"{name}{page} {self.unit} {self.first.line}{self._render_last()}"

    @property
    def place(self) -> Place:
        """Where a person looks: the first line; in a PDF or DOCX that is no line of the file."""
        return Place(path=self.path, line=self.first.line)

    def _render_last(self) -> str:
        if self.last == self.first:
            return ""
        if self.last.page == self.first.page:
            return f"-{self.last.line}"
        return f"-p. {self.last.page} l. {self.last.line}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSource:
    """One `**Source**:` line.

    Attributes:
        passage: what it cites.
        digest: 16 hex digits of the SHA-256 of the words.
        place: of the line in the constitution.
        value: the bytes behind `**Source**: `, to be replaced where the passage has moved.
    """

    passage: Passage
    digest: str
    place: Place
    value: Span


def render_source(passage: Passage, digest: str) -> str:
    """What stands behind `**Source**: `."""
    return f"{passage} {_DIGESTED}{digest})"


def read_sources(document: Document, span: Span) -> tuple[list[ArticleSource], list[Problem]]:
    """The sources cited in a part of a constitution, and what looks like one and cannot be read.

    A source in other words, such as a link, is prose: nothing can recheck it.
    """
    sources: list[ArticleSource] = []
    problems: list[Problem] = []
    for text, value in _find_lines(document, span):
        match = _VALUE.fullmatch(text)
        if match:
            place = document.place(value.start)
            sources.append(_make_source(match, place=place, value=value))
        elif _DIGESTED in text:
            problems.append(_report_unreadable(document, value, text))
    return sources, problems


def _find_lines(document: Document, span: Span) -> Iterator[tuple[str, Span]]:
    for match in _LINE.finditer(document.masked, span.start, span.end):
        value = Span(start=match.start("value"), end=match.end("value"))
        yield document.source.text(value), value


def _make_source(match: re.Match[str], *, place: Place, value: Span) -> ArticleSource:
    page, line = int(match["page"] or 0), int(match["line"])
    last = Spot(int(match["last_page"] or page), int(match["last"] or line))
    passage = Passage(
        path=match["quoted"] or match["path"],
        first=Spot(page, line),
        last=last,
        unit=match["unit"],
    )
    return ArticleSource(passage=passage, digest=match["digest"], place=place, value=value)


def _report_unreadable(document: Document, value: Span, text: str) -> Problem:
    return document.problem(
        "source-unreadable",
        f"expected a source with place and digest, found “{text}”",
        offset=value.start,
        hint="Write it as `**Source**: policies/security.pdf p. 3 l. 12-14 "
        "(sha256:0123456789abcdef)`, or run `headwater constitution` again.",
        severity=Severity.WARNING,
    )
