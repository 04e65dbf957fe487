"""Deriving one feature: tests first, then its components in dependency order, then the gate.

A function from values to values: it reads the documents and files in `FeatureWork` and returns
the files it made. Nothing in the user's repository is read or written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from headwater.engine.interface import Ended, Job
from headwater.errors import HeadwaterError
from headwater.llm.interface import Usage
from headwater.steps.deriving.component import Derived, derive_component
from headwater.steps.deriving.gate import check_feature, choose_charged, choose_uncovered
from headwater.steps.deriving.law import Law, find_breaches, find_uncovered
from headwater.steps.deriving.red import check_red
from headwater.steps.deriving.shortfall import Shortfall, describe_breaches, describe_failures
from headwater.steps.deriving.work import Surroundings
from headwater.steps.deriving.write_tests import Written, write_test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.engine.interface import Outcome
    from headwater.steps.deriving.gate import Charge
    from headwater.steps.deriving.suites import Suite
    from headwater.steps.deriving.tools import Tools
    from headwater.steps.deriving.work import ComponentWork
    from headwater.steps.deriving.write_tests import Prose
    from headwater.targets.interface import TestResult

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureWork:
    """Everything that the derivation of one feature reads.

    Attributes:
        suite: its tests: from examples, and those already written from prose.
        prose: refs that need a test written.
        works: every component of the feature, in dependency order.
        todo: those of them that are to be derived.
        needs: for every component of the suite, everything it depends on, transitively.
        owners: for every ref, the components that implement it.
        files: derived code that is there, path to text.
        law: the articles that derived code must keep.
    """

    suite: Suite
    prose: tuple[Prose, ...]
    works: tuple[ComponentWork, ...]
    todo: frozenset[str]
    needs: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, tuple[str, ...]]
    files: Mapping[str, str]
    law: Law = field(default_factory=Law)


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureResult:
    """What came of it. With shortfalls nothing may be accepted.

    Attributes:
        derived: every component made, by ref.
        suite: the tests, with those written now.
        results: of the feature gate, every test.
        usage: of all model calls.
    """

    suite: Suite
    derived: Mapping[str, Derived] = field(default_factory=dict)
    results: tuple[TestResult, ...] = ()
    usage: Usage = field(default_factory=Usage)
    shortfalls: tuple[Shortfall, ...] = ()


def derive_feature(work: FeatureWork, *, tools: Tools) -> FeatureResult:
    """Derive what is not fresh, and judge the whole feature.

    Raises:
        ModelError: a model could not be reached.
        SandboxError: the sandbox could not be set up.
    """
    result = _write_tests(work, tools=tools)
    for step in (_check_red, _derive_components, _pass_gate):
        if result.shortfalls:
            return result
        result = step(work, result, tools=tools)
    return result


def _write_tests(work: FeatureWork, *, tools: Tools) -> FeatureResult:
    jobs: list[Job[Written]] = [
        Job(id=prose.ref, needs=(), run=partial(_write, prose, tools=tools)) for prose in work.prose
    ]
    written = _collect(tools.engine.run(jobs))
    tests = tuple(result.test for result in written.values() if result.test is not None)
    return FeatureResult(
        suite=replace(work.suite, written=(*work.suite.written, *tests)),
        usage=sum((result.usage for result in written.values()), Usage()),
        shortfalls=tuple(
            Shortfall(
                about=ref,
                message=f"no valid test could be written from its prose: "
                f"{result.rejected[-1] if result.rejected else 'none was asked for'}",
                hint="Add an example table under it.",
            )
            for ref, result in written.items()
            if result.test is None
        ),
    )


def _write(prose: Prose, _: Mapping[str, Written], *, tools: Tools) -> Written:
    return write_test(
        prose,
        model=tools.models[0],
        workbench=tools.workbench,
        settings=tools.settings,
        seed=tools.seed,
        observer=tools.observer,
    )


def _check_red(work: FeatureWork, result: FeatureResult, *, tools: Tools) -> FeatureResult:
    """Every test of a component that is to be derived must fail against stubs."""
    suite = result.suite
    rejected = check_red(
        suite.select(tools.target, lambda test: not work.todo.isdisjoint(test.touches)),
        components=tuple(suite.components.values()),
        support=tools.target.emit_support(suite.feature),
        exempt=frozenset(unit.key for unit in suite.units if unit.exempt),
        workbench=tools.workbench,
    )
    places = {test.key: test.place for test in suite.tests}
    shortfalls = tuple(
        Shortfall(
            about=found.key,
            message=f"{places[found.key]}: this test may not judge code: {found.reason}",
            hint="Change the example, or what its component declares.",
        )
        for found in rejected
    )
    return replace(result, shortfalls=shortfalls)


def _derive_components(work: FeatureWork, result: FeatureResult, *, tools: Tools) -> FeatureResult:
    def run(component: ComponentWork, done: Mapping[str, Derived]) -> Derived:
        needs = work.needs[component.ref]
        around = Surroundings(
            suite=result.suite,
            files=_choose_files(work, needs, done),
            available=frozenset({component.ref, *needs}),
        )
        derived = derive_component(component, around, tools=tools)
        if derived.shortfall:
            raise SearchFailedError(derived)
        return derived

    jobs: list[Job[Derived]] = [
        Job(
            id=component.ref,
            needs=tuple(ref for ref in work.needs[component.ref] if ref in work.todo),
            run=partial(run, component),
        )
        for component in work.works
        if component.ref in work.todo
    ]
    outcomes = tools.engine.run(jobs)
    made = [
        outcome.error.derived if isinstance(outcome.error, SearchFailedError) else outcome.result
        for outcome in outcomes.values()
    ]
    return replace(
        result,
        derived=_collect(outcomes),
        usage=sum((found.usage for found in made if found is not None), result.usage),
        shortfalls=tuple(_find_shortfalls(outcomes)),
    )


class SearchFailedError(HeadwaterError):
    """A component's search gave up, so that what depends on it cannot be tried."""

    def __init__(self, derived: Derived) -> None:
        super().__init__(f"{derived.ref}: {derived.shortfall}", hint=derived.hint)
        self.derived = derived


