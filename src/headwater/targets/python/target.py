"""The target `python`: every concern of it behind the one seam."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.python import facts, interface, layout, syntax
from headwater.targets.python.mutation import PythonMutation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.facts import CodeFacts, CodeInterface, Coverage, Definition
    from headwater.graph.units import TestUnit, WrittenTest
    from headwater.spec.model import Component, Problem
    from headwater.targets.interface import Platform, TestFile, TestResult, ToolCommand
    from headwater.targets.outcome import Outcome
    from headwater.targets.sketch import InterfaceSketch


@dataclass(frozen=True, kw_only=True, slots=True)
class PythonTarget(PythonMutation):
    """Implements `headwater.targets.interface.Target`, where each method is described.

    What only a build needs is imported where it is used, so that other commands start at once.
    """

    name: str = "python"
    emitter_version: str = "python-1"
    report_path: str = layout.REPORT
    suffix: str = ".py"
    scanner: str = "bandit"

    @property
    def toolchain(self) -> str:
        """`python 3.11.7, pytest 9.2.0, ruff 0.17.6`, asked of no process."""
        from importlib.metadata import version  # noqa: PLC0415

        tools = (f"{tool} {version(tool)}" for tool in ("pytest", "ruff"))
        return ", ".join([f"python {platform.python_version()}", *tools])

    def read_interface(self, component: Component) -> CodeInterface:
        """See `Syntax.read_interface`."""
        return interface.read_interface(component)

    def digest_body(self, code: str) -> str:
        """See `Syntax.digest_body`."""
        return syntax.digest_body(code)

    def digest_interface(self, code: str) -> str:
        """See `Syntax.digest_interface`."""
        return syntax.digest_interface(code)

    def read_facts(self, code: str, *, path: str) -> CodeFacts:
        """See `Syntax.read_facts`."""
        return facts.read_facts(code, path=path)

    def read_definitions(self, code: str) -> Sequence[Definition]:
        """See `Syntax.read_definitions`."""
        from headwater.targets.python import definitions  # noqa: PLC0415

        return definitions.read_definitions(code)

    def locate_module(self, name: str) -> Sequence[str]:
        """See `Target.locate_module`."""
        return layout.locate_module(name)

    def describe(self) -> Platform:
        """See `Target.describe`."""
        from headwater.targets.interface import Platform  # noqa: PLC0415

        # The least that runs this program, so that the same plan comes out on every machine.
        return Platform(
            language="Python 3.11",
            testing="pytest",
            started="The words of the command are `sys.argv[1:]`; nothing is asked with `input()`. "
            "`main` prints the result and returns the exit code.",
        )

    def is_name(self, text: str) -> bool:
        """See `Target.is_name`."""
        from headwater.targets.python import declare  # noqa: PLC0415

        return declare.is_name(text)

    def plan_file(self, package: str, name: str) -> str:
        """See `Target.plan_file`."""
        from headwater.targets.python import declare  # noqa: PLC0415

        return declare.plan_file(package, name)

    def start_command(self, path: str) -> str:
        """See `Target.start_command`."""
        from headwater.targets.python import declare  # noqa: PLC0415

        return declare.start_command(path)

    def write_interface(self, sketch: InterfaceSketch) -> str:
        """See `Target.write_interface`."""
        from headwater.targets.python import declare  # noqa: PLC0415

        return declare.write_interface(sketch)

    def test_folder(self, feature: str) -> str:
        """See `Target.test_folder`."""
        return layout.test_folder(feature)

    def test_path(self, feature: str, component: str) -> str:
        """See `Target.test_path`."""
        return layout.test_path(feature, component)

    def emit_support(self, feature: str) -> Mapping[str, str]:
        """See `Target.emit_support`."""
        from headwater.targets.python import support  # noqa: PLC0415

        return support.emit_support(feature)

    def emit_tests(
        self,
        path: str,
        *,
        units: Sequence[TestUnit],
        written: Sequence[WrittenTest],
        components: Mapping[str, Component],
    ) -> TestFile:
        """See `Target.emit_tests`."""
        from headwater.targets.python import emit  # noqa: PLC0415

        return emit.emit_tests(path, units=units, written=written, components=components)

    def emit_probes(
        self, path: str, *, units: Sequence[TestUnit], components: Mapping[str, Component]
    ) -> TestFile:
        """See `Target.emit_probes`."""
        from headwater.targets.python import probes  # noqa: PLC0415

        return probes.emit_probes(path, units=units, components=components)

    def read_outcomes(self, result: TestResult, *, named: Iterable[str]) -> tuple[Outcome, ...]:
        """See `Target.read_outcomes`."""
        from headwater.targets.python import probes  # noqa: PLC0415

        return probes.read_outcomes(result, named=named)

    def write_outline(self, component: Component, *, dependencies: Sequence[Component]) -> str:
        """See `Target.write_outline`."""
        from headwater.targets.python import outline  # noqa: PLC0415

        return outline.write_outline(component, dependencies=dependencies)

    def render_examples(
        self, units: Sequence[TestUnit], *, components: Mapping[str, Component]
    ) -> str:
        """See `Target.render_examples`."""
        from headwater.targets.python import doctests  # noqa: PLC0415

        return doctests.render_examples(units, components=components)

    def emit_stub(self, component: Component) -> Mapping[str, str]:
        """See `Target.emit_stub`."""
        from headwater.targets.python import stub  # noqa: PLC0415

        return stub.emit_stub(component)

    def extract_code(self, component: Component, answer: str) -> str:
        """See `Target.extract_code`."""
        from headwater.targets.python import answer as answers  # noqa: PLC0415
        from headwater.targets.python import declarations  # noqa: PLC0415

        declared = declarations.read_declarations(component)
        return answers.extract_code(answer, wanted=declarations.public_names(declared))

    def extract_test(self, answer: str, *, name: str) -> str:
        """See `Target.extract_test`."""
        from headwater.targets.python import written  # noqa: PLC0415

        return written.extract_test(answer, name=name)

    def check_test(self, code: str, *, name: str) -> Sequence[Problem]:
        """See `Target.check_test`."""
        from headwater.targets.python import written  # noqa: PLC0415

        return written.check_test(code, name=name)

    def find_touched(self, code: str, *, components: Mapping[str, Component]) -> tuple[str, ...]:
        """See `Target.find_touched`."""
        from headwater.targets.python import written  # noqa: PLC0415

        return written.find_touched(code, components=components)

    def open_test(self, name: str, *, components: Sequence[Component]) -> str:
        """See `Target.open_test`."""
        from headwater.targets.python import declarations  # noqa: PLC0415

        imports = "\n".join(declarations.write_import_line(component) for component in components)
        return f"{imports}\n\n\ndef {name}() -> None:\n    "

    def take_functions(self, base: str, *, donor: str, names: Sequence[str]) -> str:
        """See `Target.take_functions`."""
        from headwater.targets.python import merge  # noqa: PLC0415

        return merge.take_functions(base, donor=donor, names=names)

    def finish_file(
        self, component: Component, code: str, *, dependencies: Sequence[Component] = ()
    ) -> str:
        """See `Target.finish_file`."""
        from headwater.targets.python import finish  # noqa: PLC0415

        return finish.finish_file(component, code, dependencies=dependencies)

    def check_file(self, component: Component, code: str, *, path: str) -> Sequence[Problem]:
        """See `Target.check_file`."""
        from headwater.targets.python import check  # noqa: PLC0415

        return check.check_file(component, code, path=path)

    def revise_interface(self, component: Component, code: str) -> str:
        """See `Target.revise_interface`."""
        from headwater.targets.python import revise  # noqa: PLC0415

        return revise.revise_interface(component, code)

    def format_command(self, paths: Sequence[str]) -> ToolCommand:
        """See `Target.format_command`."""
        from headwater.targets.python import commands  # noqa: PLC0415

        return commands.format_command(paths)

    def lint_command(self, paths: Sequence[str]) -> ToolCommand:
        """See `Target.lint_command`."""
        from headwater.targets.python import commands  # noqa: PLC0415

        return commands.lint_command(paths)

    def read_lint(self, output: str) -> Sequence[Problem]:
        """See `Target.read_lint`."""
        from headwater.targets.python import commands  # noqa: PLC0415

        return commands.read_lint(output)

    def scan_command(self, paths: Sequence[str]) -> ToolCommand | None:
        """See `Target.scan_command`."""
        from headwater.targets.python import scan  # noqa: PLC0415

        return scan.scan_command(paths)

    def read_scan(self, output: str) -> Sequence[Problem]:
        """See `Target.read_scan`."""
        from headwater.targets.python import scan  # noqa: PLC0415

        return scan.read_scan(output)

    def test_command(self, paths: Sequence[str], *, measured: Sequence[str] = ()) -> ToolCommand:
        """See `Target.test_command`."""
        from headwater.targets.python import commands  # noqa: PLC0415

        return commands.test_command(paths, measured=measured)

    def read_results(self, report: str, *, files: Sequence[TestFile]) -> Sequence[TestResult]:
        """See `Target.read_results`."""
        from headwater.targets.python import results  # noqa: PLC0415

        return results.read_results(report, files=files)

    def read_coverage(self, report: str) -> Mapping[str, Coverage]:
        """See `Target.read_coverage`."""
        from headwater.targets.python import results  # noqa: PLC0415

        return results.read_coverage(report)
