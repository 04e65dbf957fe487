"""A review as Markdown, for the comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.exports.markdown_table import escape
from headwater.exports.printable import make_printable
from headwater.graph.word_changes import PieceKind, compare_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.differences import Difference
    from headwater.operations.reviewing.review_report import (
        DocumentReview,
        FeatureReview,
        ReviewReport,
    )
    from headwater.spec.model import Place

_LONGEST = 600  # characters of a text that is shown whole


def render_review(report: ReviewReport) -> str:
    """The document, which begins with a heading."""
    return "\n".join(_list_lines(report)).rstrip() + "\n"


def _list_lines(report: ReviewReport) -> Iterator[str]:
    yield "## What needs a person"
    yield ""
    if not report.needs_person:
        yield "Nothing."
    for feature in report.features:
        yield f"### {_show(feature.folder.rpartition('/')[2])}"
        yield ""
        yield from _list_feature(feature)
        yield ""
    yield from (f"{_show(note)}\n" for note in report.notes)
    yield f"Words to read: {report.words}."


def _list_feature(feature: FeatureReview) -> Iterator[str]:
    for item in feature.items:
        yield f"- [ ] **{item.kind.value}** {item.ref}: {_show(item.text)} ({_point(item.place)})"
    for document in feature.documents:
        yield f"- {_introduce(document)}"
        yield from (f"  - {_describe(one)}" for one in document.differences)
    for judged in feature.judgements:
        place = f" ({_point(judged.place)})" if judged.place else ""
        quote = f": “{_show(judged.quote)}”" if judged.quote else ""
        by = f", judged by {_show(judged.model)}" if judged.model else ""
        verdict = judged.verdict.value.replace("_", " ")
        yield f"- {judged.article} {_show(judged.title)}: **{verdict}**{quote}{place}{by}"


def _introduce(document: DocumentReview) -> str:
    path = f"`{document.path}`"
    if document.since:
        return f"{path} since {_show(document.since)}:"
    return f"{path} ({document.standing.value}): {document.words} words to read"


def _describe(one: Difference) -> str:
    key = f"{_show(one.key)} → " if one.key else ""
    name = f"{one.topic.value} {one.ref}".strip()
    return f"{name} **{one.change.value}**: {key}{_mark_words(one)} ({_point(one.place)})"


def _mark_words(one: Difference) -> str:
    if not (one.before and one.now):
        text = one.now or one.before
        return _show(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
    marks = {PieceKind.KEPT: "", PieceKind.REMOVED: "~~", PieceKind.ADDED: "**"}
    pieces = compare_words(one.before, one.now)
    return " ".join(
        f"{marks[piece.kind]}{_show(piece.text)}{marks[piece.kind]}" for piece in pieces
    )


def _point(place: Place) -> str:
    return f"`{place.path.rpartition('/')[2]}:{place.line}`"


def _show(text: str) -> str:
    return escape(make_printable(text))
