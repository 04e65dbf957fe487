"""What a repository's own files say is found, with the lines that say it."""

from __future__ import annotations

import pytest

from headwater.policies.facts import find_facts
from headwater.policies.proposals import is_enforceable
from headwater.policies.strengths import Strength
from headwater.rules.articles.registry import RULES
from tests.policies.builders import read_text

PYPROJECT = """\
[project]
name = "x"
dependencies = [
    "httpx>=0.27",  # "not-one"
    'rich[all]>=13',
]

[tool.ruff]
line-length = 99

[tool.ruff.lint.mccabe]
max-complexity = 7

[tool.mypy]
strict = true

[tool.coverage.report]
fail_under = 92.5
"""
WORKFLOW = """\
on: push
jobs:
  check:
    steps:
      - uses: actions/checkout@v4
      - run: uv run pytest --cov-fail-under=85
      - run: |
          ruff check .
          bandit -r src
          echo ruff is done
"""
CASES = [
    (
        "pyproject.toml",
        PYPROJECT,
        [
            (3, 6, "Dependencies are those that are declared: `httpx`, `rich`."),
            (9, 9, "Lines have at most 99 characters."),
            (12, 12, "Functions have a cyclomatic complexity of at most 7."),
            (15, 15, "mypy checks all types in strict mode."),
            (18, 18, "Tests cover at least 92.5 % of the statements."),
        ],
    ),
    (
        "requirements-dev.txt",
        "# tools\npytest==8.3.4\nruff==0.14\n",
        [
            (2, 3, "Dependencies are those that are declared: `pytest`, `ruff`."),
            (2, 3, "Dependencies are pinned to an exact version."),
        ],
    ),
    (
        "requirements.txt",
        "pytest==8.*\n",
        [(1, 1, "Dependencies are those that are declared: `pytest`.")],
    ),
    (
        "package.json",
        '{\n  "dependencies": {\n    "react": "^18",\n    "@x/y": "1"\n  }\n}\n',
        [(3, 4, "Dependencies are those that are declared: `react`, `@x/y`.")],
    ),
    (
        "go.mod",
        "module x\n\nrequire (\n\tgithub.com/a/b v1.2.3\n)\n",
        [(4, 4, "Dependencies are those that are declared: `github.com/a/b`.")],
    ),
    (
        ".editorconfig",
        "root = true\n[*]\nmax_line_length = 120\n[*.py]\nmax_line_length = off\n",
        [(3, 3, "Lines have at most 120 characters.")],
    ),
    (
        ".eslintrc.json",
        '{"rules": {\n  "complexity": ["error", 6],\n  "max-lines": ["warn", {"max": 200}]\n}}\n',
        [
            (2, 2, "Functions have a cyclomatic complexity of at most 6."),
            (3, 3, "Modules have at most 200 lines."),
        ],
    ),
    (
        ".coveragerc",
        "[report]\nfail_under = 70\n",
        [(2, 2, "Tests cover at least 70 % of the statements.")],
    ),
    ("mypy.ini", "[mypy]\nstrict = True\n", [(2, 2, "mypy checks all types in strict mode.")]),
    (
        "SECURITY.md",
        "# Security\n\nWrite to us.\n",
        [(1, 1, "Vulnerabilities are reported as `SECURITY.md` says.")],
    ),
    (
        "LICENSE",
        "\n   Apache License\n   Version 2.0, January 2004\n\nTerms\n",
        [(2, 3, "The project is under the licence Apache-2.0, as `LICENSE` says.")],
    ),
    (
        ".github/CODEOWNERS",
        "# owners\n* @team\n/docs @writers\n",
        [(2, 3, "Changes are reviewed by the owners that `.github/CODEOWNERS` names.")],
    ),
    (
        ".github/workflows/ci.yml",
        WORKFLOW,
        [
            (6, 6, "Continuous integration runs `uv run pytest --cov-fail-under=85`."),
            (6, 6, "Tests cover at least 85 % of the statements."),
            (8, 8, "Continuous integration runs `ruff check .`."),
            (9, 9, "Continuous integration runs `bandit -r src`."),
        ],
    ),
]


@pytest.mark.parametrize(("path", "text", "expected"), CASES, ids=[path for path, _, _ in CASES])
def test_facts(path: str, text: str, expected: list[tuple[int, int, str]]) -> None:
    facts = list(find_facts(read_text(text, path=path)))
    found = [
        (one.quote.passage.first.line, one.quote.passage.last.line, one.clause) for one in facts
    ]
    assert found == expected
    assert all(one.is_fact and one.demand.strength is Strength.SHOULD for one in facts)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "[tool.other]\nline-length = 99\n"),
        ("pyproject.toml", "[tool.mypy]\nstrict = false\n"),
        ("pyproject.toml", "[project]\ndependencies = [\n"),
        ("requirements.txt", "# nothing\n-r other.txt\n"),
        ("package.json", "{}"),
        ("LICENSE", "All rights reserved.\n"),
        ("CODEOWNERS", "# nobody\n"),
        ("notes.md", "[tool.ruff]\nline-length = 99\n"),
    ],
)
def test_no_facts(path: str, text: str) -> None:
    assert list(find_facts(read_text(text, path=path))) == []


def test_what_a_fact_proposes_is_asked_as_a_check_takes_it() -> None:
    """A check that changes its arguments would silently be proposed no more."""
    facts = [fact for path, text, _ in CASES for fact in find_facts(read_text(text, path=path))]
    proposals = [one for fact in facts for one in fact.proposals if one.check in RULES]
    assert {"complexity.max"} <= {one.check for one in proposals}
    assert [one for one in proposals if not is_enforceable(one)] == []
