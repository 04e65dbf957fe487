"""The state of every component: what its record says against what is there now, and why.

Where several states hold, the first of `State` wins, and its reasons name the others' too, so that
a component that was edited by hand and whose sources changed is edited, for both reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from headwater.graph.lock import BY_HAND
from headwater.spec.ids import split_ref
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from headwater.graph.index import Index
    from headwater.graph.lock import ComponentRecord, DerivedFile, FeatureRecord, Verification
    from headwater.graph.verification import Conditions


class State(Enum):
    """What a component is, most pressing first (docs/design.md, section 5)."""

    CONFLICTED = "conflicted"
    EDITED = "edited"
    ORPHANED = "orphaned"
    MISSING = "missing"
    STALE = "stale"
    UNVERIFIED = "unverified"
    UPGRADEABLE = "upgradeable"
    FRESH = "fresh"


class Change(Enum):
    """What happened to the subject of a reason, as words that follow it."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    EDITED = "edited by hand"
    REFORMATTED = "reformatted by hand (means the same)"
    ACCEPTED = "accepted as it was edited"
    GONE = "gone"
    RETIRED = "retired"
    NEVER_DERIVED = "never derived"
    NEVER_VERIFIED = "never verified"
    NEWER = "no longer what is configured"
    UNREADABLE = "unreadable"


class Retirable(Protocol):
    """Something that can be retired and still stand there."""

    @property
    def retired(self) -> bool:
        """Whether it is."""


def find_change(before: Retirable | None, now: Retirable | None) -> Change:
    """What became of something between two states; None where it is not there."""
    if now is None:
        return Change.REMOVED
    if before is None:
        return Change.ADDED
    return Change.RETIRED if now.retired and not before.retired else Change.CHANGED


class Reason(NamedTuple):
    """One reason of a state: `001/FR-003` changed, `src/a.py` edited by hand."""

    change: Change
    subject: str

    def __str__(self) -> str:
        return f"{self.subject} {self.change.value}"


class ComponentState(NamedTuple):
    """A component's state. `problem` tells how to settle a conflicted one."""

    component: str
    state: State
    reasons: tuple[Reason, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """How things stand now, apart from the documents' structure.

    Attributes:
        sources: as `list_sources` gives them.
        files: path to the sha256 of what is on disk; None, or no entry, where there is nothing.
        conditions: of verification, by component; one without is not verified.
        verifications: the lines of each component's file.
        bodies: digest of the syntax that each code file has now, where that is known.
        accepted: path of each file that stands as a person edited it, by an accepted deviation.
        models: the configured models; a component made by another is upgradeable. Empty: unknown.
        template: version of the prompts. Empty: unknown.
    """

    sources: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str | None]
    conditions: Mapping[str, Conditions] = field(default_factory=dict)
    verifications: Mapping[str, Sequence[Verification]] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    accepted: Collection[str] = ()
    models: Collection[str] = ()
    template: str = ""


def compute_states(
    index: Index, records: Mapping[str, ComponentRecord | Problem], present: Present
) -> dict[str, ComponentState]:
    """The state of every planned component, in plan order, then of records without a component.

    Args:
        index: of the project.
        records: what the lock holds, by component; a problem where it cannot be read.
        present: how things stand now.
    """
    refs = dict.fromkeys((*index.components, *records))
    return {ref: _compute_state(ref, index, records.get(ref), present) for ref in refs}


def compute_feature_states(
    records: Mapping[str, FeatureRecord | Problem], files: Mapping[str, str | None]
) -> dict[str, ComponentState]:
    """The state of every feature's own files (feature tests, support), by feature number.

    Only conflicted, edited, missing and fresh are possible: these files need no model.
    """
    states = {}
    for feature, record in records.items():
        if isinstance(record, Problem):
            states[feature] = _report_conflict(feature, record)
            continue
        edited, gone = _compare_files(record.files, Present(sources={}, files=files))
        state = State.EDITED if edited else State.MISSING if gone else State.FRESH
        states[feature] = ComponentState(component=feature, state=state, reasons=(*edited, *gone))
    return states


