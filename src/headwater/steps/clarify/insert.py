"""Places in a spec where new items go, and the edits that put them there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.model import Span
from headwater.spec.splice import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Spec

_HEADING = r"(?m)^{signs}[ \t]+{title}[^\r\n]*$"


def insert_requirements(spec: Spec, items: Sequence[str]) -> list[Edit]:
    """The edit that puts list items after the last requirement, or in a section of their own."""
    if not items:
        return []
    text = "\n\n".join(items)
    if spec.requirements:
        end = max(one.span.end for one in spec.requirements)
        return [_insert(spec, end, f"\n\n{text}")]
    return [_append(spec, f"## Requirements\n\n### Functional Requirements\n\n{text}")]


def insert_edge_cases(spec: Spec, items: Sequence[str]) -> list[Edit]:
    """The edit that puts list items after the last edge case, or in a section of their own."""
    if not items:
        return []
    text = "\n".join(items)
    if spec.edge_cases:
        return [_insert(spec, max(one.span.end for one in spec.edge_cases), f"\n{text}")]
    before = _find(spec, "##", "Requirements")
    section = f"### Edge Cases\n\n{text}"
    if before is None or not spec.stories:
        return [_append(spec, f"## Edge Cases\n\n{text}")]
    return [_insert(spec, before.start, f"{section}\n\n")]


def insert_session(spec: Spec, lines: Sequence[str], *, day: str) -> list[Edit]:
    """The edit that adds answers to the session of a day under `## Clarifications`."""
    if not lines:
        return []
    text = "\n".join(lines)
    same = [one.span.end for one in spec.answers if one.session == day]
    if same:
        return [_insert(spec, max(same), f"\n{text}")]
    session = f"### Session {day}\n\n{text}"
    heading = _find(spec, "##", "Clarifications")
    if heading:
        return [_insert(spec, heading.end, f"\n\n{session}")]
    first = _find(spec, "##", "")
    section = f"## Clarifications\n\n{session}"
    if first is None:
        return [_append(spec, section)]
    return [_insert(spec, first.start, f"{section}\n\n")]


def next_id(spec: Spec, kind: str, *, after: int = 0) -> str:
    """The next free id of a kind, `FR` or `NFR`; retired ones are never given again."""
    numbers = (re.fullmatch(rf"{kind}-?(\d+)[a-z]?", one.id) for one in spec.requirements)
    greatest = max((int(one[1]) for one in numbers if one), default=0)
    return f"{kind}-{greatest + 1 + after:03}"


def _find(spec: Spec, signs: str, title: str) -> Span | None:
    """The line of the first heading that begins so; what stands in comments and code is none."""
    text = _hide(spec.source.data)
    match = re.search(_HEADING.format(signs=signs, title=title).encode(), text)
    return Span(start=match.start(), end=match.end()) if match else None


def _hide(data: bytes) -> bytes:
    """The bytes with comments and fenced blocks blank."""
    hidden = rb"(?s)<!--.*?(?:-->|\Z)|(?m:^[ \t]*(```|~~~)[^\n]*$).*?(?:(?m:^[ \t]*\1[ \t]*$)|\Z)"
    return re.sub(hidden, lambda match: re.sub(rb"[^\n]", b" ", match[0]), data)


def _insert(spec: Spec, offset: int, text: str) -> Edit:
    return Edit(span=Span(start=offset, end=offset), replacement=_encode(spec, text))


def _append(spec: Spec, text: str) -> Edit:
    """A new section at the end, with one empty line before it."""
    data = spec.source.data
    kept = len(data.rstrip())
    return Edit(span=Span(start=kept, end=len(data)), replacement=_encode(spec, f"\n\n{text}\n"))


def _encode(spec: Spec, text: str) -> bytes:
    newline = "\r\n" if b"\r\n" in spec.source.data else "\n"
    return text.replace("\n", newline).encode()
