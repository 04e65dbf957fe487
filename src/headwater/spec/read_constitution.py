"""Reads the constitution: its articles and the checks that enforce them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from headwater.spec.article_sources import read_sources
from headwater.spec.coverage import report_unread
from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.model import Article, Constitution, Problem, Severity
from headwater.spec.read_checks import has_checks, read_checks
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.article_sources import ArticleSource
    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.model import ArticleCheck, Source
    from headwater.spec.sections import Section

_ARTICLE = (
    r"(?i:(?:article|principle)\s+)?(?P<id>{number})"
    r"(?:\s*[.:：)](?!\d)\s*|\s+[-–—]\s*|(?=\s*$))(?P<title>.*)"
)
_ROMAN = _ARTICLE.format(number="[IVXL]+")
_ARABIC = _ARTICLE.format(number=r"\d{1,3}")
_PRINCIPLES = r"(?i)(?:core )?(?:principles|articles)\b"


def read_constitution(source: Source) -> Constitution:
    """Read a constitution. Whatever cannot be read stands in `problems`."""
    unreadable = find_unreadable(source)
    if unreadable:
        return Constitution(source=source, title="", problems=(unreadable,))
    document = open_document(source)
    sections = find_sections(document)
    enforced = [block for block in document.every_block if has_checks(block)]
    articles: list[Article] = []
    problems = find_unclosed(document)
    held: set[int] = set()
    pattern = _choose_numbers(sections)
    for section in sections:
        if articles and section.start < articles[-1].span.end:
            continue
        match = re.match(pattern, section.title) if section.level > 1 else None
        if match:
            inside = _inside(section, enforced)
            held.update(block.span.start for block in inside)
            checks, found = _read_all_checks(document, inside)
            sources, unreadable_sources = read_sources(document, section.body)
            problems += [*found, *unreadable_sources]
            articles.append(_make_article(document, section, match, checks, sources))
        else:
            problems += _report_unnumbered(document, section)
    problems += [_stray(document, block) for block in enforced if block.span.start not in held]
    constitution = Constitution(
        source=source,
        title=read_document_title(sections),
        articles=tuple(articles),
        problems=sort_problems(problems),
    )
    return report_unread(constitution, document=document, sections=sections)


def _choose_numbers(sections: Sequence[Section]) -> str:
    """Where headings have Roman numerals these name articles, and other numbers are chapters'."""
    roman = any(s.level > 1 and re.match(_ROMAN, s.title) for s in sections)
    return _ROMAN if roman else _ARABIC


def _make_article(
    document: Document,
    section: Section,
    match: re.Match[str],
    checks: list[ArticleCheck],
    sources: list[ArticleSource],
) -> Article:
    return Article(
        id=match["id"],
        title=match["title"].strip(),
        text=document.raw(section.body),
        checks=tuple(checks),
        span=document.trimmed(section.span),
        place=document.place(section.start),
        sources=tuple(sources),
    )


def _inside(section: Section, blocks: Sequence[Block]) -> Sequence[Block]:
    """Those of `blocks`, which stand in order, that a section holds."""
    first = bisect_left(blocks, section.body.start, key=_start)
    return blocks[first : bisect_left(blocks, section.body.end, key=_start)]


def _start(block: Block) -> int:
    return block.span.start


def _read_all_checks(
    document: Document, blocks: Sequence[Block]
) -> tuple[list[ArticleCheck], list[Problem]]:
    checks: list[ArticleCheck] = []
    problems: list[Problem] = []
    for block in blocks:
        read, found = read_checks(document, block)
        checks += read
        problems += found
    return checks, problems


def _report_unnumbered(document: Document, section: Section) -> list[Problem]:
    if not section.parents or not re.match(_PRINCIPLES, section.parents[-1]):
        return []
    problem = document.problem(
        "article-without-number",
        f"expected an article such as `### I. Title`, found “{section.title}”",
        offset=section.start,
        hint="Begin its heading with a Roman numeral; without one it is no article.",
        severity=Severity.WARNING,
    )
    return [problem]


def _stray(document: Document, block: Block) -> Problem:
    """Checks outside every article, which nothing would run."""
    return document.problem(
        "enforce-outside-article",
        "this `enforce:` block stands in no article, so nothing would check it",
        offset=block.span.start,
        hint="Put it below a heading such as `### I. Title`.",
    )
