"""The plan with the interface that edited code has: computed, whatever else was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.building.refusals import ProblemsError
from headwater.spec.model import Span
from headwater.spec.splice import Edit, SpliceError, apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.operations.building.hand_edits import HandEdit
    from headwater.spec.model import Component, Problem, Source
    from headwater.targets.interface import Target


def find_interface_changes(
    component: Component, edit: HandEdit, *, target: Target
) -> tuple[Problem, ...]:
    """How edited code departs from its planned interface; none where it keeps to it.

    Raises:
        ProblemsError: the code does not parse.
    """
    problems = tuple(target.check_file(component, edit.text, path=edit.path))
    broken = [one for one in problems if one.code == "syntax-error"]
    if broken:
        raise ProblemsError(broken, consequence="the edit was not adopted", where="the code")
    return problems


def revise_plan(source: Source, component: Component, *, interface: str) -> bytes:
    """The plan with another interface block for one component.

    Raises:
        SpliceError: the block is not where it was read, or it would be empty.
    """
    place = component.interface_place
    if not interface.strip():
        raise SpliceError(
            f"{place}: the edit leaves nothing of what {component.id} declares",
            hint="Take the component out of the plan, or drop the edit.",
        )
    lines = source.data.split(b"\n")
    first, count = place.line - 1, len(component.interface.rstrip("\n").split("\n"))
    block = lines[first : first + count]
    indent = _find_indent(block, component.interface.rstrip("\n").split("\n"))
    if indent is None:
        raise SpliceError(f"{place}: the interface is not where it was read")
    start = sum(len(line) + 1 for line in lines[:first])
    end = start + sum(len(line) + 1 for line in block) - 1
    ended = b"\r" if block[0].endswith(b"\r") else b""
    new = b"\n".join(
        (indent + line.encode() if line else b"") + ended
        for line in interface.rstrip("\n").split("\n")
    )
    return apply_edits(source.data, [Edit(span=Span(start=start, end=end), replacement=new)])


def _find_indent(block: Sequence[bytes], lines: Sequence[str]) -> bytes | None:
    """What stands before each line of the block; None where the block is another."""
    if not block:
        return None
    indent = block[0][: len(block[0]) - len(block[0].lstrip())]
    own = [line.removeprefix(indent).rstrip() for line in block]
    return indent if own == [line.encode().rstrip() for line in lines] else None
