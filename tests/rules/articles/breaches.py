"""What a check of an article finds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.rules.articles.arguments import find_argument_problems
from headwater.rules.articles.interface import Demand
from headwater.rules.articles.registry import RULES
from headwater.spec.model import Problem, Severity
from tests.rules.articles.builders import make_check, make_evidence

if TYPE_CHECKING:
    from headwater.graph.facts import CodeFacts
    from headwater.rules.articles.evidence import Evidence


def find(name: str, evidence: Evidence, **arguments: object) -> list[Problem]:
    """What a check of article I with these arguments finds."""
    scope = str(arguments.pop("scope", "**"))
    severity = Severity(arguments.pop("severity", "error"))
    check = replace(make_check(name, scope=scope, severity=severity), arguments=arguments)
    assert list(find_argument_problems(RULES[name], check)) == []
    return list(RULES[name].find(evidence, Demand(article="I", check=check)))


def find_messages(name: str, *facts: CodeFacts, **arguments: object) -> list[str]:
    return [problem.message for problem in find(name, make_evidence(*facts), **arguments)]
