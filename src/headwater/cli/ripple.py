"""What a build would do, shown before it does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import ask
from headwater.cli.json_form import render_json, to_json
from headwater.cli.render import align, clean, count, echo
from headwater.errors import ExitCode
from headwater.operations.building.foresee_build import Ripple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.building.foresee_build import ForeseenBuild, ForeseenComponent

_COLOURS = {Ripple.BLOCKED: "red", Ripple.REMOVE: "yellow", Ripple.REGENERATE: "yellow"}

_ORDER = (Ripple.BLOCKED, Ripple.REGENERATE, Ripple.REMOVE, Ripple.VERIFY)


def show_ripple(foreseen: ForeseenBuild, *, as_json: bool) -> ExitCode:
    """Print what a build would do; the exit code tells whether it would be refused."""
    if as_json:
        counts = {ripple.value: foreseen.count(ripple) for ripple in Ripple}
        echo(render_json({"counts": counts, "tokens": foreseen.tokens, **to_json(foreseen)}))
    else:
        echo("\n".join(_render(foreseen)))
    return ExitCode.FINDINGS if foreseen.count(Ripple.BLOCKED) else ExitCode.DONE


def agree_to(foreseen: ForeseenBuild, *, above: int) -> bool:
    """Ask a person at the terminal before more than `above` components are regenerated."""
    number = foreseen.count(Ripple.REGENERATE)
    if number <= above:
        return True
    echo("\n".join(_render(foreseen)), err=True)
    return ask(f"Regenerate {count(number, 'component')}?", yes=False)


def _render(foreseen: ForeseenBuild) -> Iterator[str]:
    if not foreseen.components and not foreseen.features:
        yield f"Nothing to do: {count(foreseen.fresh, 'component')} fresh."
        return
    if foreseen.components:
        yield align(map(_describe, sorted(foreseen.components, key=_rank)))
    parts = [
        f"{foreseen.count(ripple)} to {ripple.value}"
        for ripple in (Ripple.REGENERATE, Ripple.VERIFY, Ripple.REMOVE)
        if foreseen.count(ripple)
    ]
    if foreseen.count(Ripple.BLOCKED):
        parts.append(f"{foreseen.count(Ripple.BLOCKED)} blocked")
    yield ", ".join((*parts, f"{foreseen.fresh} fresh"))
    gates = count(len(foreseen.features), "feature gate")
    yield f"{count(foreseen.tests, 'test')} in {gates}; about {foreseen.tokens} tokens"
    if foreseen.count(Ripple.BLOCKED):
        yield "The build would be refused: `headwater status` says why."


def _rank(found: ForeseenComponent) -> int:
    return _ORDER.index(found.ripple)


def _describe(found: ForeseenComponent) -> tuple[str, ...]:
    tokens = ""
    if found.estimate:
        tokens = f"~{found.estimate.tokens} tokens, by {found.estimate.basis.value}"
    own = f"{found.component} "  # which stands at the beginning of the line already
    return (
        clean(found.component),
        click.style(found.ripple.value, fg=_COLOURS.get(found.ripple, "green")),
        "" if found.ripple is Ripple.VERIFY else clean(", ".join(found.files)),
        count(found.tests, "test"),
        tokens,
        clean("; ".join(reason.removeprefix(own) for reason in found.reasons)),
    )
