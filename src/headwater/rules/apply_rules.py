"""Asking the rules, and giving what they find its severity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.errors import UsageError
from headwater.graph.scope import suggest_names
from headwater.paths import matches_any
from headwater.rules.consistency.clauses import read_clauses
from headwater.rules.interface import FeatureSubject
from headwater.rules.passages import read_passages
from headwater.rules.sentences import read_statements
from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.rules.interface import Finding, ProjectSubject, Rule
    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Feature


def describe_feature(feature: Feature, *, settings: RuleSettings) -> FeatureSubject:
    """What rules need to know of one feature, read once for all of them."""
    passages = read_passages(feature)
    return FeatureSubject(
        feature=feature,
        passages=passages,
        statements=tuple(read_statements(passages)),
        clauses=tuple(read_clauses(passages)),
        settings=settings,
    )


def find_in_feature(
    feature: Feature, *, rules: Iterable[Rule], settings: RuleSettings
) -> Iterator[Problem]:
    """What the rules find in one feature's documents alone, with their own severities."""
    subject = describe_feature(feature, settings=settings)
    for rule in rules:
        if rule.find_in_feature is not None and settings.severity.get(rule.name) != "off":
            yield from (_report(rule, finding) for finding in rule.find_in_feature(subject))


def find_in_project(subject: ProjectSubject, *, rules: Iterable[Rule]) -> Iterator[Problem]:
    """What the rules find that look across features, with their own severities."""
    for rule in rules:
        if rule.find_in_project is not None and subject.settings.severity.get(rule.name) != "off":
            yield from (_report(rule, finding) for finding in rule.find_in_project(subject))


def set_severities(
    problems: Iterable[Problem], *, rules: Mapping[str, Rule], settings: RuleSettings
) -> Iterator[Problem]:
    """The problems with the severities that settings give their rules, and within their scopes.

    Raises:
        UsageError: a setting names a rule that does not exist, or turns an essential one down.
    """
    _refuse_unknown(rules, settings)
    for problem in problems:
        level = settings.severity.get(problem.code)
        scope = settings.scope.get(problem.code)
        if level == "off" or (scope is not None and not matches_any(problem.place.path, scope)):
            continue
        yield replace(problem, severity=Severity(level)) if level else problem


def _refuse_unknown(rules: Mapping[str, Rule], settings: RuleSettings) -> None:
    for table in ("severity", "scope"):
        for name, value in getattr(settings, table).items():
            rule = rules.get(name)
            if rule is None:
                raise UsageError(
                    f"headwater.toml: rules.{table} names `{name}`, which is no rule",
                    hint=suggest_names(name, rules) or "`headwater check --rules` lists them.",
                )
            if rule.essential and value != "error":
                raise UsageError(
                    f"headwater.toml: rules.{table} changes `{name}`, which `build` relies on",
                    hint="Mend what it finds; it cannot be turned down.",
                )


def _report(rule: Rule, finding: Finding) -> Problem:
    return Problem(
        code=rule.name,
        message=finding.message,
        place=finding.place,
        hint=finding.hint,
        severity=rule.severity,
    )
