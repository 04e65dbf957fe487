"""Reads steering and project files as principles: one article for each section of level 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.front_matter import hide_front_matter
from headwater.interop.names import SlugSet
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.model import Article, Constitution, Span
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.document import Document
    from headwater.spec.model import Source
    from headwater.spec.sections import Section

_ARTICLE_LEVEL = 2


def read_guidance(source: Source, *, name: str) -> Constitution:
    """Read a file of principles; nothing of it but front matter is left out.

    What stands before the first section of level 2 is an article of its own, with the file's title.

    Args:
        source: UTF-8 of at most 4 MB.
        name: begins the ids, `tech` in `tech.testing`.
    """
    document = open_document(hide_front_matter(source))
    sections = find_sections(document)
    title = read_document_title(sections) or name
    slugs = SlugSet()
    return Constitution(
        source=source,
        title=title,
        articles=tuple(
            Article(
                id=f"{name}.{slugs.take(heading)}",
                title=heading,
                text=document.raw(body),
                checks=(),
                span=document.trimmed(span),
                place=document.place(span.start),
            )
            for heading, span, body in _find_parts(document, sections, title)
        ),
        problems=sort_problems(find_unclosed(document)),
    )


def _find_parts(
    document: Document, sections: tuple[Section, ...], title: str
) -> Iterator[tuple[str, Span, Span]]:
    """Heading, whole span and body of every article that says something."""
    parts = [one for one in sections if 0 < one.level <= _ARTICLE_LEVEL]
    ends = [*(section.start for section in parts), len(document.source.data)]
    beginning = Span(start=0, end=ends[0])
    found = [(title, beginning, beginning)]
    for section, end in zip(parts, ends[1:], strict=True):
        span = Span(start=section.start, end=end)
        found.append((section.title or title, span, Span(start=section.body.start, end=end)))
    for heading, span, body in found:
        if document.raw(body):
            yield heading, span, body
