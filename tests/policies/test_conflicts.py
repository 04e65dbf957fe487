"""Statements that cannot all be kept are reported; such as can are left alone."""

from __future__ import annotations

import pytest

from headwater.policies.conflicts import find_conflicts
from headwater.policies.research import research_policies

TABLE = "## Libraries\n\n| Name | Status |\n| --- | --- |\n| click | {} |\n"


def find(*texts: str, **settings: str) -> list[str]:
    policies = {f"policy-{number}.md": text.encode() for number, text in enumerate(texts, 1)}
    own = {name.replace("_", "."): text.encode() for name, text in settings.items()}
    return [one.about for one in find_conflicts(research_policies(policies, own).statements)]


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("Coverage must be at least 80 %.", "Tests must cover 85 % of the code.", "coverage"),
        (
            "Complexity must not exceed 8.",
            "Cyclomatic complexity should be at most 10.",
            "complexity",
        ),
        (
            "Logs must be kept for 30 days.",
            "Logs must be kept for 90 days.",
            "“30 days” or “90 days”",
        ),
        (
            "Sessions must end within 30 minutes of rest.",
            "Sessions must end within 1 hour of rest.",
            "“within 30 minutes” or “within 1 hour”",
        ),
        (
            "Debug logs must be sent to the archive.",
            "Debug logs must not be sent to the archive.",
            "whether it must or must not be",
        ),
        (TABLE.format("approved"), TABLE.format("forbidden"), "click"),
        (TABLE.format("approved"), "The library `click` must not be used.", "click"),
    ],
)
def test_conflicts(one: str, other: str, about: str) -> None:
    assert find(one, other) == [about]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coverage must be at least 80 %.", "Tests must cover 80 % of the code."),
        ("Logs must be kept for 1 hour.", "Logs must be kept for 60 minutes."),
        ("Logs must be kept for 30 days.", "Backups must be kept for 90 days."),
        ("Debug logs must be sent to the archive.", "Audit logs must not be sent there at all."),
        (TABLE.format("approved"), TABLE.format("approved")),
        (TABLE.format("approved"), "Nobody must click on links in letters."),
        (TABLE.format("forbidden"), "The library `click` must not be used."),
    ],
)
def test_no_conflicts(one: str, other: str) -> None:
    assert find(one, other) == []


def test_a_setting_may_be_stricter_than_a_policy_and_not_laxer() -> None:
    policy = "Complexity must not exceed 8. Coverage must be at least 80 %."
    strict = (
        "[tool.ruff.lint.mccabe]\nmax-complexity = 5\n[tool.coverage.report]\nfail_under = 90\n"
    )
    lax = "[tool.ruff.lint.mccabe]\nmax-complexity = 9\n[tool.coverage.report]\nfail_under = 79\n"
    assert find(policy, pyproject_toml=strict) == []
    assert find(policy, pyproject_toml=lax) == ["complexity", "coverage"]
