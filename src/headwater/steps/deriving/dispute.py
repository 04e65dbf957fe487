"""Settling a dispute: a test that a model wrote fails in every candidate that passes the examples.

The test may be the wrong one. It is written once more, from the prose alone, and the candidates
are judged again; if they still disagree, a person must say what is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.llm.interface import Usage
from headwater.steps.deriving.judge import judge_candidate
from headwater.steps.deriving.work import ComponentWork, Surroundings, prepare_work
from headwater.steps.deriving.write_tests import write_test

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.units import WrittenTest
    from headwater.steps.deriving.implement import Implemented
    from headwater.steps.deriving.tools import Tools


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """A dispute's end: the code that passes the new tests, or the question for a person."""

    code: str
    rewritten: tuple[WrittenTest, ...]
    usage: Usage
    question: str = ""


def settle_dispute(
    work: ComponentWork, around: Surroundings, *, implemented: Implemented, tools: Tools
) -> Settled:
    """Write the disputed tests once more, and judge the candidates again by the new ones."""
    usage = Usage()
    rewritten: dict[str, WrittenTest] = {}
    for key in implemented.disputed:
        written = write_test(
            replace(work.prose[key], round=1),
            model=tools.models[0],
            workbench=tools.workbench,
            settings=tools.settings,
            seed=tools.seed,
            observer=tools.observer,
        )
        usage += written.usage
        if written.test is not None:
            rewritten[key] = written.test
    code = _find_passing(work, around, implemented=implemented, rewritten=rewritten, tools=tools)
    return Settled(
        code=code,
        rewritten=tuple(rewritten.values()),
        usage=usage,
        question="" if code else _put_question(work, around, rewritten=rewritten),
    )


def _find_passing(
    work: ComponentWork,
    around: Surroundings,
    *,
    implemented: Implemented,
    rewritten: Mapping[str, WrittenTest],
    tools: Tools,
) -> str:
    tests = tuple(rewritten.get(test.key, test) for test in around.suite.written)
    around = replace(around, suite=replace(around.suite, written=tests))
    inputs = prepare_work(work, around, target=tools.target)
    for tried in implemented.history:
        failed = {result.key for result in tried.judgement.failures}
        if tried.judgement.problems or not failed <= inputs.written:
            continue
        # One run each: visible and held-out tests of an owner stand in files of the same path.
        if all(
            judge_candidate(
                work.component,
                tried.judgement.code,
                workbench=tools.workbench,
                law=work.law,
                files=inputs.files,
                dependencies=work.contract.dependencies,
                tests=tests,
            ).accepted
            for tests in (inputs.visible, inputs.held_out)
        ):
            return tried.judgement.code
    return ""


def _put_question(
    work: ComponentWork, around: Surroundings, *, rewritten: Mapping[str, WrittenTest]
) -> str:
    first = {test.key: test for test in around.suite.written}
    parts = []
    for key, test in rewritten.items():
        prose = work.prose[key]
        parts.append(
            f"{prose.place}: is this what {prose.ref} means? Every candidate that passes all "
            f"examples fails both tests written from it:\n\n{first[key].code.strip()}\n\n"
            f"{test.code.strip()}"
        )
    return "\n\n".join(parts) or "a disputed test could not be written anew"
