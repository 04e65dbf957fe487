"""What marks in a requirement's text say: that it no longer holds, or changes another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Retirement:
    """Why a requirement no longer holds: retired, or superseded by another."""

    reason: str
    date: str = ""
    superseded_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """`*(changes 001/FR-003 as of 1f9a03c2)*`: a requirement changes an earlier one.

    `ref` is as written; `digest` is what the earlier one's digest began with, empty if not said.
    """

    ref: str
    digest: str = ""
