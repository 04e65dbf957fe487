"""Builds that are refused or fall short: nothing of the user's is changed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.building.refusals import EditedError, ProblemsError
from headwater.operations.building.report import Action
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.lockfile import hold_build_lock
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    NO_EVAL,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    Checkout,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import ModelRequest

SHORT = SearchSettings(held_out_share=0, attempts=1)
WRONG = answer("def double(n: int) -> int:\n    return 0\n")


def refuse(checkout: Checkout, match: str, *, error: type[HeadwaterError] = HeadwaterError) -> str:
    """Build, which must be refused and change nothing; returns the hint."""
    before = checkout.look()
    with pytest.raises(error, match=match) as refused:
        checkout.build()
    assert checkout.look() == before
    return refused.value.hint


@pytest.mark.parametrize("path", [DOUBLE.path, "tests/001_sums/test_c1.py"])
def test_a_file_edited_by_hand(sums: Checkout, path: str) -> None:
    sums.write(path, sums.read(path) + "# mine\n")
    hint = refuse(sums, f"edited by hand: {path}", error=EditedError)
    assert "headwater revert" in hint
    sums.commit()
    refuse(sums, f"edited by hand: {path}", error=EditedError)


def test_a_shared_test_file_edited_by_hand(sums: Checkout) -> None:
    path = "tests/001_sums/support_001_sums.py"
    sums.write(path, "# mine\n")
    refuse(sums, path, error=EditedError)


def test_a_record_with_merge_markers(sums: Checkout) -> None:
    path = f"{FOLDER}/headwater.lock/C2.json"
    text = sums.read(path)
    sums.write(path, f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n")
    sums.commit()
    before = sums.look()
    with pytest.raises(ProblemsError) as refused:
        sums.build()
    assert [problem.place.path for problem in refused.value.problems] == [path]
    assert sums.look() == before


@pytest.mark.parametrize("staged", [False, True])
def test_documents_that_are_not_committed(sums: Checkout, staged: bool) -> None:
    sums.write(SPEC_PATH, sums.read(SPEC_PATH).replace("`10`", "`11`"))
    if staged:
        sums.git("add", "--all")
    hint = refuse(sums, f"not committed: {SPEC_PATH}")
    assert "Commit" in hint


def test_other_work_in_progress_is_none_of_its_business(sums: Checkout) -> None:
    sums.write("notes.md", "staged\n")
    sums.git("add", "notes.md")
    sums.write("notes.md", "and more\n")
    sums.write("todo.txt", "new\n")
    sums.write(SPEC_PATH, sums.read(SPEC_PATH).replace("be doubled.", "be doubled at once."))
    sums.git("commit", "--quiet", "-m", "Say more", SPEC_PATH)
    status = sums.git("status", "--porcelain")
    assert sums.build(ScriptedModel([answer(DOUBLE.code)])).succeeded
    assert sums.git("status", "--porcelain") == status
    assert sums.read("notes.md") == "and more\n"


def test_errors_in_documents_come_all_at_once(sums: Checkout) -> None:
    sums.write(PLAN_PATH, sums.read(PLAN_PATH).replace("FR-001", "FR-009"))
    sums.write(SPEC_PATH, sums.read(SPEC_PATH).replace("`12`", "`twelve`"))
    sums.commit()
    before = sums.look()
    with pytest.raises(ProblemsError, match="2 errors in documents or lock") as refused:
        sums.build()
    assert {problem.place.path for problem in refused.value.problems} == {SPEC_PATH, PLAN_PATH}
    assert sums.look() == before


def test_an_article_that_asks_wrongly(sums: Checkout) -> None:
    sums.write(".specify/memory/constitution.md", NO_EVAL.replace("calls: [eval]", "calls: 3"))
    sums.commit()
    with pytest.raises(ProblemsError, match="1 error "):
        sums.build()


def test_nothing_to_build(repository: Path) -> None:
    checkout = Checkout(root=repository)
    checkout.write(".gitignore", ".headwater/\n")
    assert "tutorial" in refuse(checkout, "there is nothing to build")


@pytest.mark.parametrize("lacking", [PLAN_PATH, SPEC_PATH])
def test_a_feature_without_one_of_its_documents(sums: Checkout, lacking: str) -> None:
    sums.git("rm", "--quiet", lacking)
    sums.commit()
    before = sums.look()
    with pytest.raises(ProblemsError) as refused:
        sums.build()
    assert any(problem.place.path == lacking for problem in refused.value.problems)
    assert sums.look() == before


def test_a_planned_file_of_the_users_own(repository: Path) -> None:
    checkout = start_checkout(repository)
    checkout.write(DOUBLE.path, "mine = True\n")
    checkout.commit()
    refuse(checkout, "1 error", error=ProblemsError)


@pytest.mark.parametrize(
    "path",
    [
        "tests/001_sums/test_c1.py",
        "tests/001_sums/test_feature.py",
        "tests/001_sums/support_001_sums.py",
    ],
)
def test_a_test_of_the_users_own_where_a_derived_one_goes(repository: Path, path: str) -> None:
    """It is refused before a model is asked."""
    checkout = start_checkout(repository)
    checkout.write(path, "def test_mine() -> None: ...\n")
    checkout.commit()
    assert "Move" in refuse(checkout, f"files of your own are: {path}")


def test_no_branch(sums: Checkout) -> None:
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))
    sums.git("checkout", "--quiet", "--detach")
    before = sums.look()
    with pytest.raises(HeadwaterError, match="detached HEAD"):
        sums.build()
    assert sums.look() == before


def test_a_second_build_at_once(sums: Checkout) -> None:
    with hold_build_lock(sums.root):
        assert "Wait" in refuse(sums, "expected no other build")
    assert sums.build().succeeded


def test_a_build_in_another_process(sums: Checkout) -> None:
    """The lock is the kernel's: it is free again once its holder has ended."""
    program = (
        "import pathlib, sys\n"
        "from headwater.workspace.lockfile import hold_build_lock\n"
        "with hold_build_lock(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(sums.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        refuse(sums, f"process {other.pid}")
        other.communicate()
    assert sums.build().succeeded


def test_a_search_that_gives_up(sums: Checkout) -> None:
    """What was derived well in the same build is not accepted either."""
    changed = SUMS.change(1, text="A number MUST be doubled now.").change(
        4, text="A text MUST be shouted now."
    )
    sums.adopt(changed)
    sums.write("notes.md", "untracked\n")
    before = sums.look()
    report = sums.build(
        ScriptedModel(
            {"implement 001/C1": [WRONG], "implement 001/C4": [answer(SUMS.part(4).code)]}
        ),
        settings=SHORT,
    )
    assert not report.succeeded
    (shortfall,) = report.shortfalls
    assert shortfall.about == "001/C1"
    assert "no candidate passed" in shortfall.message
    assert shortfall.hint
    assert {built.component: built.action for built in report.components} == {
        "001/C1": Action.FAILED,
        "001/C2": Action.FRESH,
        "001/C3": Action.FRESH,
        "001/C4": Action.GENERATED,
    }
    assert report.commit == sums.head
    assert sums.look() == before


def test_what_was_not_tried_is_not_called_fresh(repository: Path) -> None:
    """A test from prose that cannot be written stops the build before any component."""
    sketch = SUMS.change(1, rows=())
    checkout = start_checkout(repository, sketch)
    before = checkout.look()
    settings = SearchSettings(held_out_share=0, written_attempts=1)
    report = checkout.build(ScriptedModel(["assert True\n"]), settings=settings)
    assert [shortfall.about for shortfall in report.shortfalls] == ["001/FR-001"]
    assert {built.action for built in report.components} == {Action.FAILED}
    assert checkout.look() == before


def test_a_later_feature_is_not_tried_after_a_failure(repository: Path) -> None:
    checkout = start_checkout(repository)
    for name in ("spec.md", "plan.md"):
        text = checkout.read(f"{FOLDER}/{name}").replace("src/sums/", "src/more/")
        checkout.write(f"specs/002-more/{name}", text)
    checkout.commit()
    answers = {**answer_all(SUMS), "implement 001/C4": ["no code"]}
    model = ScriptedModel(answers)
    report = checkout.build(model, settings=SHORT)
    assert not report.succeeded
    assert {built.component[:3] for built in report.components} == {"001"}
    assert not [request for request in model.requests if "002" in request.purpose]


def test_a_branch_that_moves_while_it_builds(sums: Checkout) -> None:
    """A commit made meanwhile is not built upon, since nothing of it was read."""
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))

    def commit_meanwhile(_: ModelRequest) -> str:
        sums.write("notes.md", "made meanwhile\n")
        sums.commit()
        return answer(DOUBLE.code)

    with pytest.raises(HeadwaterError, match="it moved while the build ran"):
        sums.build(ScriptedModel([commit_meanwhile]))
    assert sums.git("log", "-1", "--format=%s") == "Change"
    assert sums.git("status", "--porcelain") == ""
    assert sums.git("for-each-ref", "refs/headwater") == ""


def test_a_derived_file_that_is_edited_while_it_builds(sums: Checkout) -> None:
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))

    def edit_meanwhile(_: ModelRequest) -> str:
        sums.write(DOUBLE.path, "mine\n")
        return answer("def double(n: int) -> int:\n    return n + n\n")

    head = sums.head
    with pytest.raises(HeadwaterError, match=DOUBLE.path):
        sums.build(ScriptedModel([edit_meanwhile]))
    assert sums.read(DOUBLE.path) == "mine\n"
    assert sums.head == head
