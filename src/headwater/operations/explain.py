"""`headwater explain`: why something is there, and whether it may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError, UsageError
from headwater.graph.explain import explain_file
from headwater.graph.items_at import find_article, find_item_in_feature
from headwater.graph.records import LOCK_FOLDER
from headwater.operations.standing.connect import connect_reading, list_test_files
from headwater.operations.standing.locate import locate_path
from headwater.operations.standing.survey import take_survey
from headwater.operations.status import state_reasons
from headwater.operations.trace import count_passed, trace_node
from headwater.operations.tracing.explain_code import explain_definition, explain_refs
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.files import read_file
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.graph.explain import Explanation
    from headwater.graph.lock import Generator
    from headwater.graph.states import State
    from headwater.operations.standing.component_status import StatedReason
    from headwater.operations.standing.survey import Survey
    from headwater.operations.tracing.explain_code import ExplainedDefinition, ExplainedRef
    from headwater.operations.tracing.trace_report import TracedItem
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


class Answer(Enum):
    """Whether a person may change something, and why."""

    DERIVED = "no: it is derived; change what it comes from and build"
    RECORD = "no: it is a record that builds write"
    PLANNED = "not by hand: a plan names it, and a build derives it"
    SOURCE = "yes: it is a source; what follows from it is derived by the next build"
    OWN = "yes: it is your own; no record names it, and Headwater never writes it"


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedFile:
    """What the lock knows of a derived file.

    Attributes:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainReport:
    """Why something is there.

    Attributes:
        path: the file, relative to the repository.
        line: the line that was asked for; 0 for the whole file.
        answer: whether it may be changed.
        derived: where it is derived, what it was derived from.
        definition: the function or class at the line of derived code.
        refs: what it serves, or the item at the line of a document; where to change it.
        items: what came of the item at the line of a document.
    """

    path: str
    line: int
    answer: Answer
    derived: ExplainedFile | None = None
    definition: ExplainedDefinition | None = None
    refs: tuple[ExplainedRef, ...] = ()
    items: tuple[TracedItem, ...] = ()


def explain(
    path: Path,
    file: Path,
    *,
    targets: Mapping[str, Target],
    line: int = 0,
    kept: KeptResults | None = None,
) -> ExplainReport:
    """Explain a file of the repository, or what stands at one of its lines.

    Args:
        path: a folder of the repository.
        file: the file, as a path on this machine; a derived one need not be there.
        targets: languages that can be derived for, by name.
        line: from 1; 0 for the whole file.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: there is no such file, or it lies outside the repository.
        UsageError: the file has no such line.
    """
    repository = open_repository(path)
    name = locate_path(repository, file)
    survey = take_survey(repository.root, targets=targets, kept=kept)
    found = _find_derived(survey, name)
    if found is not None:
        return _explain_derived(survey, found, line=line)
    reading = survey.reading
    tests = dict(list_test_files(reading.summaries.values(), targets=targets))
    for ref, planned in reading.index.components.items():
        if name in {*planned.files, tests.get(ref)}:
            refs = explain_refs(survey, (ref, *planned.implements))
            return ExplainReport(path=name, line=line, answer=Answer.PLANNED, refs=refs)
    _refuse_absent(repository.root, name, line=line)
    if name in survey.reading.documents:
        return _explain_document(survey, name, line=line)
    answer = Answer.RECORD if f"/{LOCK_FOLDER}/" in name else Answer.OWN
    return ExplainReport(path=name, line=line, answer=answer)


def _find_derived(survey: Survey, path: str) -> Explanation | None:
    lock = survey.lock
    features = {number: found for number in lock.features if (found := lock.find_feature(number))}
    return explain_file(
        path,
        index=survey.reading.index,
        components=lock.records,
        features=features,
        states={**survey.states, **survey.feature_states},
    )


def _explain_derived(survey: Survey, found: Explanation, *, line: int) -> ExplainReport:
    definition = None
    refs = found.refs
    if line:
        _refuse_absent(survey.reading.root, found.path, line=line)
    if line and found.is_code:
        definition = explain_definition(survey, owner=found.owner, path=found.path, line=line)
        refs = _order_refs(definition, own=found.refs) if definition else refs
    planned = survey.reading.index.components.get(found.owner)
    derived = ExplainedFile(
        owner=found.owner,
        name=planned.name if planned else "",
        is_code=found.is_code,
        implements=found.refs,
        sources=found.sources,
        generator=found.generator,
        dependencies=found.dependencies,
        dependents=found.dependents,
        state=found.state,
        reasons=state_reasons(found.reasons),
        passed=count_passed(survey, found.owner),
    )
    return ExplainReport(
        path=found.path,
        line=line,
        answer=Answer.DERIVED,
        derived=derived,
        definition=definition,
        refs=explain_refs(survey, refs),
    )


def _order_refs(definition: ExplainedDefinition, *, own: tuple[str, ...]) -> tuple[str, ...]:
    """What its tests stand for, what its component implements first; else all of the latter."""
    tested = dict.fromkeys(test.ref for test in definition.tests)
    return tuple(sorted(tested, key=lambda ref: ref not in own)) or own


def _explain_document(survey: Survey, path: str, *, line: int) -> ExplainReport:
    ref = _find_item(survey, path, line) if line else ""
    items: tuple[TracedItem, ...] = ()
    if ref:
        network = connect_reading(survey.reading, survey.lock)
        items = trace_node(survey, network, node=ref)
    return ExplainReport(
        path=path,
        line=line,
        answer=Answer.SOURCE,
        refs=explain_refs(survey, (ref,) if ref else ()),
        items=items,
    )


def _find_item(survey: Survey, path: str, line: int) -> str:
    reading = survey.reading
    if path == CONSTITUTION_PATH:
        return find_article(reading.constitution, line=line) if reading.constitution else ""
    for summary in reading.summaries.values():
        if path in summary.documents:
            feature = reading.find_feature(summary.number)
            return find_item_in_feature(feature, path=path, line=line)
    return ""


def _refuse_absent(root: Path, path: str, *, line: int) -> None:
    """Refuse what is no file, and a line that the file does not have."""
    if not path or (root / path).is_dir():
        raise HeadwaterError(
            f"expected a file, found the folder {path or 'of the repository itself'}",
            hint="Name a file in it, such as `src/wallet/ledger.py:12`.",
        )
    # Without a line only its being there counts, however large it is.
    lines = len(read_file(root, path, limit=-1 if line else 0).splitlines())
    if line > lines:
        raise UsageError(
            f"expected a line of {path}, which has {lines}, found {line}",
            hint=f"Without a line, `headwater explain {path}` explains the whole file.",
        )
