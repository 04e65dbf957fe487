"""Drafts `tasks.md` in Spec Kit's format: tests before code, one component a task, true `[P]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.tasks.ids import ADDS_PACKAGE, WRITES_TESTS, TaskIds
from headwater.steps.tasks.phases import Phase, cut_phases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.spec.model import Component, Plan, Spec
    from headwater.steps.tasks.estimate import Estimator

_EXPLAINED = (
    "Tests made from examples need no model. Tokens are prompt and answer: as recorded where a "
    "component was derived before, else computed from interface, examples and prose."
)
_NEXT = "*Afterwards:*"
"""Parts two waves: what stands above it has to be done before what stands below."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskBrief:
    """What a task list is drafted from.

    Attributes:
        test_files: component to the file that its tests go to; several may share the feature's.
        dependencies: libraries that the plan needs, as it names them.
        ids: gives out task ids.
    """

    spec: Spec
    plan: Plan
    test_files: Mapping[str, str]
    dependencies: Sequence[str]
    estimator: Estimator
    ids: TaskIds


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One task before it has its mark."""

    key: tuple[str, bool]
    story: str
    text: str
    file: str


def draft_tasks(brief: TaskBrief) -> str:
    """The whole document."""
    lines = [
        f"# Tasks: {brief.plan.title}",
        "**Input**: [spec.md](spec.md), [plan.md](plan.md)",
        _EXPLAINED,
    ]
    if brief.dependencies:
        lines += ["## Phase 1: Setup", "\n".join(_render_setup(brief))]
    first = 2 if brief.dependencies else 1
    for number, phase in enumerate(cut_phases(brief.plan.components, brief.spec), first):
        lines.append(f"## Phase {number}: {phase.title}")
        lines += _render_phase(phase, brief)
    return "\n\n".join(lines) + "\n"


def _render_setup(brief: TaskBrief) -> Iterator[str]:
    for name in brief.dependencies:
        text = f"{ADDS_PACKAGE} {name}"
        yield f"- [ ] {brief.ids.find((text, False))} {text}"


def _render_phase(phase: Phase, brief: TaskBrief) -> Iterator[str]:
    """Tests first, then code, level by level; each run of tasks can be done side by side."""
    components = {component.id: component for component in brief.plan.components}
    ordered = [components[one] for level in phase.levels for one in level]
    runs = _part_by_file([_make_tests(one, phase, brief) for one in ordered])
    for level in phase.levels:
        runs.append([_make_code(components[one], phase, brief) for one in level])
    text = ""
    for before, run in zip([[], *runs], runs, strict=False):
        # A task without the mark ends a run by itself.
        marked = len(before) > 1 and len(run) > 1
        text += f"\n\n{_NEXT}\n\n" if marked else "\n" if before else ""
        text += "\n".join(_render_run(run))
    yield text


def _part_by_file(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Runs in which no two tasks write the same file."""
    runs: list[list[_Entry]] = []
    for entry in entries:
        free = next((run for run in runs if entry.file not in {one.file for one in run}), None)
        if free is None:
            runs.append([entry])
        else:
            free.append(entry)
    return runs


def _render_run(run: Sequence[_Entry]) -> Iterator[str]:
    mark = "[P] " if len(run) > 1 else ""
    for entry in run:
        name, _, rest = entry.text.partition(" ")
        yield f"- [ ] {name} {mark}{entry.story}{rest}"


def _make_tests(component: Component, phase: Phase, brief: TaskBrief) -> _Entry:
    file = brief.test_files[component.id]
    tokens = brief.estimator.estimate_tests(component.id)
    return _make(
        component,
        phase,
        brief,
        tests=True,
        what=f"{WRITES_TESTS} of {component.name} in {file}",
        file=file,
        needs=(),
        tokens=tokens,
    )


def _make_code(component: Component, phase: Phase, brief: TaskBrief) -> _Entry:
    own = {one.id for one in brief.plan.components}
    needs = [brief.ids.find((component.id, True))]
    needs += [brief.ids.find((one, False)) for one in component.depends_on if one in own]
    return _make(
        component,
        phase,
        brief,
        tests=False,
        what=f"Implement {component.name} in {component.files[0]}",
        file=component.files[0],
        needs=needs,
        tokens=brief.estimator.estimate_code(component.id),
    )


def _make(
    component: Component,
    phase: Phase,
    brief: TaskBrief,
    *,
    tests: bool,
    what: str,
    file: str,
    needs: Sequence[str],
    tokens: int,
) -> _Entry:
    key = (component.id, tests)
    notes = [", ".join(component.implements), component.id]
    notes += [f"depends on {', '.join(needs)}"] if needs else []
    notes += [f"~{tokens} tokens"] if tokens else []
    return _Entry(
        key=key,
        story=f"[{phase.story}] " if phase.story else "",
        text=f"{brief.ids.find(key)} {what} ({'; '.join(note for note in notes if note)})",
        file=file,
    )
