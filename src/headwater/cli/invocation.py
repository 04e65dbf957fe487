"""What every command is given, and the options that commands share."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

F = TypeVar("F", bound="Callable[..., object]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Invocation:
    """One run of the program. Paths on the command line are relative to `folder`."""

    folder: Path


def json_option(function: F) -> F:
    """`--json`, as the argument `as_json`."""
    text = "Print one JSON document on standard output, errors too."
    return click.option("--json", "as_json", is_flag=True, help=text)(function)


def yes_option(function: F) -> F:
    """`--yes`, as the argument `yes`."""
    return click.option("--yes", is_flag=True, help="Answer every question with yes.")(function)


def ask(question: str, *, yes: bool) -> bool:
    """A person's answer; `yes` answers for them, and without a terminal the answer is no."""
    if yes or not sys.stdin.isatty():
        return yes
    return click.confirm(question, err=True)


def give_example(*lines: str) -> str:
    """The epilogue of a command's help: one example a line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
