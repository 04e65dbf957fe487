"""`headwater check --rules` and `--explain RULE`: what is looked for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.cli.json_form import render_json
from headwater.cli.render import align, count
from headwater.errors import UsageError
from headwater.graph.scope import suggest_names
from headwater.rules.pages import render_rule_page
from headwater.rules.registry import RULES
from headwater.rules.settings import RuleSettings
from headwater.wiring import read_settings
from headwater.workspace.repository import NoRepositoryError, open_repository

if TYPE_CHECKING:
    from headwater.cli.invocation import Invocation


def show_rules(call: Invocation, *, as_json: bool) -> str:
    """All rules by name, with the severity that the repository's settings give them."""
    levels = _read_rule_settings(call).severity
    rules = [
        {
            "name": rule.name,
            "severity": levels.get(rule.name, rule.severity.value),
            "title": rule.title,
            "essential": rule.essential,
        }
        for rule in sorted(RULES.values(), key=lambda rule: rule.name)
    ]
    if as_json:
        return render_json({"rules": rules})
    rows = [(str(one["name"]), str(one["severity"]), str(one["title"])) for one in rules]
    hint = "`headwater check --explain RULE` tells more."
    return f"{align(rows)}\n{count(len(rules), 'rule')}; {hint}"


def show_rule(name: str, *, as_json: bool) -> str:
    """One rule's page.

    Raises:
        UsageError: there is no such rule.
    """
    rule = RULES.get(name)
    if rule is None:
        raise UsageError(
            f"there is no rule `{name}`",
            hint=suggest_names(name, RULES) or "`headwater check --rules` lists them.",
        )
    page = render_rule_page(rule).rstrip("\n")
    return render_json({"name": rule.name, "page": page}) if as_json else page


def _read_rule_settings(call: Invocation) -> RuleSettings:
    try:
        root = open_repository(call.folder).root
    except NoRepositoryError:
        return RuleSettings()  # rules can be looked up anywhere
    return read_settings(root, {}).rules
