"""Chooses the sandbox: the strongest that works here, never none unless asked by name."""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.sandbox.bubblewrap import Bubblewrap
from headwater.sandbox.interface import Command, Limits, Sandbox, SandboxError
from headwater.sandbox.landlock import Landlock
from headwater.sandbox.unconfined import Unconfined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.sandbox.settings import SandboxSettings

_CONFINED: Mapping[str, Callable[[], Sandbox]] = {"bubblewrap": Bubblewrap, "landlock": Landlock}
_REMEDY = (
    "Install bubblewrap (`apt-get install bubblewrap`), or run generated code with all your own "
    "rights by `--sandbox none`."
)


def open_sandbox(settings: SandboxSettings) -> Sandbox:
    """The sandbox that the settings ask for, tried out with a command that does little.

    Raises:
        SandboxError: it does not work on this machine, or with `auto` none does.
    """
    if settings.kind == "none":
        return Unconfined()
    if sys.platform != "linux":
        raise SandboxError(
            f"there is no sandbox for {sys.platform} yet, only for Linux and WSL",
            hint="Run generated code with all your own rights by `--sandbox none`.",
        )
    kinds = tuple(_CONFINED) if settings.kind == "auto" else (settings.kind,)
    reasons = []
    for kind in kinds:
        reason = _find_obstacle(kind)
        if reason is None:
            return _CONFINED[kind]()
        reasons.append(f"{kind}: {reason}")
    raise SandboxError("no sandbox works here. " + "; ".join(reasons), hint=_REMEDY)


@cache
def _find_obstacle(kind: str) -> str | None:
    """Why a sandbox does not work here; None when it does. Tried once in the process's life."""
    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:
        command = Command(
            arguments=("sh", "-c", "true & wait $!"),  # it forks: process limits must allow that
            folder=Path(folder),
            environment={"PATH": "/usr/bin:/bin"},
            limits=Limits(seconds=20.0),
        )
        try:
            finished = _CONFINED[kind]().run(command)
        except SandboxError as error:
            return error.message
    if finished.exit_code == 0:
        return None
    said = finished.stderr.decode(errors="replace").strip()
    return f"a trial run ended with exit code {finished.exit_code}: {said or 'it said nothing'}"
