"""The table of checks in docs/formats.md, made from the checks themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.rules.articles.interface import Argument, Rule

BEGIN = "<!-- checks: written by `make docs` -->"
END = "<!-- checks: end -->"
_HEAD = "| check | arguments | finds |\n| --- | --- | --- |"


def render_check_table(rules: Iterable[Rule]) -> str:
    """Every check with its arguments and what it finds, a row each."""
    rows = (
        f"| `{rule.name}` | {_render_arguments(rule.arguments)} | {_escape(rule.finds)} |"
        for rule in rules
    )
    return "\n".join([_HEAD, *rows])


def renew_check_table(document: str, rules: Iterable[Rule]) -> str:
    """A document with the table between its two marks renewed.

    Raises:
        ValueError: the document has no such marks.
    """
    before, begun, rest = document.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"expected the marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{render_check_table(rules)}\n\n{END}{after}"


def _render_arguments(arguments: Iterable[Argument]) -> str:
    """`modules`: dotted names; those that may be left out in brackets."""
    shown = (
        f"[`{each.name}`: {each.means}]" if each.optional else f"`{each.name}`: {each.means}"
        for each in arguments
    )
    return _escape("; ".join(shown)) or "none"


def _escape(text: str) -> str:
    return text.replace("|", "\\|")
