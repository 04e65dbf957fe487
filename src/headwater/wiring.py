"""The only place that names concrete adapters: targets, models, sandbox, engine."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.config import Settings, load_settings
from headwater.operations.build import BuildPorts
from headwater.targets.python.target import PythonTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.engine.progress import Observer
    from headwater.llm.interface import Model
    from headwater.llm.pull import PullObserver
    from headwater.steps.tools import Tools
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Watchers:
    """Who is told of progress: of a build, and of a model being fetched."""

    build: Observer
    pull: PullObserver


def list_targets() -> Mapping[str, Target]:
    """Every language that code can be derived for, by name."""
    return {"python": PythonTarget()}


def read_settings(root: Path, overrides: Mapping[str, object]) -> Settings:
    """The settings of a repository; `overrides` come from the command line, by dotted name."""
    return load_settings(root, overrides=overrides, environment=os.environ)


def wire_build(root: Path, settings: Settings, *, watchers: Watchers) -> BuildPorts:
    """Everything that `build` needs; models and sandbox are opened only when there is work."""
    return BuildPorts(
        targets=list_targets(),
        open_tools=partial(_open_tools, root, settings, watchers),
        search=replace(settings.search, seed=settings.model.seed),
    )


@contextmanager
def _open_tools(
    root: Path, settings: Settings, watchers: Watchers, target: Target
) -> Iterator[Tools]:
    # Imported here, since a build with nothing to do, and every other command, needs none of it.
    from headwater.engine.local import LocalEngine  # noqa: PLC0415
    from headwater.llm.open import open_model  # noqa: PLC0415
    from headwater.sandbox.choose import open_sandbox  # noqa: PLC0415
    from headwater.steps.tools import Tools  # noqa: PLC0415
    from headwater.steps.workbench import Workbench  # noqa: PLC0415

    with ExitStack() as opened:
        models = tuple(
            opened.enter_context(
                open_model(
                    replace(settings.model, name=name),
                    observer=watchers.pull,
                    environment=os.environ,
                    cache=root / ".headwater" / "cache" / "answers",
                    frozen=settings.build.frozen,
                    schemes={"scripted": _open_scripted},
                )
            )
            for name in (settings.model.name, *settings.model.ladder)
        )
        yield Tools(
            models=models,
            workbench=Workbench(target=target, sandbox=open_sandbox(settings.sandbox)),
            engine=LocalEngine(settings.build.workers or os.cpu_count() or 1),
            observer=watchers.build,
            settings=replace(settings.search, seed=settings.model.seed),
        )


def _open_scripted(path: str) -> Model:
    from headwater.testing.scripted_model import load_scripted_model  # noqa: PLC0415

    return load_scripted_model(Path(path))