def _choose_files(
    work: FeatureWork, needs: Sequence[str], done: Mapping[str, Derived]
) -> dict[str, str]:
    """The derived code of some components, new where it was made anew."""
    paths = {ref: work.suite.components[ref].files[0] for ref in needs}
    return {
        path: done[ref].code if ref in done else work.files[path] for ref, path in paths.items()
    }


def _find_shortfalls(outcomes: Mapping[str, Outcome[Derived]]) -> Iterator[Shortfall]:
    for ref, outcome in outcomes.items():
        if isinstance(outcome.error, SearchFailedError):
            failed = outcome.error.derived
            yield Shortfall(about=ref, message=failed.shortfall, hint=failed.hint)
        elif outcome.ended is Ended.SKIPPED:
            yield Shortfall(about=ref, message=f"not tried: {outcome.reason}")


def _pass_gate(work: FeatureWork, result: FeatureResult, *, tools: Tools) -> FeatureResult:
    """Run the whole suite; repair what a failure is charged to, each component once."""
    result = _adopt_rewritten(result)
    works = {component.ref: component for component in work.works}
    owners = {component.component.files[0]: component.ref for component in work.works}
    measured = tuple(owners) if work.law.measures else ()
    tried: set[str] = set()
    while True:
        files = {**work.files, **{made.path: made.code for made in result.derived.values()}}
        run = check_feature(result.suite, files=files, workbench=tools.workbench, measured=measured)
        result = replace(result, results=run.results)
        charge = choose_charged(
            run.results,
            suite=result.suite,
            owners=work.owners,
            needs=work.needs,
            tried=frozenset(tried),
        )
        failures = describe_failures(run.results)
        uncovered = find_uncovered(run.coverage, law=work.law, measured=measured)
        if charge is None and not failures:
            charge = choose_uncovered(uncovered, owners=owners, tried=frozenset(tried))
        if charge is None:
            # What was not derived now is judged again by what it imports.
            judged = {path: files[path] for path in owners if path in files and result.derived}
            broken = find_breaches(judged, law=work.law, files=files, workbench=tools.workbench)
            breaches = describe_breaches((*uncovered, *broken), owners)
            return replace(result, shortfalls=(*failures, *breaches))
        tried.add(charge.component)
        if charge.component in works:
            result = _repair(works[charge.component], charge, result, files=files, tools=tools)


def _repair(
    work: ComponentWork,
    charge: Charge,
    result: FeatureResult,
    *,
    files: Mapping[str, str],
    tools: Tools,
) -> FeatureResult:
    path = work.component.files[0]
    repaired = derive_component(
        replace(
            work,
            extra=charge.keys,
            current=files[path] if charge.reason else "",
            change=charge.reason,
            round=work.round + 1,
        ),
        Surroundings(
            suite=result.suite,
            files={name: text for name, text in files.items() if name != path},
            available=frozenset(result.suite.components),
        ),
        tools=tools,
    )
    result = replace(result, usage=result.usage + repaired.usage)
    if repaired.shortfall:
        return result
    return _adopt_rewritten(replace(result, derived={**result.derived, work.ref: repaired}))


def _adopt_rewritten(result: FeatureResult) -> FeatureResult:
    """Let tests that a dispute replaced take their place in the suite."""
    new = {test.key: test for made in result.derived.values() for test in made.rewritten}
    written = tuple(new.get(test.key, test) for test in result.suite.written)
    return replace(result, suite=replace(result.suite, written=written))


def _collect(outcomes: Mapping[str, Outcome[T]]) -> dict[str, T]:
    """The results of the jobs that ended well; an error that is no shortfall is raised."""
    for outcome in outcomes.values():
        if outcome.error is not None and not isinstance(outcome.error, SearchFailedError):
            raise outcome.error
    return {ref: outcome.result for ref, outcome in outcomes.items() if outcome.result is not None}