def compare_sources(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[Reason, ...]:
    """What was added to, changed in, or removed from the sources; by name within each."""
    added = [Reason(change=Change.ADDED, subject=name) for name in sorted(now.keys() - then.keys())]
    changed = [
        Reason(change=Change.CHANGED, subject=name)
        for name in sorted(now.keys() & then.keys())
        if now[name] != then[name]
    ]
    removed = [
        Reason(change=Change.REMOVED, subject=name) for name in sorted(then.keys() - now.keys())
    ]
    return (*changed, *added, *removed)


def _compute_state(
    ref: str, index: Index, record: ComponentRecord | Problem | None, present: Present
) -> ComponentState:
    if isinstance(record, Problem):
        return _report_conflict(ref, record)
    orphaned = _find_orphaned(ref, index)
    if record is None:
        never = Reason(change=Change.NEVER_DERIVED, subject=ref)
        state = State.ORPHANED if orphaned else State.STALE
        return ComponentState(component=ref, state=state, reasons=orphaned or (never,))
    edited, gone = _compare_files(record.files, present, bodies=record.bodies)
    code_gone = [reason for reason in gone if reason.subject in record.bodies]
    tests_gone = [reason for reason in gone if reason.subject not in record.bodies]
    found: dict[State, Iterable[Reason]] = {
        State.EDITED: edited,
        State.ORPHANED: orphaned,
        # A test file that is gone is written again without a model.
        State.MISSING: code_gone,
        State.STALE: () if orphaned else _find_stale(ref, index, record, present),
    }
    if not any(found.values()):
        found[State.UNVERIFIED] = (*tests_gone, *_find_unverified(ref, present))
        found[State.UPGRADEABLE] = _find_newer(record, present)
    reached = [state for state, reasons in found.items() if reasons]
    reasons = tuple(reason for state in reached for reason in found[state])
    state = reached[0] if reached else State.FRESH
    if state in {State.FRESH, State.UPGRADEABLE}:
        reasons += tuple(_list_accepted(record, present))
    return ComponentState(component=ref, state=state, reasons=reasons)


def _report_conflict(ref: str, problem: Problem) -> ComponentState:
    reason = Reason(change=Change.UNREADABLE, subject=problem.place.path)
    return ComponentState(component=ref, state=State.CONFLICTED, reasons=(reason,), problem=problem)


def _compare_files(
    recorded: Sequence[DerivedFile], present: Present, *, bodies: Mapping[str, str] | None = None
) -> tuple[list[Reason], list[Reason]]:
    """Files edited by hand, and files gone; `bodies` are the recorded digests of their syntax."""
    edited, gone = [], []
    for file in recorded:
        found = present.files.get(file.path)
        if found is None:
            gone.append(Reason(change=Change.GONE, subject=file.path))
        elif found != file.sha256 and file.path not in present.accepted:
            body = (bodies or {}).get(file.path)
            same = body is not None and body == present.bodies.get(file.path)
            change = Change.REFORMATTED if same else Change.EDITED
            edited.append(Reason(change=change, subject=file.path))
    return edited, gone


def _list_accepted(record: ComponentRecord, present: Present) -> Iterable[Reason]:
    """Files that stand as a person edited them: no reason to do anything, but worth knowing."""
    paths = (file.path for file in record.files if file.path in present.accepted)
    return (Reason(change=Change.ACCEPTED, subject=path) for path in paths)


def _find_orphaned(ref: str, index: Index) -> tuple[Reason, ...]:
    """Why nothing asks for the component any more; a plan that cannot be read proves nothing."""
    if ref in index.components:
        retired = index.components[ref].implements if index.is_retired(ref) else ()
        return tuple(Reason(change=Change.RETIRED, subject=source) for source in retired)
    if split_ref(ref)[0] in index.plans:
        return (Reason(change=Change.REMOVED, subject=ref),)
    return ()


def _find_stale(
    ref: str, index: Index, record: ComponentRecord, present: Present
) -> tuple[Reason, ...]:
    if ref not in index.components:
        return (Reason(change=Change.GONE, subject=f"{split_ref(ref)[0]}/plan"),)
    return compare_sources(record.sources, present.sources.get(ref, {}))


def _find_unverified(ref: str, present: Present) -> tuple[Reason, ...]:
    # Imported here for start-up cost: states are named where none is computed.
    from headwater.graph.verification import explain_unverified  # noqa: PLC0415

    conditions = present.conditions.get(ref)
    lines = present.verifications.get(ref, ())
    changed = explain_unverified(lines, conditions) if conditions else None
    if changed is None:
        return (Reason(change=Change.NEVER_VERIFIED, subject=ref),)
    return tuple(Reason(change=Change.CHANGED, subject=subject) for subject in changed)


def _find_newer(record: ComponentRecord, present: Present) -> tuple[Reason, ...]:
    made = record.generator
    reasons: list[Reason] = []
    if made.model == BY_HAND:
        return ()  # a person wrote it: no model and no prompt is newer than that
    if present.models and made.model not in present.models:
        reasons.append(Reason(change=Change.NEWER, subject=f"the model {made.model}"))
    if present.template and made.template != present.template:
        reasons.append(Reason(change=Change.NEWER, subject=f"the prompt template {made.template}"))
    return tuple(reasons)
