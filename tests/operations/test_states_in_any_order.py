"""Edits of spec, code and lock, and commands, in any order: what is a person's is never blessed.

A model of docs/design.md, section 5, runs beside a real repository with two components, the second
of which depends on the first.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_bytes
from headwater.graph.states import State
from headwater.operations.adopt import commit_adoption
from headwater.operations.lock_folder import read_lock
from headwater.operations.reading import LOCKS
from headwater.operations.refusals import EditedError, ProblemsError
from headwater.operations.revert import revert
from headwater.operations.survey import take_survey
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.documents import read_documents
from tests.operations.adopting_sums import propose
from tests.operations.builders import (
    FOLDER,
    SUMS,
    TARGETS,
    Checkout,
    Sketch,
    answer,
    answer_all,
    start_checkout,
    write_sketch,
)
from tests.operations.conftest import new_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIR = Sketch(parts=SUMS.parts[:2])
LOCK = f"{FOLDER}/headwater.lock"
SETTLED = {State.FRESH, State.UPGRADEABLE}
numbers = st.sampled_from((1, 2))


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


class Orders(RuleBasedStateMachine):
    """A person edits, commits, reverts and builds, in an order that Hypothesis chooses.

    Everything is committed before some builds, hand edits too: that blesses nothing.
    """

    template: Path

    @initialize()
    def begin(self) -> None:
        """Copy the built repository."""
        self.place = TemporaryDirectory(prefix="headwater-test-")
        root = Path(self.place.name) / "repository"
        shutil.copytree(self.template, root)
        self.checkout = Checkout(root=root)
        first = Component(number=1)
        self.components = {1: first, 2: Component(number=2, needs=[first])}
        self.by_hand: set[str] = set()
        self.written = {
            path: self.checkout.read(path)
            for one in self.components.values()
            for path in (one.code_path, one.tests_path)
        }
        self.finished = dict(self.written)

    def teardown(self) -> None:
        """Remove the copy."""
        if hasattr(self, "place"):
            self.place.cleanup()

    @rule(number=numbers, version=st.integers(0, 2))
    def say_something_else(self, number: int, version: int) -> None:
        """Change a requirement, or change it back."""
        self.components[number].text = version
        sketch = PAIR
        for one in self.components.values():
            part = PAIR.part(one.number)
            text = f"{part.text}{' Really.' * one.text}"
            sketch = sketch.change(one.number, text=text, rows=(*part.rows, *one.rows))
        write_sketch(self.checkout.root, sketch)

    @rule(
        number=numbers, held=st.sampled_from([held for held in Held if held is not Held.RECORDED])
    )
    def touch_code(self, number: int, held: Held) -> None:
        """Edit or delete derived code; what was adopted already is no edit any more."""
        one = self.components[number]
        one.code = Held.RECORDED if held is Held.WIDER and one.rows else held
        self._put(one, one.code_path, held)

    @rule(number=numbers, held=st.sampled_from((Held.COMMENT, Held.GONE)))
    def touch_tests(self, number: int, held: Held) -> None:
        """Edit or delete derived tests."""
        one = self.components[number]
        one.tests = held
        self._put(one, one.tests_path, held)

    @rule(number=numbers, record=st.sampled_from((Record.DAMAGED, Record.GONE)))
    def touch_record(self, number: int, record: Record) -> None:
        """Damage or delete a lock record; a damaged one that is gone stays gone."""
        place = self.checkout.root / LOCK / f"C{number}.json"
        if place.exists():
            self.components[number].record = record
            place.write_text("{}") if record is Record.DAMAGED else place.unlink()

    @rule(number=numbers)
    def forget_verifications(self, number: int) -> None:
        """Delete the lines that say that it passed."""
        self.components[number].verified = False
        (self.checkout.root / LOCK / f"C{number}.verified.jsonl").unlink(missing_ok=True)

    @rule()
    def revert(self) -> None:
        """`headwater revert --all`: records come back, lost ones too, and what they name."""
        revert(self.checkout.root, None)
        for one in self.components.values():
            if one.code is not Held.RECORDED:
                one.code = one.standing or Held.RECORDED
            one.tests = Held.RECORDED
            one.record = Record.SOUND

    @rule(number=numbers)
    def adopt(self, number: int) -> None:
        """`headwater adopt`: refused and nothing changed, or the edit is what is asked for."""
        self.checkout.commit()
        before, one = self.checkout.look(), self.components[number]
        model = ScriptedModel(self._script_adoption(one))
        refusal = self._find_adoption_refusal(one)
        if refusal is not None:
            with pytest.raises(HeadwaterError) as refused:
                propose(self.checkout, one.code_path, models=[model])
            assert type(refused.value) is refusal
            assert self.checkout.look() == before
            return
        proposed = propose(self.checkout, one.code_path, models=[model])
        assert self.checkout.look() == before
        commit_adoption(self.checkout.root, proposed)
        text = self.checkout.read(one.code_path)
        self.by_hand.discard(digest_bytes(text.encode()))
        self.written[one.code_path] = text
        one.standing = None
        if one.code is Held.WIDER:
            one.rows = tuple((row.call, row.now) for row in proposed.rows)
            self._settle_adopted(one)
        one.code = Held.RECORDED

    @rule()
    def accept(self) -> None:
        """`headwater build --accept-edits`: refused and nothing changed, or all of it stands."""
        self.checkout.commit()
        before, ones = self.checkout.look(), self.components.values()
        refusal = self._find_acceptance_refusal()
        model = ScriptedModel(self._script_build())
        if refusal is not None:
            with pytest.raises(HeadwaterError) as refused:
                self.checkout.build(model, accept_edits="hot fix")
            assert type(refused.value) is refusal
            assert self.checkout.look() == before
            return
        for one in ones:
            one.standing = one.code if one.expected is State.EDITED else one.standing
        assert self.checkout.build(model, accept_edits="hot fix").succeeded
        for one in ones:
            one.settle()

    @rule(committed=st.sampled_from((True, True, False)))
    def build(self, *, committed: bool) -> None:
        """`headwater build`: refused and nothing changed, or everything fresh."""
        if committed:
            self.checkout.commit()
        before = self.checkout.look()
        ones = self.components.values()
        fresh = all(one.expected in SETTLED for one in ones)
        refusal = self._find_refusal(dirty=bool(before[1]))
        if refusal is not None:
            with pytest.raises(HeadwaterError) as refused:
                self.checkout.build()
            assert type(refused.value) is refusal
            assert self.checkout.look() == before
            return
        model = ScriptedModel(self._script_build())
        assert self.checkout.build(model).succeeded
        assert model.remaining == 0
        assert not fresh or self.checkout.look() == before
        for one in ones:
            one.settle()

    @invariant()
    def states_are_those_of_the_model(self) -> None:
        """Also after every refusal."""
        if hasattr(self, "components"):
            found = take_survey(self.checkout.root, targets=TARGETS).states
            expected = {f"001/C{number}": one.expected for number, one in self.components.items()}
            assert {ref: one.state for ref, one in found.items()} == expected

    @invariant()
    def no_record_names_a_persons_work(self) -> None:
        """What a record calls derived was derived."""
        if hasattr(self, "components"):
            lock = read_lock({FOLDER: "001"}, read_documents(self.checkout.root, LOCKS))
            assert self.by_hand.isdisjoint(file.sha256 for file in lock.list_files())

    @invariant()
    def hand_edits_are_there(self) -> None:
        """Nothing but `revert` takes a person's work away."""
        for one in getattr(self, "components", {}).values():
            for path, held in ((one.code_path, one.code), (one.tests_path, one.tests)):
                if held.edited:
                    assert self.checkout.read(path) == self._write(one, path, held)

    def _find_refusal(self, *, dirty: bool) -> type[HeadwaterError] | None:
        """How a build must be refused; None when it must succeed."""
        ones = self.components.values()
        if any(one.record is not Record.SOUND for one in ones):
            return ProblemsError
        if any(one.expected is State.EDITED for one in ones):
            return EditedError
        fresh = all(one.expected in SETTLED for one in ones)
        return HeadwaterError if dirty and not fresh else None

    def _find_adoption_refusal(self, one: Component) -> type[HeadwaterError] | None:
        """How an adoption must be refused; None when it must succeed."""
        if any(each.record is not Record.SOUND for each in self.components.values()):
            return ProblemsError
        if one.code is Held.COMMENT:
            return None
        edited_tests = any(each.tests.edited for each in self.components.values())
        if not one.code.edited or edited_tests or one.code is Held.CODE:
            return HeadwaterError
        return ProblemsError if one.code is Held.BROKEN else None

    def _find_acceptance_refusal(self) -> type[HeadwaterError] | None:
        """How accepting edits must be refused; None when it must succeed."""
        ones = self.components.values()
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

    def _script_build(self) -> dict[str, list[str]]:
        """An answer for every component that is to be derived."""
        return {
            f"implement 001/C{one.number}": [answer(one.derivable)]
            for one in self.components.values()
            if one.expected in {State.STALE, State.MISSING}
        }

    def _script_adoption(self, one: Component) -> dict[str, list[str]]:
        """A model that names a call which shows nothing, and finds every sentence right."""
        function = ("double", "quadruple")[one.number - 1]
        same = f'{{"calls": [{{"function": "{function}", "arguments": [3]}}]}}'
        calls = {f"adopting/calls 001/C{one.number} {turn}": [same] * 2 for turn in (1, 2)}
        return {**calls, f"change/sentence 001/FR-00{one.number}": ['{"choice": "none"}']}

    def _settle_adopted(self, adopted: Component) -> None:
        """What an adoption says of its feature: all of it was tested but what is stale."""
        adopted.derived_from = adopted.text
        for one in self.components.values():
            one.tests = Held.RECORDED
            one.verified = one.text == one.derived_from or (
                one.verified and adopted not in one.needs
            )

    def _put(self, one: Component, path: str, held: Held) -> None:
        if held is Held.GONE:
            (self.checkout.root / path).unlink(missing_ok=True)
            return
        text = self._write(one, path, held)
        if text != self.written[path]:
            self.by_hand.add(digest_bytes(text.encode()))
        self.checkout.write(path, text)

    def _write(self, one: Component, path: str, held: Held) -> str:
        """What a person makes of a file; wider code in the form that derived code has."""
        if held is Held.WIDER:
            return self.finished[path].replace(one.narrow, one.wide)
        if held is Held.BROKEN:
            return self.finished[path].replace(one.narrow, one.narrow.rstrip("\n") + " + 1\n")
        return self.written[path] + held.value


@pytest.fixture(scope="module")
def pair_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two components, built once, to be copied and never changed."""
    with new_repository(tmp_path_factory.mktemp("pair")) as folder:
        checkout = start_checkout(folder, PAIR)
        assert checkout.build(ScriptedModel(answer_all(PAIR))).succeeded
        yield folder


def test_no_order_of_edits_and_commands_blesses_a_hand_edit(pair_template: Path) -> None:
    machine = type("PairOrders", (Orders,), {"template": pair_template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
