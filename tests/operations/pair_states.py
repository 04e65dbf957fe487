"""A model of two components, the second on top of the first: docs/design.md, section 5, in short.

It says which state each must be in, and how builds, adoptions and acceptances must be refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.states import State
from headwater.operations.building.refusals import EditedError, ProblemsError
from tests.operations.builders import SUMS, Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIR = Sketch(parts=SUMS.parts[:2])
SETTLED = {State.FRESH, State.UPGRADEABLE}


class Record(Enum):
    """What became of a component's lock record."""

    SOUND = "sound"
    DAMAGED = "damaged"
    GONE = "gone"


class Held(Enum):
    """What became of a derived file. A comment is an edit that leaves the syntax as it was.

    More code is a difference that no test sees, wider code one that calls can tell, and broken
    code contradicts an example.
    """

    RECORDED = ""
    COMMENT = "# by hand\n"
    CODE = "BY_HAND = 1\n"
    WIDER = "wider"
    BROKEN = "broken"
    GONE = "gone"

    @property
    def edited(self) -> bool:
        """Whether it holds a person's work."""
        return self not in {Held.RECORDED, Held.GONE}


@dataclass(kw_only=True)
class Component:
    """What a component should be known by: versions of its text, its files, its record."""

    number: int
    text: int = 0
    derived_from: int = 0
    code: Held = Held.RECORDED
    tests: Held = Held.RECORDED
    record: Record = Record.SOUND
    verified: bool = True
    standing: Held | None = None  # what was accepted over the code as it was derived
    rows: tuple[tuple[str, str], ...] = ()  # what adopting added to its examples
    needs: list[Component] = field(default_factory=list)

    @property
    def code_path(self) -> str:
        """Its file."""
        return PAIR.part(self.number).path

    @property
    def tests_path(self) -> str:
        """Its tests."""
        return f"tests/001_sums/test_c{self.number}.py"

    @property
    def body_holds(self) -> bool:
        """Whether a verification can still speak of its code."""
        means_the_same = self.code in {Held.RECORDED, Held.COMMENT} and self.standing is None
        return (means_the_same or self.accepted) and self.record is Record.SOUND

    @property
    def accepted(self) -> bool:
        """Whether its code is what was accepted."""
        return self.standing is not None and self.code is self.standing

    @property
    def narrow(self) -> str:
        """Its code as the sketch has it."""
        return PAIR.part(self.number).code

    @property
    def wide(self) -> str:
        """Its code with a greatest result, which no example of the sketch speaks of."""
        return self.narrow.rstrip("\n") + f" if n < 100 else {200 * self.number}\n"

    @property
    def derivable(self) -> str:
        """Code that satisfies its examples as they are."""
        return self.wide if self.rows else self.narrow

    @property
    def expected(self) -> State:
        """The state by docs/design.md, section 5, most pressing first."""
        if self.record is Record.DAMAGED:
            return State.CONFLICTED
        if self.record is Record.GONE:
            return State.STALE
        if (self.code.edited and not self.accepted) or self.tests.edited:
            return State.EDITED
        if self.code is Held.GONE:
            return State.MISSING
        if self.text != self.derived_from:
            return State.STALE
        holds = self.verified and self.tests is Held.RECORDED
        if holds and all(need.body_holds for need in (self, *self.needs)):
            return State.FRESH
        return State.UNVERIFIED

    def settle(self) -> None:
        """All is as a build leaves it."""
        anew = self.derived_from != self.text or self.code is Held.GONE
        self.derived_from = self.text
        if anew:
            self.standing = None
        self.code = self.standing or Held.RECORDED
        self.tests = Held.RECORDED
        self.record, self.verified = Record.SOUND, True


def find_build_refusal(ones: Sequence[Component], *, dirty: bool) -> type[HeadwaterError] | None:
    """How a build must be refused; None when it must succeed."""
    if any(one.record is not Record.SOUND for one in ones):
        return ProblemsError
    if any(one.expected is State.EDITED for one in ones):
        return EditedError
    fresh = all(one.expected in SETTLED for one in ones)
    return HeadwaterError if dirty and not fresh else None


def find_adoption_refusal(ones: Sequence[Component], one: Component) -> type[HeadwaterError] | None:
    """How the adoption of one must be refused; None when it must succeed."""
    if any(each.record is not Record.SOUND for each in ones):
        return ProblemsError
    if one.code is Held.COMMENT:
        return None
    edited_tests = any(each.tests.edited for each in ones)
    if not one.code.edited or edited_tests or one.code is Held.CODE:
        return HeadwaterError
    return ProblemsError if one.code is Held.BROKEN else None


def find_acceptance_refusal(ones: Sequence[Component]) -> type[HeadwaterError] | None:
    """How accepting edits must be refused; None when it must succeed."""
    if any(one.record is not Record.SOUND for one in ones):
        return ProblemsError
    edited = [one for one in ones if one.expected is State.EDITED]
    if not edited:
        return HeadwaterError
    for one in edited:
        only_code = one.code in {Held.CODE, Held.WIDER, Held.BROKEN} and not one.accepted
        if not only_code or one.tests is not Held.RECORDED or one.text != one.derived_from:
            return EditedError
    broken = any(one.code is Held.BROKEN for one in edited)
    baseless = any(need.code is Held.GONE for one in edited for need in one.needs)
    return ProblemsError if broken or baseless else None


def settle_adopted(
    ones: Sequence[Component], adopted: Component, *, rows: tuple[tuple[str, str], ...]
) -> None:
    """What an adoption leaves: all of the feature was tested but what is stale.

    Where the code means the same nothing was tested: what was accepted before is no longer there,
    and with it goes what was tested on top of that.
    """
    if adopted.code is Held.WIDER:
        adopted.derived_from, adopted.rows = adopted.text, rows
        for one in ones:
            one.tests = Held.RECORDED
            current = one.text == one.derived_from
            one.verified = current or (one.verified and adopted not in one.needs)
    elif adopted.standing is not None:
        for one in ones:
            one.verified = one.verified and adopted not in (one, *one.needs)
    adopted.standing, adopted.code = None, Held.RECORDED
