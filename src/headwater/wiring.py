"""The only place that names concrete adapters: targets, models, sandbox, engine."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.llm.settings import cache_folder
from headwater.targets.python.target import PythonTarget
from headwater.workspace.kept_results import KeptResults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from headwater.config import Settings
    from headwater.engine.progress import Observer
    from headwater.llm.choose import Choice
    from headwater.llm.interface import Model
    from headwater.llm.pull import PullObserver
    from headwater.llm.settings import ModelSettings
    from headwater.operations.adopting.report import AdoptPorts
    from headwater.operations.approve import ApprovePorts
    from headwater.operations.build import BuildPorts
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.strength import StrengthPorts
    from headwater.steps.deriving.tools import Tools
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.drafting.drafter import Drafter
    from headwater.targets.interface import Target


def refuse_billing(choice: Choice) -> Choice:
    """The choice, or the one that is not billed where nobody agreed to be."""
    return choice.otherwise or choice


@dataclass(frozen=True, kw_only=True, slots=True)
class Watchers:
    """Who is told of progress: of a build or a draft, and of a model being fetched.

    `choose` is told which model is used and why, once and before the first call, and gives back
    that choice or the one that is not billed.
    """

    build: Observer
    pull: PullObserver
    choose: Callable[[Choice], Choice] = refuse_billing


def list_targets() -> Mapping[str, Target]:
    """Every language that code can be derived for, by name."""
    return {"python": PythonTarget()}


def open_kept_results() -> KeptResults:
    """Where results that follow from documents alone are kept, for all projects of a user."""
    return KeptResults(cache_folder() / "documents.sqlite")


def read_settings(root: Path, overrides: Mapping[str, object]) -> Settings:
    """The settings of a repository; `overrides` come from the command line, by dotted name."""
    # Imported here for start-up cost: `status` and its like have no settings.
    from headwater.config import load_settings  # noqa: PLC0415

    return load_settings(root, overrides=overrides, environment=os.environ)


def wire_build(root: Path, settings: Settings, *, watchers: Watchers) -> BuildPorts:
    """Everything that `build` needs; models and sandbox are opened only when there is work."""
    # Imported here for start-up cost: `status` and its like need neither steps nor models.
    from headwater.operations.build import BuildPorts  # noqa: PLC0415

    settle = cache(partial(_settle_model, settings.model, watchers))
    return BuildPorts(
        targets=list_targets(),
        kept=open_kept_results(),
        open_tools=partial(_open_tools, root, settings, watchers, settle),
        search=settings.search,
        seed=settings.model.seed,
        models=_list_model_names(settings.model),
        open_workbench=partial(open_workbench, settings),
        require_approval=settings.build.require_approval,
        block_suspect=settings.build.block_suspect,
        now=datetime.now(UTC),
    )


def open_workbench(settings: Settings, target: Target) -> Workbench:
    """Where a target's tools run in the sandbox.

    Raises:
        SandboxError: there is no sandbox here.
    """
    # Imported here for start-up cost: most commands start nothing in a sandbox.
    from headwater.sandbox.choose import open_sandbox  # noqa: PLC0415
    from headwater.steps.deriving.workbench import Workbench  # noqa: PLC0415

    return Workbench(target=target, sandbox=open_sandbox(settings.sandbox))


def wire_strength(settings: Settings, *, observer: Observer) -> StrengthPorts:
    """Everything that measuring the strength of examples needs."""
    # Imported here for start-up cost: most commands measure nothing.
    from headwater.operations.strength import StrengthPorts  # noqa: PLC0415

    return StrengthPorts(
        targets=list_targets(),
        kept=open_kept_results(),
        open_workbench=partial(open_workbench, settings),
        observer=observer,
        most=settings.build.mutants,
    )


def wire_drafting(root: Path, settings: Settings, *, watchers: Watchers) -> DraftPorts:
    """Everything that the planning steps need; models are opened only when one is asked."""
    # Imported here for start-up cost: `status` and its like need neither steps nor models.
    from headwater.operations.drafting.ports import DraftPorts  # noqa: PLC0415
    from headwater.workspace.package_index import PackageIndex  # noqa: PLC0415

    settle = cache(partial(_settle_model, settings.model, watchers))
    return DraftPorts(
        targets=list_targets(),
        kept=open_kept_results(),
        open_drafter=partial(_open_drafter, root, settings, watchers, settle),
        rules=settings.rules,
        seed=settings.model.seed,
        today=datetime.now(UTC).date(),
        drafting=settings.draft,
        planning=settings.plan,
        find_facts=PackageIndex(
            url=settings.plan.package_index, timeout=settings.plan.package_timeout
        ).find_facts,
    )


def wire_adopting(root: Path, settings: Settings, *, watchers: Watchers) -> AdoptPorts:
    """Everything that `adopt` needs; models and sandbox are opened only when there is work."""
    # Imported here for start-up cost: `status` and its like adopt nothing.
    from headwater.operations.adopting.report import AdoptPorts  # noqa: PLC0415

    return AdoptPorts(
        drafting=wire_drafting(root, settings, watchers=watchers),
        building=wire_build(root, settings, watchers=watchers),
    )


def wire_workbench(settings: Settings) -> Callable[[Target], Workbench]:
    """Where tests are run for a language, without a model; the sandbox is opened when asked."""

    def open_workbench(target: Target) -> Workbench:
        # Imported here for start-up cost.
        from headwater.sandbox.choose import open_sandbox  # noqa: PLC0415
        from headwater.steps.deriving.workbench import Workbench  # noqa: PLC0415

        return Workbench(target=target, sandbox=open_sandbox(settings.sandbox))

    return open_workbench


def wire_approvals(settings: Settings) -> ApprovePorts:
    """Everything that `approve` needs."""
    # Imported here for start-up cost: `status` and its like approve nothing.
    from headwater.operations.approve import ApprovePorts  # noqa: PLC0415

    return ApprovePorts(
        targets=list_targets(),
        now=datetime.now(UTC),
        rules=settings.rules,
        settings=settings.approve,
        kept=open_kept_results(),
    )


@contextmanager
def _open_drafter(
    root: Path, settings: Settings, watchers: Watchers, settle: Callable[[], ModelSettings]
) -> Iterator[Drafter]:
    from headwater.steps.drafting.drafter import Drafter  # noqa: PLC0415  # for start-up cost

    with _open_models(root, settings, watchers, settle()) as models:
        yield Drafter(
            models=models,
            settings=settings.draft,
            observer=watchers.build,
            seed=settings.model.seed,
        )


@contextmanager
def _open_models(
    root: Path, settings: Settings, watchers: Watchers, model: ModelSettings
) -> Iterator[tuple[Model, ...]]:
    """The ladder of models, answers kept in the repository's own cache and perhaps shared."""
    from headwater.engine.progress import Message  # noqa: PLC0415  # for start-up cost
    from headwater.llm.open import open_model  # noqa: PLC0415  # as above
    from headwater.llm.shared_cache import open_shared_answers  # noqa: PLC0415  # as above

    def warn(text: str) -> None:
        watchers.build.notify(Message(component="shared cache", purpose="warning", text=text))

    shared = open_shared_answers(model.cache, root=root, warn=warn)
    with ExitStack() as opened:
        yield tuple(
            opened.enter_context(
                open_model(
                    replace(model, name=name),
                    observer=watchers.pull,
                    environment=os.environ,
                    cache=root / ".headwater" / "cache" / "answers",
                    shared=shared,
                    frozen=settings.build.frozen,
                    schemes={"scripted": _open_scripted},
                )
            )
            for name in (model.name, *model.ladder)
        )


