"""Two components as they were derived, and how things stand after some changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.lock import ComponentRecord, DerivedFile, Generator, Verification
from headwater.graph.states import ComponentState, Present, State, compute_states
from headwater.graph.verification import (
    Conditions,
    find_conditions,
    make_verification,
    read_present_bodies,
)
from tests.graph.builders import component, feature, index_project, project, requirement

if TYPE_CHECKING:
    from headwater.graph.index import Index
    from headwater.spec.model import Problem

REFS = ("001/C1", "001/C2")
INDEX = index_project(
    project(
        feature(
            requirements=[requirement("FR-001"), requirement("FR-002")],
            components=[
                component("C1"),
                component("C2", implements=("FR-002",), depends_on=("C1",)),
            ],
        )
    )
)
SOURCES = {
    "001/C1": {"001/FR-001": "a", "001/C1": "b"},
    "001/C2": {"001/FR-002": "c", "001/C1 interface": "d"},
}


def record(ref: str) -> ComponentRecord:
    """The record of a component as it was derived: code in `src/`, tests in `tests/`."""
    name = ref[-2:].lower()
    return ComponentRecord(
        component=ref,
        sources=SOURCES[ref],
        files=(
            DerivedFile(path=f"src/{name}.py", sha256=f"{name}-code"),
            DerivedFile(path=f"tests/{name}.py", sha256=f"{name}-tests"),
        ),
        interface="i",
        bodies={f"src/{name}.py": f"{name}-body"},
        generator=Generator(model="small", template="1"),
    )


RECORDS: dict[str, ComponentRecord | Problem] = {ref: record(ref) for ref in REFS}
FILES: dict[str, str | None] = {
    file.path: file.sha256 for ref in REFS for file in record(ref).files
}


def present(
    *,
    sources: dict[str, dict[str, str]] | None = None,
    files: dict[str, str | None] | None = None,
    emitter: str = "1",
    models: tuple[str, ...] = (),
    template: str = "",
    bodies: dict[str, str] | None = None,
    verified: bool = True,
) -> Present:
    """How things stand after some changes, with the verifications from before them."""
    records = {ref: record(ref) for ref in REFS}
    files = files if files is not None else FILES

    def conditions(emitter: str, present_files: dict[str, str | None]) -> dict[str, Conditions]:
        found = read_present_bodies(
            records.values(), present_files, digest_file=lambda path: (bodies or {}).get(path, "")
        )
        return {
            ref: find_conditions(
                ref,
                index=INDEX,
                records=records,
                bodies=found,
                tests={f"tests/{ref}": "t"},
                emitter=emitter,
                toolchain="python",
                articles="",
            )
            for ref in REFS
        }

    before, now = conditions("1", FILES), conditions(emitter, files)
    lines: dict[str, tuple[Verification, ...]] = {
        ref: (make_verification(before[ref], passed=1),) if verified else () for ref in REFS
    }
    return Present(
        sources=sources or SOURCES,
        files=files,
        conditions=now,
        verifications=lines,
        models=models,
        template=template,
    )


def states(
    now: Present,
    *,
    index: Index = INDEX,
    records: dict[str, ComponentRecord | Problem] | None = None,
) -> dict[str, tuple[State, list[str]]]:
    computed = compute_states(index, records if records is not None else RECORDS, now)
    return {ref: _show(state) for ref, state in computed.items()}


def _show(state: ComponentState) -> tuple[State, list[str]]:
    return state.state, [str(reason) for reason in state.reasons]


FRESH = (State.FRESH, list[str]())
