"""Edits of spec, code and lock, and commands, in any order: what is a person's is never blessed.

A model of docs/design.md, section 5, runs beside a real repository with two components, the second
of which depends on the first.
"""

from __future__ import annotations

import shutil
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
from headwater.operations.revert import revert
from headwater.operations.standing.lock_folder import read_lock
from headwater.operations.standing.reading import LOCKS
from headwater.operations.standing.survey import take_survey
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.documents import read_documents
from tests.operations.adopting_sums import propose
from tests.operations.builders import (
    FOLDER,
    TARGETS,
    Checkout,
    answer,
    answer_all,
    start_checkout,
    write_sketch,
)
from tests.operations.conftest import new_repository
from tests.operations.pair_states import (
    PAIR,
    SETTLED,
    Component,
    Held,
    Record,
    find_acceptance_refusal,
    find_adoption_refusal,
    find_build_refusal,
    settle_adopted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = f"{FOLDER}/headwater.lock"
numbers = st.sampled_from((1, 2))
edits = st.sampled_from((Held.WIDER, Held.RECORDED, Held.CODE, Held.COMMENT, Held.BROKEN))


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
        self.finished: dict[str, str] = dict(self.written)

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
        """`headwater revert --all`: records come back, and what they name.

        A record whose loss was committed is asked for by its name, as `check` says.
        """
        for number, one in self.components.items():
            if one.record is Record.GONE:
                revert(self.checkout.root, self.checkout.root / LOCK / f"C{number}.json")
        revert(self.checkout.root, None)
        for one in self.components.values():
            if one.code is not Held.RECORDED:
                one.code = one.standing or Held.RECORDED
            one.tests = Held.RECORDED
            one.record = Record.SOUND

    @rule(number=numbers, first=edits)
    def adopt(self, number: int, first: Held) -> None:
        """`headwater adopt`: refused and nothing changed, or the edit is what is asked for."""
        self._edit_first(number, first)
        self.checkout.commit()
        before, one = self.checkout.look(), self.components[number]
        model = ScriptedModel(self._script_adoption(one))
        refusal = find_adoption_refusal(list(self.components.values()), one)
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
        rows = tuple((row.call, row.now) for row in proposed.rows)
        settle_adopted(list(self.components.values()), one, rows=rows)

    @rule(number=numbers, first=edits)
    def accept(self, number: int, first: Held) -> None:
        """`headwater build --accept-edits`: refused and nothing changed, or all of it stands."""
        self._edit_first(number, first)
        self.checkout.commit()
        before, ones = self.checkout.look(), self.components.values()
        refusal = find_acceptance_refusal(list(ones))
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
        refusal = find_build_refusal(list(ones), dirty=bool(before[1]))
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

    def _edit_first(self, number: int, held: Held) -> None:
        """Edit code, or take it as it is: seldom would an edit come right before its command."""
        if held is not Held.RECORDED:
            self.touch_code(number, held)

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
        return f"{self.written[path]}{held.value}"


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
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
