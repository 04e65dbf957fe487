"""The pages of rules say what the rules say, and are current."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from headwater.rules.pages import render_pages, render_rule_page
from headwater.rules.registry import RULES

FOLDER = Path(__file__).parents[2] / "docs" / "rules"


def test_the_committed_pages_are_those_of_the_rules() -> None:
    """`make docs` writes them."""
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == render_pages(RULES.values())


def test_a_page_shows_severity_source_and_cases() -> None:
    rule = dataclasses.replace(
        RULES["task-cycle"],
        source="A book",
        essential=True,
        good="Good text",
        bad={"plan.md": "A plan"},
        alone=("Left alone",),
    )

    page = render_rule_page(rule)

    assert "**Severity**: warning, essential" in page
    assert "**Source**: A book" in page
    assert "`plan.md`:\n\n````markdown\nA plan\n````" in page
    assert page.index("A plan") < page.index("Good text") < page.index("Left alone")
