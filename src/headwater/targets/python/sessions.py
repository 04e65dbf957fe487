"""Command lines in emitted tests: what their first words start, and what every run is told."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from headwater.targets.python.scalars import Misfit, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.examples import RunRow
    from headwater.spec.model import Component

Commands = dict[str, tuple[str, ...]]
"""The first word of a command line to what it starts."""


def collect_commands(components: Mapping[str, Component]) -> Commands:
    """The commands that components declare."""
    return {
        word: tuple(command)
        for component in components.values()
        for word, command in component.commands.items()
    }


def write_commands(commands: Commands) -> str:
    """The constant that a file of tests names them by."""
    lines = (
        f"    {write_text(word)}: {write_text(shlex.join(command))},"
        for word, command in commands.items()
    )
    return "\n".join(["COMMANDS = {", *lines, "}"])


def write_line(row: RunRow, commands: Commands) -> list[str]:
    """The arguments that say what a row runs, in the test's own folder.

    Raises:
        Misfit: no component says what its first word starts.
    """
    if row.words[0] not in commands:
        raise Misfit(f"no component's **Command** says what `{row.words[0]}` starts")
    parts = ["COMMANDS", write_text(shlex.join(row.words)), "tmp_path"]
    return [*parts, f"stdin={write_text(row.stdin)}"] if row.stdin else parts
