"""Articles as they stand in a constitution, applied to Python as it is written."""

from __future__ import annotations

import pytest

from headwater.rules.articles.apply import check_articles, check_constitution
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.targets.python.facts import read_facts
from tests.rules.articles.builders import CONSTITUTION, make_evidence

DOCUMENT = """# Constitution

## Core Principles

### I. Few dependencies

What we depend on is decided here.

```yaml
enforce:
  - check: imports.forbidden
    scope: "src/**"
    modules: [requests, urllib.request]
```

### II. Safe and simple

```yaml
enforce:
  - {check: calls.forbidden, calls: [eval, "subprocess.*"]}
  - {check: complexity.max, max: 2, severity: warning}
```
"""


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        (
            "import requests.adapters",
            ["article I forbids importing `requests` (src/x.py:1)"],
        ),
        (
            "from urllib import request",
            ["article I forbids importing `urllib.request` (src/x.py:1)"],
        ),
        (
            "from requests import get, post",
            ["article I forbids importing `requests` (src/x.py:1)"],
        ),
        ("import httpx\nimport requests_mock\nfrom urllib import parse", []),
        ("value = eval('1')", ["article II forbids calling `eval` (src/x.py:1)"]),
        (
            "from subprocess import run as go\n\ngo(['x'])",
            ["article II forbids calling `subprocess.run` (src/x.py:3)"],
        ),
        ("import ast\n\nast.literal_eval('1')\nmodel = load()\nmodel.eval()", []),
        (
            "def f(a, b):\n    if a:\n        if b:\n            return 1\n    return 0",
            ["article II allows a complexity of 2; `f` has 3 (src/x.py:1)"],
        ),
        ("def f(a):\n    return 1 if a else 0\n\ndef g(b):\n    return f(b) if b else 0", []),
    ],
)
def test_articles_judge_python_by_what_it_means(code: str, messages: list[str]) -> None:
    constitution = read_constitution(Source(path=CONSTITUTION, data=DOCUMENT.encode()))
    assert check_constitution(constitution) == []
    facts = read_facts(code, path="src/x.py")
    found = [problem.message for problem in check_articles(constitution, make_evidence(facts))]
    assert found == messages


def test_a_wrong_check_is_placed_in_the_document() -> None:
    wrong = DOCUMENT.replace("max: 2", "max: two")
    constitution = read_constitution(Source(path=CONSTITUTION, data=wrong.encode()))
    (problem,) = check_constitution(constitution)
    assert problem.message == "expected `max` to be a whole number from 1, found `two`"
    lines = wrong.splitlines()
    assert (
        "enforce:" in lines[problem.place.line - 1] or "max: two" in lines[problem.place.line - 1]
    )
