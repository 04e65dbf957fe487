"""Texts of people as they may stand in a drafted document: on one line, opening nothing."""

from __future__ import annotations

from headwater.steps.drafting.texts import tidy_line


def show(text: str) -> str:
    """A text as one line without bars, comments or fences; an ellipsis where nothing is left."""
    for hidden in ("<!--", "-->", "```", "~~~"):
        text = text.replace(hidden, "")
    try:
        return tidy_line(text).replace("|", "/")
    except ValueError:
        return "…"
