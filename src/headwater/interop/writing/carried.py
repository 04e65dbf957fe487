"""Tells which prose can stand in a native spec without being read as something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.interface import RemainderKind
from headwater.interop.writing.prose import mend_lookalikes
from headwater.spec.model import Severity, Source
from headwater.spec.read_spec import read_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.interop.interface import Remainder
    from headwater.interop.writing.draft import Draft

_LAST_RULE = r"\n+(?:-{3,}|\*{3,}|_{3,})\s*\Z"


def render_prose(draft: Draft) -> Iterator[str]:
    """The prose of specs and proposals that is carried over; that of a design is in the plan."""
    for one in _list_prose(draft):
        text = _text(one)
        if _is_plain(text):
            if one.title and not text.startswith("#"):
                yield f"## About “{one.title}”"
            yield re.sub(_LAST_RULE, "", text)


def find_left_prose(draft: Draft) -> list[Remainder]:
    """The prose that stays behind, since a native reader would find requirements in it."""
    return [one for one in _list_prose(draft) if not _is_plain(_text(one))]


def _list_prose(draft: Draft) -> Iterator[Remainder]:
    for source in draft.sources:
        spec = source.feature.spec
        path = spec.source.path if spec else ""
        for one in source.remainders:
            if one.kind is RemainderKind.PROSE and one.place.path == path:
                yield one


def _text(one: Remainder) -> str:
    assert one.source is not None
    assert one.span is not None
    return one.source.text(one.span).replace("\r\n", "\n").strip()


def _is_plain(text: str) -> bool:
    spec = read_spec(Source(path="", data=mend_lookalikes(text.encode())))
    harmful = [
        problem
        for problem in spec.problems
        if problem.severity is Severity.ERROR or problem.code == "not-closed"
    ]
    return not (spec.requirements or spec.stories or harmful)
