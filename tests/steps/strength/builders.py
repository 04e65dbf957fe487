"""One component with its rows and its code, ready to be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.strength.try_mutants import try_mutants
from tests.operations.builders import TARGETS, Part, Sketch, make_workbench
from tests.steps.deriving.builders import make_feature_work

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.steps.deriving.suites import Suite
    from headwater.steps.strength.try_mutants import Tried


def make_part(code: str, *rows: tuple[str, str], number: int = 1, text: str = "") -> Part:
    """A component whose interface is the first line of its code."""
    interface = code.split("\n", 1)[0] + " ..."
    return Part(
        number=number,
        name=f"part{number}",
        interface=interface,
        code=code,
        rows=rows,
        text=text or "It MUST do so.",
    )


def make_suite(root: Path, *parts: Part) -> tuple[Suite, dict[str, str]]:
    """The tests of these components, and their code by path."""
    suite = make_feature_work(root, Sketch(parts=parts)).suite
    return suite, {part.path: part.code for part in parts}


def try_part(root: Path, part: Part, *, most: int = 100) -> dict[tuple[str, str], Tried]:
    """What tests say of a component's mutants, by the change."""
    suite, files = make_suite(root, part)
    target = TARGETS["python"]
    tried = try_mutants(
        target.make_mutants(part.code, path=part.path, most=most),
        files={**files, **target.emit_support(suite.feature)},
        tests=suite.select(target, lambda _: True),
        workbench=make_workbench(),
    )
    return {(one.mutant.before, one.mutant.after): one for one in tried}
