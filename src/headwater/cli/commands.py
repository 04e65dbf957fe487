"""The commands, each in a module of its own that is imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMMARIES: Mapping[str, str] = {
    "init": "Make a repository ready, and find the specs that it holds.",
    "constitution": "Draft articles from policies, each with its sources, and update them.",
    "specify": "Draft a spec from an idea, on a branch of its own.",
    "clarify": "Ask what a spec leaves open, and write the answers where they belong.",
    "plan": "Draft a plan: decisions, components, interfaces that every example fits.",
    "tasks": "Draft the task list of a plan: tests first, parallel where that is true.",
    "change": "Change one requirement and its examples, and nothing else.",
    "triage": "Trace a failure to the spec or to the generated code, and propose the way on.",
    "approve": "Record who approves what a document means.",
    "confirm": "Record that what is suspect holds as it stands.",
    "analyze": "Find what does not fit together across documents.",
    "review": "Show only what needs a person, decisions first.",
    "check": "Find what is wrong or not fresh; the gate for continuous integration.",
    "build": "Derive what is not fresh, verify it, and commit it.",
    "status": "Show the state of every component, and why.",
    "trace": "Follow requirements to everything derived from them, and back.",
    "impact": "Tell what a change would touch, or what it touches since a revision.",
    "explain": "Tell why code is there, what tests it, and whether you may change it.",
    "log": "Tell who changed what, what was derived from it, by which model, and what passed.",
    "provenance": "State where derived files come from, for other tools to check.",
    "verify": "Recheck a revision from its lock alone, and run its tests again.",
    "revert": "Bring derived files back as they were recorded.",
    "adopt": "Make a hand edit of derived code a change of its specification.",
    "import": "Make native features of OpenSpec and Kiro specs.",
    "model": "List, fetch or serve the embedded model.",
}
"""Every command, in the order of the help page; each one's help begins with this sentence."""

READING = frozenset({"check", "status", "trace", "impact", "explain"})
"""The commands that read documents, tell what follows, and end."""


class LazyGroup(click.Group):
    """A group whose commands are the variables `command` of the modules `headwater.cli.NAME`.

    A name that Python keeps for itself has an underscore after it there: `import_`.
    """

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order of `SUMMARIES`."""
        return list(SUMMARIES)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None when there is none."""
        if cmd_name not in SUMMARIES:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"headwater.cli.{module}").command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))
