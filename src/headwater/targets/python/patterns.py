"""Patterns of `/regex/` cells: RE2's syntax, as far as Python reads it in the same way."""

from __future__ import annotations

import re

_NOT_RE2 = (
    (re.compile(r"\(\?<?[=!]"), "looks around, which RE2 does not do"),
    (re.compile(r"\\[1-9]"), "refers back to a group, which RE2 does not do"),
    (re.compile(r"\(\?P="), "refers back to a group, which RE2 does not do"),
    (re.compile(r"\(\?[(>]"), "has a conditional or atomic group, which RE2 does not have"),
    (re.compile(r"[*+?}]\+"), "has a possessive quantifier, which RE2 does not have"),
    (re.compile(r"\\[zQEpPCGZ]"), "has an escape that languages read differently"),
    (re.compile(r"\[\[:"), "has a class such as `[[:alpha:]]`, which languages read differently"),
)


def find_pattern_fault(pattern: str) -> str:
    """Why a pattern cannot be used in every language; empty when it can."""
    bare = re.sub(r"\\\\", "  ", pattern)  # an escaped backslash escapes nothing else
    outside = re.sub(r"\\.", lambda match: match[0] if match[0][1].isalnum() else "  ", bare)
    for fault, reason in _NOT_RE2:
        if fault.search(outside):
            return reason
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is no regular expression: {error}"
    return ""
