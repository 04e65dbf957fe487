"""Checks that could enforce a statement, as an `enforce:` block asks for them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.rules.articles.apply import check_constitution
from headwater.spec.model import Article, ArticleCheck, Constitution, Place, Severity, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOWHERE = Place(path="", line=1)
_PLAIN = r"[A-Za-z][\w.-]*"
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """One check with its arguments; `scope` is empty where it holds for every file."""

    check: str
    severity: Severity = Severity.ERROR
    scope: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)

    def render(self) -> str:
        """The entry in flow style: `{check: complexity.max, max: 8}`."""
        given: dict[str, object] = {"check": self.check}
        given |= {"scope": self.scope} if self.scope else {}
        given |= {"severity": "warning"} if self.severity is Severity.WARNING else {}
        pairs = (f"{name}: {_render(value)}" for name, value in {**given, **self.arguments}.items())
        return f"{{{', '.join(pairs)}}}"


def is_enforceable(proposal: Proposal) -> bool:
    """Whether there is such a check, and it takes these arguments."""
    asked = ArticleCheck(
        check=proposal.check,
        scope=proposal.scope or "**",
        severity=proposal.severity,
        arguments=proposal.arguments,
        place=_NOWHERE,
    )
    article = Article(
        id="I", title="", text="", checks=(asked,), span=Span(start=0, end=0), place=_NOWHERE
    )
    source = Source(path=_NOWHERE.path, data=b"")
    return not list(check_constitution(Constitution(source=source, title="", articles=(article,))))


def merge_proposals(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Each check once for one scope and severity: lists of names are joined; of numbers, the first.

    Contradictory numbers never come here: they are conflicts, which people settle.
    """
    merged: dict[tuple[str, str, Severity], Proposal] = {}
    for proposal in proposals:
        key = (proposal.check, proposal.scope, proposal.severity)
        known = merged.get(key)
        merged[key] = _join(known, proposal) if known else proposal
    return tuple(merged.values())


def _join(one: Proposal, other: Proposal) -> Proposal:
    arguments = dict(one.arguments)
    for name, value in other.arguments.items():
        known = arguments.get(name)
        if isinstance(known, list | tuple) and isinstance(value, list | tuple):
            arguments[name] = list(dict.fromkeys([*known, *value]))
    return Proposal(check=one.check, severity=one.severity, scope=one.scope, arguments=arguments)


def _render(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_render, value))}]"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    plain = re.fullmatch(_PLAIN, text) and text.lower() not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
