"""What the rules find in documents that need no repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.apply_rules import find_in_feature
from headwater.rules.registry import RULES
from headwater.rules.settings import RuleSettings
from headwater.spec.read_project import read_project
from tests.rules.cases import expand_case

if TYPE_CHECKING:
    from headwater.rules.interface import Case
    from headwater.spec.model import Problem


def find_problems(case: Case, *, settings: RuleSettings | None = None) -> list[Problem]:
    """What all rules find in one feature's documents alone, by place."""
    documents = {path: text.encode() for path, text in expand_case(case).items()}
    (feature,) = read_project(documents).features
    problems = find_in_feature(feature, rules=RULES.values(), settings=settings or RuleSettings())
    return sorted(problems, key=lambda problem: problem.place)


def find_codes(statement: str) -> list[str]:
    """The rules that find something in a requirement that says this."""
    return [problem.code for problem in find_problems(f"- **FR-001**: {statement}\n")]
