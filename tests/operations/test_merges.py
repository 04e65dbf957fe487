"""Branches that were built apart, merged by git: what merges, what conflicts, what is left."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from headwater.graph.states import State
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from headwater.operations.init import ATTRIBUTES
from headwater.operations.revert import revert
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    QUADRUPLE,
    SHOUT,
    SPEC_PATH,
    SUMS,
    TARGETS,
    Checkout,
    answer,
)
from tests.operations.sketch_documents import render_spec

if TYPE_CHECKING:
    from tests.operations.builders import Part

LOCK = f"{FOLDER}/headwater.lock"
RECORD = f"{LOCK}/C1.json"

LOUD_DOUBLE = (("double(1)", "2"), ("double(5)", "10"), ("double(7)", "14"))
OTHER_DOUBLE = (("double(1)", "2"), ("double(5)", "10"), ("double(8)", "16"))


@pytest.fixture
def shared(sums: Checkout) -> Checkout:
    """The built sketch, ready as `init` leaves a repository, on the branch `main`."""
    sums.write(".gitattributes", "".join(f"{line}\n" for line in ATTRIBUTES))
    sums.commit()
    return sums


def change(
    checkout: Checkout, branch: str, part: Part, *, code: str = "", **changed: object
) -> None:
    """On a branch of its own from `main`, change one requirement, and build."""
    checkout.git("switch", "--quiet", "--create", branch, "main")
    checkout.write(SPEC_PATH, render_spec(SUMS.change(part.number, **changed)))
    checkout.commit()
    answers = {f"implement {part.ref}": [answer(code or part.code)]}
    assert checkout.build(ScriptedModel(answers)).succeeded


def merge(checkout: Checkout, *branches: str) -> list[str]:
    """Merge branches into `main`; returns the paths that conflict."""
    checkout.git("switch", "--quiet", "main")
    for branch in branches:
        command = ["git", "merge", "--quiet", "--no-edit", branch]
        subprocess.run(command, cwd=checkout.root, check=False, capture_output=True)
    return checkout.git("diff", "--name-only", "--diff-filter=U").split()


def unsettled(checkout: Checkout) -> dict[str, State]:
    """What `check` says is left, by component."""
    return {one.ref: one.state for one in check(checkout.root, targets=TARGETS).unsettled}


def test_changes_of_different_components_merge_and_nothing_is_left(shared: Checkout) -> None:
    """No component of one branch runs code of the other, so both verifications hold."""
    change(shared, "double", DOUBLE, rows=LOUD_DOUBLE)
    change(shared, "shout", SHOUT, rows=(('shout("b")', '"B"'),))

    assert merge(shared, "double", "shout") == []

    assert unsettled(shared) == {}
    assert check(shared.root, targets=TARGETS).passed
    assert shared.build().usage.calls == 0


def test_check_says_what_a_merge_left_to_verify(shared: Checkout) -> None:
    """Each branch verified its own code with the other's as it was before."""
    changed = "def double(n: int) -> int:\n    return n + n\n"
    change(shared, "double", DOUBLE, rows=LOUD_DOUBLE, code=changed)
    tripled = (("quadruple(1)", "4"), ("quadruple(4)", "16"))
    code = "def quadruple(n: int) -> int:\n    return double(n) + double(n)\n"
    change(shared, "quadruple", QUADRUPLE, rows=tripled, code=code)

    assert merge(shared, "double", "quadruple") == []

    assert unsettled(shared) == {"001/C2": State.UNVERIFIED, "001/C3": State.UNVERIFIED}
    (found, _) = check(shared.root, targets=TARGETS).unsettled
    assert [reason.text for reason in found.reasons] == ["src/sums/doubles.py changed"]
    report = shared.build()
    assert report.succeeded
    assert report.usage.calls == 0
    assert check(shared.root, targets=TARGETS).passed


def conflict(shared: Checkout) -> None:
    """Change one requirement on two branches, and begin to merge them."""
    change(shared, "one", DOUBLE, rows=LOUD_DOUBLE)
    code = "def double(n: int) -> int:\n    return n + n\n"
    change(shared, "other", DOUBLE, rows=OTHER_DOUBLE, code=code)
    found = merge(shared, "one", "other")
    assert RECORD in found
    assert SPEC_PATH in found
    assert not [path for path in found if path.endswith(".jsonl")]


def test_changes_of_one_requirement_conflict_and_are_said_to(shared: Checkout) -> None:
    conflict(shared)
    # The document is settled by hand first: both examples are to hold.
    shared.write(SPEC_PATH, render_spec(SUMS.change(1, rows=(*LOUD_DOUBLE, OTHER_DOUBLE[-1]))))

    report = check(shared.root, targets=TARGETS)

    assert unsettled(shared)["001/C1"] is State.CONFLICTED
    (found,) = (one for one in report.findings if one.place.path == RECORD)
    assert found.code == "lock-conflicted"
    assert "<<<<<<<" in shared.read(RECORD).split("\n")[found.place.line - 1]
    assert f"`git checkout --ours -- {RECORD}` (or `--theirs`)" in found.hint
    with pytest.raises(ProblemsError):
        shared.build()


@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_a_conflict_is_settled_as_the_message_says(shared: Checkout, side: str) -> None:
    conflict(shared)
    settled = render_spec(SUMS.change(1, rows=(*LOUD_DOUBLE, OTHER_DOUBLE[-1])))
    shared.write(SPEC_PATH, settled)

    shared.git("checkout", side, "--", RECORD)
    revert(shared.root, None)
    shared.commit()

    assert unsettled(shared)["001/C1"] is State.STALE
    report = shared.build(ScriptedModel([answer(DOUBLE.code)]))
    assert report.succeeded
    assert check(shared.root, targets=TARGETS).passed
    assert shared.read(SPEC_PATH) == settled


def test_markers_that_were_committed_are_settled_with_either_parent(shared: Checkout) -> None:
    """`--ours` is over once the merge is committed; then a derived version comes from history."""
    conflict(shared)
    shared.write(SPEC_PATH, render_spec(SUMS.change(1, rows=(*LOUD_DOUBLE, OTHER_DOUBLE[-1]))))
    shared.commit()
    assert unsettled(shared)["001/C1"] is State.CONFLICTED

    for path in shared.git("grep", "--name-only", "^<<<<<<<").split():
        if path.endswith(".json"):
            revert(shared.root, shared.root / path)
    revert(shared.root, None)
    shared.commit()

    assert unsettled(shared)["001/C1"] is State.STALE
    assert shared.build(ScriptedModel([answer(DOUBLE.code)])).succeeded


def test_verifications_with_merge_markers_count_for_nothing(sums: Checkout) -> None:
    """Without the attributes that `init` writes, git merges them line by line."""
    changed = "def double(n: int) -> int:\n    return n + n\n"
    change(sums, "double", DOUBLE, rows=LOUD_DOUBLE, code=changed)
    code = "def quadruple(n: int) -> int:\n    return double(n) + double(n)\n"
    change(sums, "quadruple", QUADRUPLE, rows=(("quadruple(4)", "16"),), code=code)
    assert f"{LOCK}/C2.verified.jsonl" in merge(sums, "double", "quadruple")
    sums.commit()

    report = check(sums.root, targets=TARGETS)

    assert {one.code for one in report.findings} >= {"verification-unreadable"}
    assert report.errors == 0
    assert sums.build().succeeded
    assert check(sums.root, targets=TARGETS).passed
    assert "<<<<" not in sums.read(f"{LOCK}/C2.verified.jsonl")
