"""The one commit of an adoption: changed documents, code, tests, record and verifications."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from headwater.graph.lock import BY_HAND, Generator
from headwater.graph.records import verified_path
from headwater.graph.vouching import RECORDED
from headwater.llm.interface import Usage
from headwater.operations.building.accept import Commit, make_component_commit
from headwater.operations.building.hand_edits import ADOPTED, is_behind
from headwater.operations.building.verify import make_verification_commit
from headwater.spec.ids import split_ref
from headwater.steps.deriving.component import Derived
from headwater.steps.deriving.feature import FeatureResult
from headwater.steps.deriving.implement import Implemented
from headwater.steps.deriving.steadiness import measure_diff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.deriving.suites import Suite
    from headwater.targets.interface import Target


def take_given(edit: HandEdit, *, suite: Suite) -> FeatureResult:
    """The edited file as what was derived, without a model."""
    implemented = Implemented(code=edit.text, history=(), model=BY_HAND, usage=Usage())
    derived = Derived(
        ref=edit.component,
        path=edit.path,
        code=edit.text,
        implemented=implemented,
        usage=Usage(),
    )
    return FeatureResult(suite=suite, derived={edit.component: derived})


def describe_person(edit: HandEdit, *, before: str, by: str, now: datetime) -> Generator:
    """What made code that a person wrote."""
    return Generator(
        model=BY_HAND,
        template="",
        parameters={
            "adopted_by": by,
            "adopted": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        diff=str(measure_diff(before, edit.text)),
    )


def make_adoption_commit(
    survey: Survey,
    feature: Feature,
    *,
    edit: HandEdit,
    result: FeatureResult,
    generator: Generator,
    documents: Mapping[str, bytes],
    target: Target,
) -> Commit:
    """The commit that makes an edit what its specification asks for.

    Args:
        survey: of the repository as it will be, documents and code changed.
        feature: its feature, as it will be.
        edit: what was edited.
        result: what is derived of it: the edit itself, or what a model made anew; its tests pass.
        generator: what made that.
        documents: path to new bytes, of those that change.
        target: the feature's language.
    """
    made = make_component_commit(
        result.derived[edit.component],
        survey=survey,
        feature=feature,
        suite=result.suite,
        target=target,
        generator=generator,
    )
    verified = make_verification_commit(
        survey, feature, result=result, commits=[made], removed=frozenset(), target=target
    )
    files = {**documents, **made.files, **verified.files}
    for path in _list_untested(survey, feature, adopted=edit.component):
        files.pop(path, None)
    planned = survey.reading.index.components[edit.component]
    return Commit(
        files=files,
        message=f"Adopt the edit of {planned.name} ({edit.component})",
        trailers={
            **made.trailers,
            RECORDED: verified.trailers[RECORDED],
            ADOPTED: edit.path,
        },
    )


def _list_untested(survey: Survey, feature: Feature, *, adopted: str) -> list[str]:
    """Verifications of components that are yet to be derived: their tests were not run."""
    return [
        verified_path(feature.folder, split_ref(ref)[1])
        for ref in survey.states
        if split_ref(ref)[0] == feature.number and ref != adopted and is_behind(survey, ref)
    ]
