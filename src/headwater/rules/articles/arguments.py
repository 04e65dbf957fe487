"""Arguments of an article's check: what may be wrong with them, placed in the constitution."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import ArticleCheck


def find_name_problems(check: ArticleCheck, argument: str, *, example: str) -> list[Problem]:
    """Problems of a check whose one argument is a list of names."""
    value = check.arguments.get(argument)
    problems = find_key_problems(check, argument, example=example)
    if argument in check.arguments and not _is_list_of_names(value):
        message = f"expected `{argument}` to be a list of one name or more, found {_show(value)}"
        problems.append(make_problem(check, "check-argument-type", message, hint=example))
    return problems


def find_number_problems(check: ArticleCheck, argument: str, *, example: str) -> list[Problem]:
    """Problems of a check whose one argument is a whole number from 1."""
    value = check.arguments.get(argument)
    problems = find_key_problems(check, argument, example=example)
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if argument in check.arguments and not whole:
        message = f"expected `{argument}` to be a whole number from 1, found {_show(value)}"
        problems.append(make_problem(check, "check-argument-type", message, hint=example))
    return problems


def find_key_problems(check: ArticleCheck, argument: str, *, example: str) -> list[Problem]:
    """Arguments that are missing or unknown where exactly `argument` is expected."""
    problems = []
    if argument not in check.arguments:
        message = f"expected `{check.check}` to have the argument `{argument}`, found none"
        problems.append(make_problem(check, "check-argument-missing", message, hint=example))
    for name in check.arguments:
        if name != argument:
            message = f"expected only the argument `{argument}`, found `{name}`"
            problems.append(make_problem(check, "check-argument-unknown", message, hint=example))
    return problems


def make_unknown_problem(check: ArticleCheck, known: Sequence[str]) -> Problem:
    """The problem of a check that does not exist."""
    close = get_close_matches(check.check, known, n=1)
    return make_problem(
        check,
        "check-unknown",
        f"expected the name of a check, found `{check.check}`",
        hint=f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known)}.",
    )


def read_names(check: ArticleCheck, argument: str) -> tuple[str, ...]:
    """A list argument that has no problem."""
    value = check.arguments[argument]
    return tuple(str(name) for name in value) if isinstance(value, list | tuple) else ()


def make_problem(check: ArticleCheck, code: str, message: str, *, hint: str) -> Problem:
    """An error in how a check is asked for, at its place in the constitution."""
    return Problem(code=code, message=message, place=check.place, hint=hint)


def _is_list_of_names(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) > 0
        and all(isinstance(name, str) and name for name in value)
    )


def _show(value: object) -> str:
    return f"`{value}`" if isinstance(value, str | int | float) else f"{value!r}"
