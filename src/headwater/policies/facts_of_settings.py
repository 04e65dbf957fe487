"""Facts of linters, type checkers, editors and coverage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.policies.make_fact import make_fact
from headwater.policies.quotes import list_lines
from headwater.policies.settings_lines import list_settings
from headwater.policies.topics import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.policies.interface import PolicyText
    from headwater.policies.settings_lines import Setting
    from headwater.policies.statements import Statement

_LENGTH = "Lines have at most {} characters."
_COMPLEXITY = "Functions have a cyclomatic complexity of at most {}."
# Section, key, sentence, topic, check with its argument.
_NUMBERS = (
    (r"(?:tool\.ruff(?:\.\w+)?|)", "line-length", _LENGTH, Topic.STYLE, "", ""),
    (r".*\*.*", "max_line_length", _LENGTH, Topic.STYLE, "", ""),
    (r".*mccabe", "max-complexity", _COMPLEXITY, Topic.SIMPLICITY, "complexity.max", "max"),
    (
        r"(?:tool\.coverage\.report|(?:coverage:)?report)",
        "fail_under",
        "Tests cover at least {} % of the statements.",
        Topic.TESTING,
        "coverage.floor",
        "percent",
    ),
)
_SWITCHES = (
    (r"(?:tool\.)?mypy", "strict", "mypy checks all types in strict mode.", Topic.TYPING),
    (
        r"(?:tool\.)?mypy",
        "disallow_untyped_defs",
        "All functions have type annotations.",
        Topic.TYPING,
    ),
)
# Rules of ESLint: `"complexity": ["error", 10]`, `"max-len": ["warn", {"code": 100}]`.
_ESLINT = (
    ("complexity", _COMPLEXITY, Topic.SIMPLICITY, "complexity.max"),
    ("max-len", _LENGTH, Topic.STYLE, ""),
    ("max-lines", "Modules have at most {} lines.", Topic.SIMPLICITY, "module.lines"),
    (
        "max-lines-per-function",
        "Functions have at most {} lines.",
        Topic.SIMPLICITY,
        "functions.lines",
    ),
)


def find_settings(policy: PolicyText) -> Iterator[Statement]:
    """A statement for every setting that is known."""
    if policy.path.endswith(".json"):
        yield from _find_eslint(policy)
        return
    for setting in list_settings(policy):
        yield from _read_number(policy, setting)
        for section, key, clause, topic in _SWITCHES:
            if setting.key == key and setting.is_on and re.fullmatch(section, setting.section):
                yield make_fact(policy, setting.lines, clause=clause, topic=topic)


def _read_number(policy: PolicyText, setting: Setting) -> Iterator[Statement]:
    for section, key, clause, topic, check, argument in _NUMBERS:
        value = setting.number
        if setting.key != key or value is None or not re.fullmatch(section, setting.section):
            continue
        number = int(value) if value.is_integer() else value
        arguments = {argument: int(value)} if check else {}
        yield make_fact(
            policy,
            setting.lines,
            clause=clause.format(number),
            topic=topic,
            check=check,
            **arguments,
        )


def _find_eslint(policy: PolicyText) -> Iterator[Statement]:
    for line in list_lines(policy):
        for rule, clause, topic, check in _ESLINT:
            found = re.match(rf"\s*\"{rule}\"\s*:\s*\[[^\]]*?(\d+)[^\]]*\]", line.text)
            if found:
                number = int(found[1])
                arguments = {"max": number} if check else {}
                yield make_fact(
                    policy,
                    [line],
                    clause=clause.format(number),
                    topic=topic,
                    check=check,
                    **arguments,
                )
