"""Reads the values of fields that list things: refs, components, paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.ids import IdKind, find_refs, kind_of
from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from headwater.spec.document import Document
    from headwater.spec.sections import Field

_NONE = ("", "none", "nothing", "n/a", "—", "–", "-")
_LINK = r"\[([^\[\]]+)\]\([^()\s]+\)"
_ASIDE = r"\([^()]*\)"


def split_list(value: str) -> tuple[str, ...]:
    """The entries of `a, b`; back-ticks and emphasis are decoration, `none` and `—` are empty."""
    entries = []
    unlinked = re.sub(_LINK, r"\1", value) if "](" in value else value
    for part in re.split(r"[,;\n]|\s+and\s+", unlinked):
        entry = part.strip().lstrip("-*+ ").strip("`*_ \t").removesuffix(".").strip("`")
        if entry.lower().removesuffix(".") not in _NONE:
            entries.append(entry)
    return tuple(entries)


def read_refs(
    document: Document, field: Field, *, kind: IdKind | None = None
) -> tuple[tuple[str, ...], list[Problem]]:
    """The refs that a field lists, of one kind if given; what is none is reported.

    What stands in parentheses explains, and is passed over.
    """
    refs: list[str] = []
    problems = []
    stated = re.sub(_ASIDE, "", field.value) if "(" in field.value else field.value
    for entry in split_list(stated):
        found = [ref for ref in find_refs(entry) if kind in (None, kind_of(ref))]
        refs += found
        if not found:
            problems.append(_unreadable(document, field, entry, kind))
    return tuple(dict.fromkeys(refs)), problems


def _unreadable(document: Document, field: Field, entry: str, kind: IdKind | None) -> Problem:
    wanted = f"a {kind.value}'s id" if kind else "an id such as FR-001"
    return document.problem(
        "field-entry-unreadable",
        f"expected {wanted} in **{field.name}**, found “{entry}”",
        offset=field.value_start,
        hint="List ids with commas between them, or write none.",
        severity=Severity.WARNING,
    )
