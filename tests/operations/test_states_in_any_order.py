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
from headwater.operations.lock_folder import read_lock
from headwater.operations.reading import LOCKS
from headwater.operations.refusals import EditedError, ProblemsError
from headwater.operations.revert import revert
from headwater.operations.survey import take_survey
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.documents import read_documents
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
    """What became of a derived file. A comment is an edit that leaves the syntax as it was."""

    RECORDED = ""
    COMMENT = "# by hand\n"
    CODE = "BY_HAND = 1\n"
    GONE = "gone"

    @property
    def edited(self) -> bool:
        """Whether it holds a person's work."""
        return self in {Held.COMMENT, Held.CODE}


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
        same = self.code in {Held.RECORDED, Held.COMMENT}
        return same and self.record is Record.SOUND

    @property
    def expected(self) -> State:
        """The state by docs/design.md, section 5, most pressing first."""
        if self.record is Record.DAMAGED:
            return State.CONFLICTED
        if self.record is Record.GONE:
            return State.STALE
        if self.code.edited or self.tests.edited:
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
        self.derived_from = self.text
        self.code = self.tests = Held.RECORDED
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
            text = f"{PAIR.part(one.number).text}{' Really.' * one.text}"
            sketch = sketch.change(one.number, text=text)
        write_sketch(self.checkout.root, sketch)

    @rule(number=numbers, held=st.sampled_from((Held.COMMENT, Held.CODE, Held.GONE)))
    def touch_code(self, number: int, held: Held) -> None:
        """Edit or delete derived code."""
        one = self.components[number]
        one.code = held
        self._put(one.code_path, held)

    @rule(number=numbers, held=st.sampled_from((Held.COMMENT, Held.GONE)))
    def touch_tests(self, number: int, held: Held) -> None:
        """Edit or delete derived tests."""
        one = self.components[number]
        one.tests = held
        self._put(one.tests_path, held)

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
            one.code = one.tests = Held.RECORDED
            one.record = Record.SOUND

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
        todo = {one.number for one in ones if one.expected in {State.STALE, State.MISSING}}
        script = {
            f"implement {part.ref}": [answer(part.code)]
            for part in PAIR.parts
            if part.number in todo
        }
        model = ScriptedModel(script)
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
                    assert self.checkout.read(path) == self.written[path] + held.value

    def _find_refusal(self, *, dirty: bool) -> type[HeadwaterError] | None:
        """How a build must be refused; None when it must succeed."""
        ones = self.components.values()
        if any(one.record is not Record.SOUND for one in ones):
            return ProblemsError
        if any(one.expected is State.EDITED for one in ones):
            return EditedError
        fresh = all(one.expected in SETTLED for one in ones)
        return HeadwaterError if dirty and not fresh else None

    def _put(self, path: str, held: Held) -> None:
        if held is Held.GONE:
            (self.checkout.root / path).unlink(missing_ok=True)
            return
        text = self.written[path] + held.value
        self.by_hand.add(digest_bytes(text.encode()))
        self.checkout.write(path, text)


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
