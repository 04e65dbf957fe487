"""The program `headwater`: dispatches to a command, and turns every failure into an exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from headwater import __version__
from headwater.cli.commands import READING, LazyGroup
from headwater.cli.interrupt import end_soon_on_interrupt
from headwater.cli.invocation import Invocation
from headwater.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.group(
    cls=LazyGroup,
    epilog="\b\nExamples:\n  headwater init\n  headwater -C ../wallet status\n"
    "  headwater build 001-wallet --seed 7",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="headwater")
@click.option(
    "-C",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Work in FOLDER; paths are relative to it.",
)
@click.pass_context
def program(context: click.Context, folder: Path) -> None:
    """Specifications are the source; code and tests are derived from them and checked.

    Exit codes: 0 done, 1 findings or a failed gate, 2 wrong usage or setting, 3 unexpected error,
    130 interrupted.
    """
    context.obj = Invocation(folder=folder)
    if context.invoked_subcommand in READING:
        # What it makes it needs to the end: looking for cycles in it takes a tenth of the time.
        gc.disable()
        context.call_on_close(gc.enable)
    context.color = False if os.environ.get("NO_COLOR") else None


def main() -> NoReturn:
    """The console script: run the command that the process was given, and end the process."""
    # A command makes many values and few cycles: looking for those less often saves a fifth.
    gc.set_threshold(200_000, 20, 100)
    code = run(sys.argv[1:])
    if code == ExitCode.INTERRUPTED:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)  # a thread that waits for a model must not keep the process
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command, given as a command line without the program's name; return its exit code.

    Every failure is told here.
    """
    _survive_any_text()
    with end_soon_on_interrupt():
        try:
            code = program.main(list(arguments), prog_name="headwater", standalone_mode=False)
        # Everything ends here, so that no user ever meets a traceback.
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001
            code = _report(error, arguments)
    return int(code or ExitCode.DONE)


def _report(error: BaseException, arguments: Sequence[str]) -> int:
    # Imported here for start-up cost.
    from headwater.cli.failures import report_failure  # noqa: PLC0415

    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return report_failure(error, folder=_find_folder(own), as_json=_asks_for_json(own))


def _asks_for_json(arguments: Sequence[str]) -> bool:
    asked = {"--json", "--format=json"} & set(arguments)
    return bool(asked) or ("--format", "json") in pairwise(arguments)


def _find_folder(arguments: Sequence[str]) -> Path:
    """The folder that `-C` names, where a report of an unexpected error belongs."""
    if "-C" not in arguments[:-1]:
        return Path()
    folder = Path(arguments[arguments.index("-C") + 1])
    return folder if folder.is_dir() else Path()


def _survive_any_text() -> None:
    """Print what the terminal's encoding lacks as an escape, where Python would give up."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
