"""The checks of sizes and shapes: complexity, lines, needless abstract types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.graph.facts import CodedType
from headwater.rules.articles.evidence import Evidence
from headwater.rules.notes import NotedType
from headwater.spec.model import Place
from tests.rules.articles.breaches import find, find_messages
from tests.rules.articles.builders import make_evidence, make_facts

if TYPE_CHECKING:
    from headwater.graph.facts import CodeFacts


def test_complexity_is_allowed_up_to_the_maximum() -> None:
    facts = make_facts(complexities=(("fine", 5, 1), ("Parser.read", 6, 20)))
    (problem,) = find("complexity.max", make_evidence(facts), max=5)
    assert problem.message == (
        "article I allows a complexity of 5; `Parser.read` has 6 (src/x.py:20)"
    )
    assert problem.place == Place(path="src/x.py", line=20)
    assert problem.code == "complexity-above-max"


def test_lines_are_allowed_up_to_the_maximum() -> None:
    facts = make_facts(complexities=(("fine", 5, 1), ("Parser.read", 6, 20)), lines=25)
    assert find_messages("functions.lines", facts, max=5) == [
        "article I allows functions of 5 lines; `Parser.read` has 6 (src/x.py:20)"
    ]
    assert find_messages("module.lines", facts, max=24) == [
        "article I allows files of 24 lines; this one has 25 (src/x.py:25)"
    ]
    assert find_messages("module.lines", facts, max=25) == []


def make_types(*names: str, path: str = "src/x.py") -> CodeFacts:
    """A file with the abstract type `Store` and classes that implement it."""
    types = [CodedType(name="Store", bases=("Protocol",), members=("read",), line=3)]
    types += [CodedType(name=name, bases=(), members=("read",), line=9) for name in names]
    return replace(make_facts(path=path), types=tuple(types))


def test_an_abstract_type_with_one_implementation_is_needless() -> None:
    (message,) = find_messages("abstraction.needless", make_types("FileStore"))
    assert "only `FileStore` implements `Store` (src/x.py:3)" in message
    assert find_messages("abstraction.needless", make_types("FileStore", "MemoryStore")) == []
    assert find_messages("abstraction.needless", make_types()) == []


def test_an_abstract_type_that_a_plan_gives_a_reason_for_is_left_alone() -> None:
    decided = make_evidence(make_types("FileStore"), decided=frozenset({"Store"}))
    assert find("abstraction.needless", decided) == []
    other = NotedType("001/C2", "OtherStore", (), ("read",), "plan.md", 9)
    planned = make_evidence(make_types("FileStore"), planned_types=(other,))
    assert find("abstraction.needless", planned) == []


def test_an_abstract_type_of_a_plan_is_the_plans_breach_alone() -> None:
    types = (
        NotedType("001/C1", "Store", ("ABC",), ("read",), "plan.md", 5),
        NotedType("001/C1", "FileStore", ("Store",), ("read",), "plan.md", 9),
    )
    of_plan = Evidence(planned_types=types, judges_plans=True)
    (problem,) = find("abstraction.needless", of_plan)
    assert str(problem.place) == "plan.md:5"
    of_code = make_evidence(make_types("FileStore"), planned_types=types)
    assert find("abstraction.needless", of_code) == []
