"""Which formats a command line asks for, and where each is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from headwater.cli.render import echo
from headwater.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

F = TypeVar("F", bound="Callable[..., object]")

_ORDER: Final = "headwater.order"
# Flags that stand for a format, by the names of their parameters.
_FLAGS: Final = {"concise": "concise", "as_json": "json"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """A format, and the file that it is written to; None for standard output."""

    format: str
    file: Path | None = None


class OrderedCommand(click.Command):
    """A command that knows in which order its options were given.

    `-o FILE` belongs to the format before it, and click alone forgets what stood before what.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the order, then parse as any command does."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [parameter.name for parameter in order]
        return super().parse_args(ctx, args)


def output_options(formats: Iterable[str], *, what: str) -> Callable[[F], F]:
    """`--format` and `-o`, which `pair_outputs` brings together; `what` is `the trace is`."""

    def add(function: F) -> F:
        to_file = click.option(
            "-o",
            "--output",
            "files",
            multiple=True,
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write the format named before it to FILE (`-` is standard output).",
        )
        named = click.option(
            "--format",
            "formats",
            multiple=True,
            type=click.Choice(list(formats)),
            help=f"How {what} written; text when not given. May be given several times.",
        )
        return named(to_file(function))

    return add


def pair_outputs(
    context: click.Context, *, formats: Sequence[str], files: Sequence[Path]
) -> tuple[Output, ...]:
    """The outputs that were asked for, each file with the format before it; text where none is.

    Args:
        context: of an `OrderedCommand`, whose options are named `formats`, `concise`, `as_json`
            and `files`.
        formats: the values of `--format`, in their order.
        files: the values of `-o`, in their order; `-` is standard output.

    Raises:
        UsageError: a file has no format of its own, or two outputs go to one place.
    """
    outputs = list(_walk(context.meta[_ORDER], iter(formats), iter(files))) or [
        Output(format="text")
    ]
    places = [output.file for output in outputs]
    for output in outputs:
        if places.count(output.file) > 1:
            where = output.file or "standard output"
            raise UsageError(
                f"expected one format for {where}, found {places.count(output.file)}",
                hint="Give each a file of its own: `--format sarif -o headwater.sarif`.",
            )
    return tuple(outputs)


def write_output(output: Output, text: str, *, folder: Path) -> None:
    """Write a format's text to its file below `folder`, or to standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if output.file is None:
        echo(text)
        return
    place = folder / output.file
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(click.unstyle(text) + "\n", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(
            f"{output.file} cannot be written: {error.strerror}",
            hint="Give `-o` a file in a folder that may be written to.",
        ) from error


def _walk(
    order: Iterable[str | None], formats: Iterator[str], files: Iterator[Path]
) -> Iterator[Output]:
    waiting: Output | None = None
    for name in order:
        if name == "files":
            file = next(files)
            yield replace(waiting or Output(format="text"), file=None if str(file) == "-" else file)
            waiting = None
        elif name == "formats" or name in _FLAGS:
            if waiting:
                yield waiting
            waiting = Output(format=_FLAGS.get(name) or next(formats))
    if waiting:
        yield waiting
