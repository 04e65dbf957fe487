"""What does not go together across documents: found without a model first."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.graph.trace import Coverage
from headwater.operations.analyze import analyze
from headwater.operations.reviewing.analysis_categories import Category, Level, find_category
from headwater.rules.articles.registry import RULES as ARTICLE_CHECKS
from headwater.rules.registry import RULES
from headwater.steps.analyze.compare import Relation
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    FOLDER,
    NO_EVAL,
    SPEC_PATH,
    SUMS,
    Checkout,
    make_draft_ports,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import ModelRequest
    from headwater.operations.analyze import AnalysisReport

MORE = """
- **FR-009**: A doubled number MUST quickly be shown rounded.

## Assumptions

- A doubled number is never shown rounded, whatever its size.
"""


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    tasks = "- [ ] T001 Double in src/sums/doubles.py (FR-001; C1)\n- [ ] T002 Do it (FR-077)\n"
    checkout = start_checkout(repository, replace(SUMS, constitution=NO_EVAL, tasks=tasks))
    checkout.write(SPEC_PATH, checkout.read(SPEC_PATH) + MORE)
    checkout.commit()
    return checkout


def look(checkout: Checkout, *models: ScriptedModel, most: int = 0) -> AnalysisReport:
    return analyze(checkout.root, "", ports=make_draft_ports(*models), model_findings=most)


def relate(relation: str, first: str = "", second: str = "") -> str:
    return json.dumps({"relation": relation, "first": first, "second": second})


def test_findings_are_those_of_check_by_pass_and_level(checkout: Checkout) -> None:
    before = checkout.look()
    report = look(checkout)
    found = {(one.category, one.level, one.problem.code) for one in report.findings}
    assert (Category.AMBIGUITY, Level.LOW, "vague-word") in found
    assert (Category.INCONSISTENCY, Level.MEDIUM, "unknown-task-ref") in found
    assert any(code == "unimplemented-requirement" for _, _, code in found)
    order = [one.category for one in report.findings]
    assert order == sorted(order, key=list(Category).index)
    assert checkout.look() == before


def test_every_requirement_is_in_the_table(checkout: Checkout) -> None:
    report = look(checkout)
    rows = {one.ref: one for one in report.coverage}
    assert next(iter(rows)) == "001/FR-009"
    assert rows["001/FR-009"].coverage is Coverage.UNIMPLEMENTED
    first = rows["001/FR-001"]
    assert (first.components, first.tasks, first.examples) == (("001/C1",), ("001/T001",), 2)
    assert report.covered == len(rows) - 1


def test_other_features_do_not_appear(checkout: Checkout) -> None:
    checkout.write("specs/002-more/spec.md", "# Feature Specification: More\n")
    checkout.commit()
    report = analyze(checkout.root, "001", ports=make_draft_ports())
    paths = {one.problem.place.path for one in report.findings}
    assert all(path.startswith((FOLDER, ".specify")) for path in paths)


def test_a_model_finding_has_two_quotes_and_is_marked(checkout: Checkout) -> None:
    def answer(request: ModelRequest) -> str:
        both = "quickly be shown" in request.prompt and "never shown" in request.prompt
        quotes = ("MUST quickly be shown rounded", "is never shown rounded")
        return relate("contradicts", *quotes) if both else relate("fine")

    model = ScriptedModel([answer] * 20)
    report = look(checkout, model, most=1)
    (found,) = report.model_findings
    assert (found.relation, found.model) == (Relation.CONTRADICTS, "scripted:model")
    assert found.first.ref == "001/FR-009"
    for one in (found.first, found.second):
        assert one.quote in checkout.read(SPEC_PATH).split("\n")[one.place.line - 1]
    assert len(model.requests) <= 3
    assert look(checkout).findings == report.findings


@pytest.mark.parametrize(
    "answer",
    [
        relate("contradicts", "MUST be shown twice", "is never shown rounded"),
        relate("contradicts", "", ""),
        relate("perhaps"),
        "",
    ],
)
def test_a_finding_without_two_true_quotes_counts_for_nothing(
    checkout: Checkout, answer: str
) -> None:
    report = look(checkout, ScriptedModel([answer] * 40), most=1)
    assert report.model_findings == ()


def test_statements_are_data(checkout: Checkout) -> None:
    model = ScriptedModel([relate("fine")] * 20)
    look(checkout, model, most=1)
    for request in model.requests:
        assert "shown rounded" not in request.system
        assert request.prompt.count("<first-") == request.prompt.count("<second-") == 1


def test_every_rule_has_a_pass_of_its_own_or_is_an_inconsistency() -> None:
    known = {*RULES, *ARTICLE_CHECKS}
    groups = {
        category: [name for name in known if find_category(name) is category]
        for category in Category
    }
    assert all(len(names) >= 3 for names in groups.values()), groups
    assert find_category("contradictory-numbers") is Category.INCONSISTENCY
    assert find_category("calls.forbidden") is Category.CONSTITUTION
