"""Edits that cannot be adopted: what they contradict is named, and nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelError
from headwater.operations.adopt import commit_adoption
from headwater.operations.building.refusals import ProblemsError
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.adopting_sums import WIDER, propose
from tests.operations.builders import (
    CONSTITUTION_PATH,
    DOUBLE,
    LABEL,
    NO_EVAL,
    PLAN_PATH,
    QUADRUPLE,
    SHOUT,
    SPEC_PATH,
    Checkout,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.llm.interface import Model


def refuse(
    checkout: Checkout,
    *paths: str,
    match: str,
    error: type[HeadwaterError] = HeadwaterError,
    models: Sequence[Model] = (),
    ref: str = "",
    regenerate: bool = False,
) -> HeadwaterError:
    """Propose, which must be refused and change nothing; returns the error."""
    before = checkout.look()
    with pytest.raises(error, match=match) as refused:
        propose(checkout, *paths, models=models, ref=ref, regenerate=regenerate)
    assert checkout.look() == before
    return refused.value


def list_problems(checkout: Checkout, code: str, path: str = DOUBLE.path) -> list[str]:
    """Write code, which must contradict something; returns what, with places."""
    checkout.write(path, code)
    error = refuse(checkout, path, match="the edit was not adopted", error=ProblemsError)
    assert isinstance(error, ProblemsError)
    return [f"{one.place}: {one.message}" for one in error.problems]


def test_an_edit_that_contradicts_an_example_is_refused_with_its_row(sums: Checkout) -> None:
    told = list_problems(sums, "def double(n: int) -> int:\n    return 2 * n if n < 5 else 0\n")
    line = sums.read(SPEC_PATH)[: sums.read(SPEC_PATH).index("double(5)")].count("\n") + 1
    assert told[0].startswith(f"{SPEC_PATH}:{line}")
    assert f"{DOUBLE.path} contradicts 001/FR-001, row 2: double(5) returned 0" in told[0]


def test_an_edit_that_breaks_what_depends_on_it_names_that(sums: Checkout) -> None:
    """`quadruple(3)` doubles six, which no example of `double` itself shows."""
    told = list_problems(sums, "def double(n: int) -> int:\n    return 0 if n == 6 else 2 * n\n")
    assert "contradicts 001/FR-002, row 2: quadruple(3) returned 0" in " ".join(told)


def test_an_edit_that_breaks_an_article_is_refused(sums: Checkout) -> None:
    sums.write(CONSTITUTION_PATH, NO_EVAL)
    sums.commit()
    told = list_problems(sums, 'def double(n: int) -> int:\n    return int(eval("2")) * n\n')
    assert f"{DOUBLE.path}:2" in told[0]
    assert "eval" in told[0]


def test_code_that_does_not_parse_is_refused_with_its_line(sums: Checkout) -> None:
    assert f"{DOUBLE.path}:1" in list_problems(sums, "def double(n:\n")[0]


def test_an_interface_without_what_examples_call_is_refused(sums: Checkout) -> None:
    told = list_problems(sums, "def twice(n: int) -> int:\n    return 2 * n\n")
    assert f"{SPEC_PATH}:" in told[0]
    assert "double" in told[0]


def test_an_edit_that_nothing_tells_apart(sums: Checkout) -> None:
    """No call shows it, no model finds one: it is said what else can be done."""
    sums.write(DOUBLE.path, "def double(n: int) -> int:\n    return n + n\n")
    same = '{"calls": [{"function": "double", "arguments": [3000]}]}'
    model = ScriptedModel({f"adopting/calls 001/C1 {number}": [same] for number in (1, 2)})
    error = refuse(sums, DOUBLE.path, match="found none that tells it apart", models=[model])
    assert model.remaining == 0
    assert "--accept-edits" in error.hint
    assert "headwater revert" in error.hint


def test_without_a_model_it_is_said_that_none_was_asked(sums: Checkout) -> None:
    sums.write(DOUBLE.path, "def double(n: int) -> int:\n    return n + n\n")
    silent = ScriptedModel([ModelError("nobody is there")])
    refuse(sums, DOUBLE.path, match="could be asked .*nobody is there", models=[silent])


def test_an_edit_that_only_crashes_is_no_specification(sums: Checkout) -> None:
    sums.write(DOUBLE.path, "def double(n: int) -> int:\n    return 2 * n if n < 50 else n // 0\n")
    error = refuse(sums, DOUBLE.path, match="only what fails by accident")
    assert "`double(50)` now fails with ZeroDivisionError" in error.message


@pytest.mark.parametrize(
    ("path", "match"),
    [
        ("README.md", "no lock record names README.md"),
        ("src/sums/nowhere.py", "no lock record names src/sums/nowhere.py"),
        ("src", "no lock record names src"),
        (DOUBLE.path, "is as it was derived"),
        ("tests/001_sums/test_c1.py", "derived from examples alone"),
        (SPEC_PATH, "no lock record names"),
        ("../elsewhere.py", "inside the repository"),
    ],
)
def test_paths_that_hold_no_edited_code(sums: Checkout, path: str, match: str) -> None:
    refuse(sums, path, match=match)


def test_a_derived_file_that_is_gone(sums: Checkout) -> None:
    (sums.root / DOUBLE.path).unlink()
    assert "headwater revert" in refuse(sums, DOUBLE.path, match="is gone").hint


def test_edits_of_several_components(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.write(SHOUT.path, 'def shout(text: str) -> str:\n    return text.upper() or "!"\n')
    refuse(sums, DOUBLE.path, SHOUT.path, match="one component, found edits of 2: .*001/C4")


def test_an_edit_beside_a_reformatted_file(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.write(SHOUT.path, sums.read(SHOUT.path) + "# mine\n")
    error = refuse(sums, DOUBLE.path, SHOUT.path, match=f"{SHOUT.path} means the same")
    assert error.hint.endswith(f"`headwater adopt {SHOUT.path}`.")


def test_documents_that_are_not_committed(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.write(PLAN_PATH, sums.read(PLAN_PATH) + "\nMore.\n")
    refuse(sums, DOUBLE.path, match=f"not committed: {PLAN_PATH}")


def test_code_that_is_to_be_derived_anew_has_to_be_committed(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    refuse(sums, DOUBLE.path, match=f"not committed: {DOUBLE.path}", regenerate=True)


def test_code_that_nothing_asks_for_any_more(sums: Checkout) -> None:
    spec = sums.read(SPEC_PATH)
    sums.write(SPEC_PATH, spec.replace("**FR-004**:", "**FR-004** *(retired 2026-01-02: unused)*:"))
    sums.write(SHOUT.path, "def shout(text: str) -> str:\n    return text\n")
    sums.commit()
    refuse(sums, SHOUT.path, match="nothing asks for 001/C4")


def test_a_requirement_of_another_component(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    refuse(sums, DOUBLE.path, match="named 'FR-004'", ref="FR-004")


def test_a_lock_record_that_was_forged(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    record = sums.root / "specs/001-sums/headwater.lock/C2.json"
    record.write_text(record.read_text().replace('"attempts": 1', '"attempts": 2'))
    refuse(sums, DOUBLE.path, match="nothing was adopted", error=ProblemsError)


@pytest.mark.parametrize("what", ["the file", "the branch"])
def test_what_changed_since_the_proposal_is_not_committed(sums: Checkout, what: str) -> None:
    sums.write(DOUBLE.path, WIDER)
    model = ScriptedModel({"change/sentence 001/FR-001": ['{"choice": "none"}']})
    proposed = propose(sums, DOUBLE.path, models=[model])
    if what == "the file":
        sums.write(DOUBLE.path, WIDER + "MORE = 1\n")
    else:
        sums.git("commit", "--quiet", "--allow-empty", "-m", "Go on")
    before = sums.look()
    with pytest.raises(HeadwaterError, match=r"uncommitted work|expected refs/heads/main at"):
        commit_adoption(sums.root, proposed)
    assert sums.look() == before


def test_the_edit_of_another_component_is_neither_judged_nor_adopted(sums: Checkout) -> None:
    """What was edited besides is seen as it was derived, and stays edited."""
    sums.write(DOUBLE.path, WIDER)
    broken = "def label(n: int) -> str:\n    return str(n)\n"
    sums.write(LABEL.path, broken)
    sums.commit()
    model = ScriptedModel({"change/sentence 001/FR-001": ['{"choice": "none"}']})
    commit_adoption(sums.root, propose(sums, DOUBLE.path, models=[model]))
    assert sums.read(LABEL.path) == broken
    error = refuse(sums, LABEL.path, match="the edit was not adopted", error=ProblemsError)
    assert QUADRUPLE.path not in str(error)
