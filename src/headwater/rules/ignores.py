"""Ignoring a finding in place: `<!-- headwater: ignore vague-word: the customer's own term -->`.

On a line of its own such a comment covers what the next line begins, up to the next empty line;
behind text it covers its own line. `ignore-file` covers the whole document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_COMMENT = re.compile(
    r"<!--\s*headwater:\s*(?P<verb>ignore(?:-file)?)\s+(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)"
    r"\s*(?::\s*(?P<reason>.*?))?\s*-->",
    re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignore:
    """One comment: the rules that it names, and the first and last line that it covers."""

    rules: frozenset[str]
    reason: str
    place: Place
    first: int
    last: int

    def covers(self, problem: Problem) -> bool:
        """Whether it covers a problem; the comment must give a reason."""
        return bool(
            self.reason
            and problem.code in self.rules
            and problem.place.path == self.place.path
            and self.first <= problem.place.line <= self.last
        )


def read_ignores(path: str, data: bytes) -> tuple[Ignore, ...]:
    """Every comment in a document that ignores something."""
    if b"headwater:" not in data:
        return ()
    text = data.decode(errors="replace")
    lines = text.split("\n")
    found = []
    for match in _COMMENT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        first, last = _find_cover(match, lines, line, text.count("\n", 0, match.end()) + 1)
        found.append(
            Ignore(
                rules=frozenset(re.split(r"\s*,\s*", match["rules"])),
                reason=" ".join((match["reason"] or "").split()),
                place=Place(path=path, line=line),
                first=first,
                last=last,
            )
        )
    return tuple(found)


def _find_cover(
    match: re.Match[str], lines: Sequence[str], line: int, end_line: int
) -> tuple[int, int]:
    if match["verb"] == "ignore-file":
        return 1, len(lines)
    before = match.string[: match.start()].rpartition("\n")[2]
    if before.strip():
        return line, end_line
    first = end_line + 1
    while first <= len(lines) and not lines[first - 1].strip():
        first += 1
    last = first
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, last


def drop_ignored(
    problems: Iterable[Problem], ignores: Sequence[Ignore], *, known: Collection[str]
) -> list[Problem]:
    """The problems that no comment ignores, and what is wrong with the comments themselves.

    Args:
        problems: what was found.
        ignores: the comments of all documents.
        known: names of the rules that may be ignored.
    """
    kept: list[Problem] = []
    used: set[Ignore] = set()
    for problem in problems:
        covering = [ignore for ignore in ignores if ignore.covers(problem)]
        if covering and problem.code in known:
            used.update(covering)
        else:
            kept.append(problem)
    for ignore in ignores:
        kept.extend(_judge_comment(ignore, known=known, used=ignore in used))
    return kept


def _judge_comment(ignore: Ignore, *, known: Collection[str], used: bool) -> Iterable[Problem]:
    unknown = sorted(ignore.rules.difference(known))
    if unknown:
        yield _report(
            ignore,
            "ignore-unknown-rule",
            f"there is no rule {unknown[0]} that can be ignored",
            hint="`headwater check --rules` lists them.",
        )
    elif not ignore.reason:
        yield _report(
            ignore,
            "ignore-without-reason",
            "expected a reason for ignoring a rule, found none; nothing is ignored",
            hint="Write `<!-- headwater: ignore RULE: why -->`.",
        )
    elif not used:
        yield _report(
            ignore,
            "ignore-unused",
            f"this ignores {', '.join(sorted(ignore.rules))}, which finds nothing here",
            hint="Take the comment out.",
        )


def _report(ignore: Ignore, code: str, message: str, *, hint: str) -> Problem:
    return Problem(
        code=code, message=message, place=ignore.place, hint=hint, severity=Severity.WARNING
    )