@contextmanager
def _open_tools(
    root: Path,
    settings: Settings,
    watchers: Watchers,
    settle: Callable[[], ModelSettings],
    target: Target,
) -> Iterator[Tools]:
    # Imported here, since a build with nothing to do, and every other command, needs none of it.
    from headwater.engine.local import LocalEngine  # noqa: PLC0415
    from headwater.steps.deriving.tools import Tools  # noqa: PLC0415

    with _open_models(root, settings, watchers, settle()) as models:
        yield Tools(
            models=models,
            workbench=open_workbench(settings, target),
            engine=LocalEngine(settings.build.workers or _choose_workers(models)),
            observer=watchers.build,
            settings=settings.search,
            seed=settings.model.seed,
        )


def _list_model_names(settings: ModelSettings) -> tuple[str, ...]:
    """The models that the settings name, as locks record them; none where one is to be chosen."""
    if not settings.name:
        return ()
    names = (settings.name, *settings.ladder)
    return tuple(_name_model(name, base_url=settings.base_url) for name in names)


def _name_model(name: str, *, base_url: str) -> str:
    """A model's own name for what the settings call `name`."""
    from headwater.llm.catalog import find_entry  # noqa: PLC0415  # for start-up cost

    scheme, _, rest = name.partition(":")
    if scheme == "embedded":
        return f"embedded:{find_entry(rest).name}"
    if scheme == "scripted":
        return f"scripted:{Path(rest).name}"
    address, _, model = (base_url, "#", name) if base_url else name.partition("#")
    return f"{address.rstrip('/')}#{model}" if model else name


def _settle_model(settings: ModelSettings, watchers: Watchers) -> ModelSettings:
    """The settings with the name of the model that is used first."""
    from headwater.llm.choose import choose_model  # noqa: PLC0415  # for start-up cost

    choice = watchers.choose(choose_model(settings, environment=os.environ))
    return replace(settings, name=choice.name)


def _choose_workers(models: Sequence[Model]) -> int:
    """One job a processor; one in all where the model runs on these processors itself.

    Two searches on the embedded model would take turns in its one slot, and read each other's
    prompts out of its cache.
    """
    embedded = any(model.name.startswith("embedded:") for model in models)
    return 1 if embedded else os.cpu_count() or 1


def _open_scripted(path: str) -> Model:
    from headwater.testing.scripted_model import load_scripted_model  # noqa: PLC0415

    return load_scripted_model(Path(path))
