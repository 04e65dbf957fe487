"""`headwater model`: list, pull and serve."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.progress import open_progress
from headwater.cli.render import align, clean, echo
from headwater.errors import ExitCode, HeadwaterError
from headwater.operations.model import list_models, pull, serve
from headwater.wiring import read_settings
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.llm.settings import ModelSettings
    from headwater.operations.model import ModelList, ServedModel


@click.group(
    "model",
    epilog=give_example("headwater model list", "headwater model pull", "headwater model serve"),
)
def command() -> None:
    """List, fetch or serve the embedded model."""


@command.command("list", epilog=give_example("headwater model list --json"))
@json_option
@click.pass_obj
def list_command(call: Invocation, /, *, as_json: bool) -> ExitCode:
    """List the models that are at hand, and which one a build would use."""
    found = list_models(_read_settings(call), environment=os.environ)
    echo(render_json(found) if as_json else "\n".join(_render(found)))
    return ExitCode.DONE


@command.command("pull", epilog=give_example("headwater model pull"))
@click.argument("name", default="")
@click.pass_obj
def pull_command(call: Invocation, /, *, name: str) -> ExitCode:
    """Fetch an embedded model once, or check the one that is here.

    It is kept in the user's cache folder, for all projects. NAME is one of `headwater model list`;
    without it the default model is fetched. An interrupted download goes on where it stopped.
    """
    with open_progress() as progress:
        pulled = pull(name, settings=_read_settings(call), observer=progress)
    echo(align([("model", pulled.name), ("file", clean(str(pulled.path)))]))
    return ExitCode.DONE


@command.command("serve", epilog=give_example("headwater model serve"))
@click.argument("name", default="")
@click.pass_obj
def serve_command(call: Invocation, /, *, name: str) -> ExitCode:
    """Serve an embedded model on this machine, until Ctrl-C.

    It speaks OpenAI's protocol on a loopback port. Builds use the same server.
    """
    with open_progress() as progress:
        serve(name, settings=_read_settings(call), observer=progress, ready=_tell_address)
    return ExitCode.DONE


def _tell_address(served: ServedModel) -> None:
    rows = [
        ("model", served.name),
        ("address", served.url),
        ("key in", clean(str(served.key_file))),
        ("process", str(served.pid)),
    ]
    echo(f"{align(rows)}\nCtrl-C ends it.")


def _read_settings(call: Invocation) -> ModelSettings:
    try:
        root = open_repository(call.folder).root
    except HeadwaterError:
        root = call.folder  # the embedded model needs no repository
    return read_settings(root, {}).model


def _render(found: ModelList) -> Iterator[str]:
    yield "embedded models"
    yield align(
        (
            (
                model.name,
                f"{model.size / 1e9:.1f} GB",
                model.licence,
                clean(str(model.path)) if model.path else "not fetched",
            )
            for model in found.embedded
        ),
        indent=2,
    )
    if found.local:
        yield "model servers on this machine"
        yield align(
            ((clean(model.base_url), clean(model.model)) for model in found.local), indent=2
        )
    yield f"A build uses {clean(found.choice.name)}. {clean(found.choice.why)}"
