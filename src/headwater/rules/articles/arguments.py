"""Arguments of an article's check: what may be wrong with them, placed in the constitution."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from headwater.rules.articles.interface import ArgumentKind
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.rules.articles.interface import Rule
    from headwater.spec.model import ArticleCheck

_HUNDRED = 100


def find_argument_problems(rule: Rule, check: ArticleCheck) -> Iterator[Problem]:
    """Arguments that are missing, that the rule does not have, or that are of another kind."""
    hint = f"For example: `{rule.example}`."
    known = {argument.name: argument for argument in rule.arguments}
    for argument in rule.arguments:
        if not argument.optional and argument.name not in check.arguments:
            message = f"expected `{check.check}` to have the argument `{argument.name}`, found none"
            yield _make_problem(check, "check-argument-missing", message, hint=hint)
    for name in check.arguments:
        if name not in known:
            names = ", ".join(f"`{one}`" for one in known)
            message = f"expected {f'only {names}' if names else 'no argument'}, found `{name}`"
            yield _make_problem(check, "check-argument-unknown", message, hint=hint)
    for name, value in check.arguments.items():
        if name in known and not _is_of_kind(value, known[name].kind):
            message = f"expected `{name}` to be {known[name].kind.value}, found {_show(value)}"
            yield _make_problem(check, "check-argument-type", message, hint=hint)


def make_unknown_problem(check: ArticleCheck, known: Sequence[str]) -> Problem:
    """The problem of a check that does not exist."""
    close = get_close_matches(check.check, known, n=1)
    return _make_problem(
        check,
        "check-unknown",
        f"expected the name of a check, found `{check.check}`",
        hint=f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known)}.",
    )


def _make_problem(check: ArticleCheck, code: str, message: str, *, hint: str) -> Problem:
    """An error in how a check is asked for, at its place in the constitution."""
    return Problem(code=code, message=message, place=check.place, hint=hint)


def _is_of_kind(value: object, kind: ArgumentKind) -> bool:
    match kind:
        case ArgumentKind.NAMES:
            return (
                isinstance(value, list | tuple)
                and len(value) > 0
                and all(isinstance(name, str) and name for name in value)
            )
        case ArgumentKind.FLAG:
            return isinstance(value, bool)
        case ArgumentKind.NUMBER | ArgumentKind.PERCENT:
            if not isinstance(value, int) or isinstance(value, bool):
                return False
            return value >= 1 if kind is ArgumentKind.NUMBER else 0 <= value <= _HUNDRED


def _show(value: object) -> str:
    return f"`{value}`" if isinstance(value, str | int | float) else f"{value!r}"
