"""Telling which model is used and why, and asking first where it would cost money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.cli.invocation import ask
from headwater.cli.render import clean, echo

if TYPE_CHECKING:
    from headwater.llm.choose import Choice


def choose_model(choice: Choice, *, yes: bool) -> Choice:
    """Say which model is used and why; ask first where that costs money nobody agreed to."""
    question = f"{choice.why} Use {choice.name}?"
    if choice.needs_consent and choice.otherwise and not ask(question, yes=yes):
        choice = choice.otherwise
    echo(f"model: {clean(choice.name)}. {clean(choice.why)}", err=True)
    return choice
