"""Provenance of derived files, held to the published formats."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from headwater import __version__
from headwater.errors import HeadwaterError
from headwater.exports.provenance import MEANING, make_statement, name_statement, render_statement
from headwater.operations.provenance import gather_provenance
from headwater.testing.scripted_model import ScriptedModel
from tests.exports.slsa import check_statement
from tests.operations.builders import DOUBLE, FOLDER, QUADRUPLE, SPEC_PATH, SUMS, Checkout, answer
from tests.operations.forging import forge_record
from tests.operations.sketch_documents import render_spec

if TYPE_CHECKING:
    from pathlib import Path

LOCK = f"{FOLDER}/headwater.lock"
RECORD = f"{LOCK}/C2.json"


def state(checkout: Checkout, *names: str, revision: str = "HEAD") -> dict[str, Any]:
    """Statements by component."""
    found = gather_provenance(checkout.root, names, revision=revision)
    return {one.record.component: make_statement(one) for one in found}


def digest(checkout: Checkout, path: str) -> str:
    return sha256((checkout.root / path).read_bytes()).hexdigest()


def test_every_statement_is_as_the_formats_demand(wallets: Checkout) -> None:
    statements = state(wallets)

    assert list(statements) == ["001/C1", "001/C2", "001/C3", "001/C4", "002/C1"]
    for statement in statements.values():
        check_statement(json.loads(json.dumps(statement)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("_type"),
        lambda one: one["subject"][0]["digest"].update(sha256="ABC"),
        lambda one: one["predicate"]["buildDefinition"].update(buildType="derivation"),
        lambda one: one["predicate"]["runDetails"]["metadata"].update(finishedOn="yesterday"),
        lambda one: one["predicate"]["runDetails"]["byproducts"][0].pop("digest"),
        lambda one: one["predicate"].update(more={}),
    ],
)
def test_the_check_itself_refuses_what_is_not(sums: Checkout, spoil: Any) -> None:
    statement = state(sums, "001/C1")["001/C1"]
    spoil(statement)

    with pytest.raises(AssertionError):
        check_statement(statement)


def test_subjects_are_the_derived_files_as_they_are(sums: Checkout) -> None:
    subject = state(sums, QUADRUPLE.ref)[QUADRUPLE.ref]["subject"]

    paths = (QUADRUPLE.path, "tests/001_sums/test_c2.py")
    assert subject == [{"name": one, "digest": {"sha256": digest(sums, one)}} for one in paths]


def test_a_build_is_defined_by_what_it_was_derived_from(sums: Checkout) -> None:
    definition = state(sums, QUADRUPLE.ref)[QUADRUPLE.ref]["predicate"]["buildDefinition"]
    record = json.loads(sums.read(RECORD))
    commit = sums.git("log", "-1", "--format=%H", "--", RECORD)

    assert definition["externalParameters"] == {
        "feature": "001",
        "component": "001/C2",
        "refs": ["001/FR-002"],
    }
    assert definition["internalParameters"] == {
        "model": "scripted:model",
        "template": record["generator"]["template"],
        "seed": "0",
        "tokens": "6000",
    }
    needed = {one["name"]: one["digest"] for one in definition["resolvedDependencies"]}
    assert needed["documents"] == {"gitCommit": commit}
    assert needed[SPEC_PATH] == {"sha256": digest(sums, SPEC_PATH)}
    assert needed["001/C1 interface"] == {MEANING: record["sources"]["001/C1 interface"]}
    assert needed.keys() >= record["sources"].keys()


def test_a_run_says_who_built_it_and_what_passed(sums: Checkout) -> None:
    details = state(sums, QUADRUPLE.ref)[QUADRUPLE.ref]["predicate"]["runDetails"]
    commit = sums.git("log", "-1", "--format=%H", "--", RECORD)
    record, passed = details["byproducts"]

    assert details["builder"]["version"] == {"headwater": __version__}
    assert details["metadata"]["invocationId"] == f"{commit}/001/C2"
    assert record["name"] == RECORD
    assert record["digest"] == {"sha256": digest(sums, RECORD)}
    assert record["annotations"]["attempts"] == 1
    assert passed["annotations"]["testsPassed"] == 2
    assert "pytest" in passed["annotations"]["toolchain"]


def test_the_same_history_gives_the_same_bytes(sums: Checkout, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    sums.git("clone", "--quiet", str(sums.root), str(clone))
    first, second = (
        [render_statement(one) for one in gather_provenance(root)] for root in (sums.root, clone)
    )

    assert first == second


def test_a_revision_before_keeps_its_provenance(sums: Checkout) -> None:
    before = state(sums)
    sums.git("tag", "before")
    sums.write(SPEC_PATH, render_spec(SUMS.change(1, rows=(*DOUBLE.rows, ("double(7)", "14")))))
    sums.commit()
    code = "def double(n: int) -> int:\n    return n + n\n"
    assert sums.build(ScriptedModel([answer(code)])).succeeded

    assert state(sums, revision="before") == before
    assert state(sums)["001/C1"] != before["001/C1"]


@pytest.mark.parametrize("name", ["001/C2", "001/FR-002", "001/C1 interface"])
def test_what_is_asked_for_is_stated(sums: Checkout, name: str) -> None:
    assert list(state(sums, name)) == ["001/C2"]


def test_a_feature_stands_for_its_components(sums: Checkout) -> None:
    assert list(state(sums, "001")) == ["001/C1", "001/C2", "001/C3", "001/C4"]


def test_a_name_that_nothing_was_derived_from(sums: Checkout) -> None:
    with pytest.raises(HeadwaterError, match="found '001/FR-02'") as refused:
        gather_provenance(sums.root, ["001/FR-02"])
    assert "001/FR-002" in refused.value.hint


def test_what_no_commit_vouches_for_has_no_provenance(sums: Checkout) -> None:
    sums.write(RECORD, forge_record(sums.read(RECORD), interface="0"))
    sums.commit()

    with pytest.raises(HeadwaterError, match="no commit says that this lock record was derived"):
        gather_provenance(sums.root)
    assert list(state(sums, "001/C1")) == ["001/C1"]


def test_a_damaged_record_has_no_provenance(sums: Checkout) -> None:
    sums.write(RECORD, "{}")
    sums.commit()

    with pytest.raises(HeadwaterError, match="the lock record is damaged") as refused:
        gather_provenance(sums.root)
    assert "headwater revert" in refused.value.hint


def test_files_of_statements_are_named_after_components(sums: Checkout) -> None:
    names = [name_statement(one) for one in gather_provenance(sums.root)]

    assert names == [f"001-C{number}.intoto.json" for number in (1, 2, 3, 4)]
