"""Rules as SARIF describes them: names, texts, default level, and a page of help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.operations.checking.drift import NOT_FRESH
from headwater.rules.pages import render_rule_page
from headwater.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.rules.interface import Rule

_NOT_FRESH = (
    "A component is not as its specification and the lock say: its sources changed, or its files "
    "were edited, or it was never derived."
)


def describe_rules(codes: Iterable[str]) -> list[dict[str, Any]]:
    """Every rule, then the other codes of findings, which readers and graph report by themselves.

    There is no `helpUri`: the standard wants it absolute, and GitHub refuses a file in which it is
    not. The page is in `help`, and its place in the documentation among the properties.
    """
    others = sorted(set(codes) - RULES.keys())
    return [*map(_describe_rule, RULES.values()), *map(_describe_code, others)]


def _describe_rule(rule: Rule) -> dict[str, Any]:
    return {
        **_name(rule.name),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.title}.\n\n{rule.why}", "markdown": render_rule_page(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": ["specification"], "page": f"docs/rules/{rule.name}.md"},
    }


def _describe_code(code: str) -> dict[str, Any]:
    text = _NOT_FRESH if code == NOT_FRESH else f"{code.replace('-', ' ').capitalize()}."
    return {
        **_name(code),
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["specification"]},
    }


def _name(code: str) -> dict[str, str]:
    """The id, and the same in the form that viewers expect of a name: `VagueWord`."""
    words = code.replace(".", "-").split("-")
    return {"id": code, "name": "".join(word.capitalize() for word in words)}
