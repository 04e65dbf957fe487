"""What a target language must do: read interfaces, emit tests and stubs, judge files.

A target turns values into values: it computes files and commands, and never starts a process.
`headwater.steps` runs its commands in the sandbox and gives it back what they wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from headwater.graph.facts import Syntax
from headwater.targets.mutation import Mutation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from headwater.graph.facts import Coverage
    from headwater.graph.units import TestUnit, WrittenTest
    from headwater.spec.model import Component, Problem
    from headwater.targets.outcome import Outcome
    from headwater.targets.sketch import InterfaceSketch


@dataclass(frozen=True, kw_only=True, slots=True)
class TestFile:
    """An emitted test file; `tests` maps each unit's key to the runner's name for it.

    For pytest that is the node id, `tests/001_wallet/test_c1.py::test_fr_001[FR-001-1f9a03c2]`.
    """

    __test__ = False

    path: str
    text: str
    tests: Mapping[str, str]


class Verdict(Enum):
    """How one test ended."""

    PASSED = "passed"
    FAILED = "failed"  # an assertion did not hold, or the wrong error was raised
    ERROR = "error"  # the test broke by its own fault: import, fixture, syntax
    STUB = "stub"  # the stub was reached: the right kind of red before there is code
    MISSING = "missing"  # it never reported: the run crashed or was ended before


@dataclass(frozen=True, kw_only=True, slots=True)
class TestResult:
    """One test's verdict. `message` is short, located and fit to be shown to a model."""

    __test__ = False

    key: str
    verdict: Verdict
    message: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolCommand:
    """A command to run in the folder that holds the files, and what it needs to read."""

    arguments: tuple[str, ...]
    readable: tuple[Path, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """What a plan says of a language.

    Attributes:
        language: its name and version, `Python 3.11`.
        testing: the test runner, `pytest`.
        started: how a program gets at the words of its command, and what it has to do with its
            exit code; sentences for the responsibility of a component with a **Command**.
    """

    language: str
    testing: str
    started: str


class Target(Syntax, Mutation, Protocol):
    """A language that code is derived for."""

    @property
    def name(self) -> str:
        """`python`."""
        ...

    @property
    def emitter_version(self) -> str:
        """Changes when the same examples would make different tests."""
        ...

    @property
    def toolchain(self) -> str:
        """Compiler or interpreter and test runner, with versions: `python 3.11.7, pytest 9.2.0`."""
        ...

    @property
    def suffix(self) -> str:
        """What the names of its files end in: `.py`."""
        ...

    def locate_module(self, name: str) -> Sequence[str]:
        """Where the project's own module with this name would be, and the packages it stands in.

        A name from a module may be given as well: it is located as the module that it may be.
        """
        ...

    def describe(self) -> Platform:
        """The language's version and its test runner, for a new plan."""
        ...

    def is_name(self, text: str) -> bool:
        """Whether a function, a parameter or a module may be called so."""
        ...

    def plan_file(self, package: str, name: str) -> str:
        """Where the module of a package goes: `src/wallet/ledger.py`."""
        ...

    def start_command(self, path: str) -> str:
        """What starts a planned file as a program: `python -m wallet.cli`."""
        ...

    def write_interface(self, sketch: InterfaceSketch) -> str:
        """A sketch as the interface block of a plan."""
        ...

    def test_folder(self, feature: str) -> str:
        """Where the tests of the feature `001-wallet` go: `tests/001_wallet`."""
        ...

    def test_path(self, feature: str, component: str) -> str:
        """The test file of a component (`C1`), or of the feature itself (empty)."""
        ...

    def emit_support(self, feature: str) -> Mapping[str, str]:
        """Files that the emitted tests share, path to text."""
        ...

    def emit_tests(
        self,
        path: str,
        *,
        units: Sequence[TestUnit],
        written: Sequence[WrittenTest],
        components: Mapping[str, Component],
    ) -> TestFile:
        """The test file for these units; `components` maps refs to every one they touch.

        Raises:
            HeadwaterError: a value does not fit the declared type, with the row's place.
        """
        ...

    def emit_probes(
        self, path: str, *, units: Sequence[TestUnit], components: Mapping[str, Component]
    ) -> TestFile:
        """A test file that tells what rows come to, which `read_outcomes` reads.

        Args:
            path: where it goes: into the test folder of the feature, whose support it needs.
            units: what to do. One whose values do not fit the declared types is left out of the
                file's `tests`.
            components: refs to every component that they touch.
        """
        ...

    def read_outcomes(self, result: TestResult, *, named: Iterable[str]) -> tuple[Outcome, ...]:
        """What a probe told of each row, up to one that failed; `named` are errors to know."""
        ...

    def write_outline(self, component: Component, *, dependencies: Sequence[Component]) -> str:
        """The file that a model is asked to complete: imports, and signatures without bodies."""
        ...

    def render_examples(
        self, units: Sequence[TestUnit], *, components: Mapping[str, Component]
    ) -> str:
        """Examples as a model of this language reads them best, for prompts."""
        ...

    def emit_stub(self, component: Component) -> Mapping[str, str]:
        """Files with the interface's types, constants and errors whole, and a signal for the rest.

        The signal is no `Exception`, and leaves a mark that a lost exit code cannot hide.
        """
        ...

    def extract_code(self, component: Component, answer: str) -> str:
        """The component's code in a model's answer; as much as parses of one that was cut off."""
        ...

    def extract_test(self, answer: str, *, name: str) -> str:
        """The one test function `name` in a model's answer, without imports; empty when absent."""
        ...

    def check_test(self, code: str, *, name: str) -> Sequence[Problem]:
        """What is wrong with a test that a model wrote, seen without running it.

        It must parse, take no fixture, assert something, and expect no error so general that
        anything raises it.
        """
        ...

    def find_touched(self, code: str, *, components: Mapping[str, Component]) -> tuple[str, ...]:
        """Refs of the components whose declared names a test uses, in the order given."""
        ...

    def open_test(self, name: str, *, components: Sequence[Component]) -> str:
        """How the file of the test `name` begins, up to its first statement, for a model to go on.

        It imports every name that the components declare.
        """
        ...

    def take_functions(self, base: str, *, donor: str, names: Sequence[str]) -> str:
        """`base` with some functions, and what only they use, replaced by those of `donor`.

        Comes back as it was when the two do not fit together.
        """
        ...

    def finish_file(
        self, component: Component, code: str, *, dependencies: Sequence[Component] = ()
    ) -> str:
        """Put a candidate's form in order before it is judged: public names, imports, hidden names.

        Code that does not parse comes back as it was.
        """
        ...

    def check_file(self, component: Component, code: str, *, path: str) -> Sequence[Problem]:
        """Syntax, and the interface: every declared name there, with the declared signature."""
        ...

    def revise_interface(self, component: Component, code: str) -> str:
        """The interface block as it must be for `code`: signatures, types and constants as there.

        What the code no longer declares goes; where something does, public names that are new come
        in its place. Comes back as it was where the code does not parse.
        """
        ...

    def format_command(self, paths: Sequence[str]) -> ToolCommand:
        """Formats files in place."""
        ...

    def lint_command(self, paths: Sequence[str]) -> ToolCommand:
        """Static checks; `read_lint` reads what it printed."""
        ...

    def read_lint(self, output: str) -> Sequence[Problem]:
        """The problems in a lint command's output."""
        ...

    @property
    def scanner(self) -> str:
        """The security scanner's name; the same whether or not it is installed: `bandit`."""
        ...

    def scan_command(self, paths: Sequence[str]) -> ToolCommand | None:
        """Scans files without running them; None where the scanner is not installed."""
        ...

    def read_scan(self, output: str) -> Sequence[Problem]:
        """What the scanner found, its own names for it as codes.

        Raises:
            ValueError: the output is not the scanner's.
        """
        ...

    def test_command(self, paths: Sequence[str], *, measured: Sequence[str] = ()) -> ToolCommand:
        """Runs test files; leaves a report that `read_results` reads.

        The report tells of the `measured` files, which statements were run.
        """
        ...

    @property
    def report_path(self) -> str:
        """Where the test command leaves its report, relative to the folder."""
        ...

    def read_results(self, report: str, *, files: Sequence[TestFile]) -> Sequence[TestResult]:
        """One result for every test of `files`; those not in the report are missing."""
        ...

    def read_coverage(self, report: str) -> Mapping[str, Coverage]:
        """What a report tells of the files that were measured, by path."""
        ...
