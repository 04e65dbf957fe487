"""Components and test units from short Markdown, and real runs of what the target emits."""

from __future__ import annotations

import hashlib
import subprocess
from typing import TYPE_CHECKING

from headwater.graph.units import TestUnit
from headwater.spec.model import Component, Place, Severity, Source, Span
from headwater.spec.read_spec import read_spec
from headwater.targets.python.target import PythonTarget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from headwater.graph.units import WrittenTest
    from headwater.spec.examples import ExampleTable, Row
    from headwater.targets.interface import Target, TestFile, TestResult, ToolCommand

TARGET: Target = PythonTarget()
FEATURE = "001-demo"
SPEC = "specs/001-demo/spec.md"
PLAN = "specs/001-demo/plan.md"


def component(
    interface: str,
    *,
    path: str = "src/demo.py",
    number: int = 1,
    commands: Mapping[str, tuple[str, ...]] | None = None,
    language: str = "python",
) -> Component:
    """A component whose interface block starts at line 11 of the plan."""
    return Component(
        id=f"C{number}",
        name="demo",
        files=(path,),
        implements=("FR-001",),
        depends_on=(),
        commands=commands or {},
        responsibility="",
        interface=interface,
        interface_place=Place(path=PLAN, line=11),
        language=language,
        text="",
        span=Span(start=0, end=1),
        place=Place(path=PLAN, line=5),
    )


def units_of(tables: str, *components: Component) -> list[TestUnit]:
    """The units of example tables, which stand under FR-001 unless they name another item.

    Raises:
        AssertionError: the tables have an error.
    """
    text = f"# Feature\n\n## Requirements\n\n- **FR-001**: It works.\n\n{tables}\n"
    spec = read_spec(Source(path=SPEC, data=text.encode()))
    found = [table for item in spec.requirements for table in item.tables]
    found += [t for story in spec.stories for item in story.scenarios for t in item.tables]
    problems = [*spec.problems, *(problem for table in found for problem in table.problems)]
    assert not [problem for problem in problems if problem.severity is Severity.ERROR], problems
    assert found
    touches = tuple(by_ref(*components))
    return [
        _unit_of(table, rows, touches)
        for table in found
        for rows in ([table.rows] if table.sequence else [(row,) for row in table.rows])
    ]


def _unit_of(table: ExampleTable, rows: tuple[Row, ...], touches: tuple[str, ...]) -> TestUnit:
    cells = "\n".join(cell for row in rows for cell in row.cells)
    digest = hashlib.sha256(cells.encode()).hexdigest()
    return TestUnit(
        key=f"{table.owner}-{digest[:8]}",
        ref=f"001/{table.owner}",
        kind=table.kind,
        rows=rows,
        digest=digest,
        touches=touches,
        owner=touches[0],
        exempt=False,
        place=rows[0].place,
    )


def emit(
    tables: str, *components: Component, written: Sequence[WrittenTest] = (), owner: str = "C1"
) -> TestFile:
    """The test file of these tables."""
    units = units_of(tables, *components) if tables else []
    return TARGET.emit_tests(
        TARGET.test_path(FEATURE, owner),
        units=units,
        written=written,
        components=by_ref(*components),
    )


def by_ref(*components: Component) -> dict[str, Component]:
    """`001/C1` and so on."""
    return {f"001/{item.id}": item for item in components}


def run_tests(
    folder: Path, test_file: TestFile, files: Mapping[str, str], *, seconds: float = 60
) -> list[TestResult]:
    """Run an emitted file against code by the target's own command, in `folder`."""
    texts = {**TARGET.emit_support(FEATURE), **files, test_file.path: test_file.text}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    run_tool(TARGET.test_command([test_file.path]), folder, seconds=seconds)
    report = folder / TARGET.report_path
    text = report.read_text(encoding="utf-8") if report.exists() else ""
    return list(TARGET.read_results(text, files=[test_file]))


def run_tool(
    tool: ToolCommand, folder: Path, *, seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run a tool's command in `folder` with its environment and nothing else."""
    try:
        return subprocess.run(
            tool.arguments,
            cwd=folder,
            env=dict(tool.environment),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(tool.arguments, -9)


def outcomes(results: Sequence[TestResult]) -> list[tuple[str, str]]:
    """Verdict and message of each, in order."""
    return [(result.verdict.value, result.message) for result in results]
