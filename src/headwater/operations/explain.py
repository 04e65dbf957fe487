"""`headwater explain`: from which sources a derived file was made, by what, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.explain import explain_file
from headwater.operations.locate import locate_path
from headwater.operations.status import state_reasons
from headwater.operations.survey import take_survey
from headwater.operations.trace import count_passed
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.graph.lock import Generator
    from headwater.graph.states import State
    from headwater.operations.status import StatedReason
    from headwater.operations.survey import Survey
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainReport:
    """What is known of one derived file.

    Attributes:
        path: the file, relative to the repository.
        owner: its component (`001/C1`), or its feature (`001`).
        name: the component's name; empty for a feature's file.
        is_code: whether it is code; otherwise it is a test file or support of tests.
        implements: refs that its component implements.
        sources: names of everything that it was derived from.
        generator: what made it; None where no model had a part.
        dependencies: components that its component needs, directly or not.
        dependents: components that need its component, directly or not.
        state: its component's; None when the documents know nothing of it.
        reasons: of the state.
        passed: tests that its component passed as things stand now; None when not verified.
    """

    path: str
    owner: str
    name: str
    is_code: bool
    implements: tuple[str, ...]
    sources: tuple[str, ...]
    generator: Generator | None
    dependencies: tuple[str, ...]
    dependents: tuple[str, ...]
    state: State | None
    reasons: tuple[StatedReason, ...]
    passed: int | None


def explain(
    path: Path, file: Path, *, targets: Mapping[str, Target], kept: KeptResults | None = None
) -> ExplainReport:
    """Explain a derived file.

    Args:
        path: a folder of the repository.
        file: the file, as a path on this machine; it need not be there.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: no lock record names the file, or it lies outside the repository.
    """
    repository = open_repository(path)
    name = locate_path(repository, file)
    survey = take_survey(repository.root, targets=targets, kept=kept)
    lock = survey.lock
    features = {number: found for number in lock.features if (found := lock.find_feature(number))}
    explained = explain_file(
        name,
        index=survey.reading.index,
        components=lock.records,
        features=features,
        states={**survey.states, **survey.feature_states},
    )
    if explained is None:
        raise _refuse(survey, name)
    planned = survey.reading.index.components.get(explained.owner)
    return ExplainReport(
        path=explained.path,
        owner=explained.owner,
        name=planned.name if planned else "",
        is_code=explained.is_code,
        implements=explained.refs,
        sources=explained.sources,
        generator=explained.generator,
        dependencies=explained.dependencies,
        dependents=explained.dependents,
        state=explained.state,
        reasons=state_reasons(explained.reasons),
        passed=count_passed(survey, explained.owner),
    )


def _refuse(survey: Survey, path: str) -> HeadwaterError:
    for ref, planned in survey.reading.index.components.items():
        if path in planned.files:
            return HeadwaterError(
                f"{planned.place}: {path} is planned for {ref} and not derived yet",
                hint="`headwater build` derives it.",
            )
    return HeadwaterError(
        f"expected a derived file, found that no lock record names {path or 'a folder'}",
        hint="What no record names is your own; Headwater never writes it.",
    )
