"""Facts of continuous integration: the checks that it runs on every change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.policies.make_fact import make_fact
from headwater.policies.quotes import list_lines
from headwater.policies.topics import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.policies.interface import PolicyText
    from headwater.policies.statements import Statement

_TOOLS = {
    Topic.SECURITY: r"bandit|semgrep|gitleaks|trivy|pip-audit|govulncheck|npm audit",
    Topic.TESTING: r"pytest|tox|nox|go test|npm (?:run )?test|vitest|jest|make test",
    Topic.TYPING: r"mypy|pyright|tsc",
    Topic.STYLE: r"ruff|black|flake8|eslint|prettier|gofmt|golangci-lint|pre-commit|make lint",
}
_STEP = r"\s*(?:-\s+)?(?:run\s*:\s*)?[\"']?(?P<command>{}(?![\w-]).*?)[\"']?\s*"
_RUNNERS = r"(?:(?:uv|poetry|pdm|hatch) run |python -m |npx )?"
_FLOOR = r"--cov-fail-under[= ](\d{1,3})\b"


def find_commands(policy: PolicyText) -> Iterator[Statement]:
    """A statement for every line that runs a known tool."""
    for line in list_lines(policy):
        for topic, tools in _TOOLS.items():
            step = re.fullmatch(_STEP.format(rf"{_RUNNERS}(?:{tools})"), line.text)
            if not step:
                continue
            clause = f"Continuous integration runs `{step['command'].replace('`', '')}`."
            scans = "security.scan" if topic is Topic.SECURITY else ""
            yield make_fact(policy, [line], clause=clause, topic=topic, check=scans)
            floor = re.search(_FLOOR, step["command"])
            if floor:
                yield make_fact(
                    policy,
                    [line],
                    clause=f"Tests cover at least {floor[1]} % of the statements.",
                    topic=Topic.TESTING,
                    check="coverage.floor",
                    percent=int(floor[1]),
                )
            break
