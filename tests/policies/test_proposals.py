"""Checks are proposed for statements that a check can prove, and for no others."""

from __future__ import annotations

import pytest

from headwater.policies.measures import read_measures
from headwater.policies.proposals import Proposal, is_enforceable, merge_proposals
from headwater.policies.propose import propose_checks
from headwater.policies.propose_limits import propose_limits
from headwater.policies.propose_names import propose_names
from headwater.policies.propose_practices import propose_practices
from headwater.policies.spdx import find_licences
from headwater.rules.articles.apply import check_constitution
from headwater.rules.articles.registry import RULES
from headwater.spec.model import Severity, Source
from headwater.spec.read_constitution import read_constitution
from tests.policies.builders import find_one

# What each check is asked with; those that are not there yet propose nothing until they are.
CASES = [
    (
        "Functions must not have a cyclomatic complexity above 8.",
        ["{check: complexity.max, max: 8}"],
    ),
    (
        "A function should have at most 40 lines, and a module must have at most 300 lines.",
        [
            "{check: module.lines, max: 300}",
            "{check: functions.lines, severity: warning, max: 40}",
        ],
    ),
    (
        "Tests must cover at least 82.5 % of the code.",
        ["{check: coverage.floor, percent: 83}"],
    ),
    ("Code coverage must not fall below 80 percent.", ["{check: coverage.floor, percent: 80}"]),
    (
        "The modules pickle, marshal and shelve must not be imported.",
        ["{check: imports.forbidden, modules: [pickle, marshal, shelve]}"],
    ),
    (
        "`requests` should not be imported in `src/core/`.",
        [
            (
                '{check: imports.forbidden, scope: "src/core/**", severity: warning, '
                "modules: [requests]}"
            ),
        ],
    ),
    (
        "The functions eval and exec must never be called.",
        ["{check: calls.forbidden, calls: [eval, exec]}"],
    ),
    (
        "Never call `os.system()` or `subprocess.*`.",
        ['{check: calls.forbidden, calls: [os.system, "subprocess.*"]}'],
    ),
    (
        "Only components under the MIT, BSD-3-Clause or Apache 2.0 licence may be used.",
        ["{check: licences.allowed, licenses: [MIT, BSD-3-Clause, Apache-2.0]}"],
    ),
    ("All dependencies must be pinned.", ["{check: dependencies.pinned}"]),
    ("Tests must be written before the code that they test.", ["{check: tests.before_code}"]),
    (
        "Passwords must never be committed to the repository.",
        ["{check: secrets.forbidden}"],
    ),
    ("Static analysis must run on every change.", ["{check: security.scan}"]),
    ("Needless abstractions are not allowed.", ["{check: abstraction.needless}"]),
    (
        "Every repository must contain a SECURITY.md and a README.",
        ["{check: documents.required, paths: [SECURITY.md]}"],
    ),
    (
        "Layers must import downwards, from top to bottom these layers: cli, core, store.",
        ["{check: layers, layers: [cli, core, store]}"],
    ),
    (
        "## Libraries\n\n| Name | Status |\n| --- | --- |\n| click | yes |\n| flask | no |\n",
        [
            "{check: dependencies.allowed, packages: [click]}",
            "{check: dependencies.forbidden, packages: [flask]}",
            "{check: imports.forbidden, modules: [flask]}",
        ],
    ),
]
NOTHING = [
    "A package must never be built without `main` and `pyproject.toml`.",
    "The part that imports `setup.py` must not fail.",
    "Programs must not be started through a shell.",
    "Passwords must have at least 12 characters.",
    "Time must not be wasted.",
    "The code of conduct must not be broken.",
    "Logs must be kept for 30 days.",
    "Keys must not be given to strangers.",
    "Tests must be run.",
    "Meetings must not exceed 30 lines of minutes.",
    "The library must be quiet.",
]


def propose(sentence: str) -> list[Proposal]:
    statement = find_one(sentence)
    finders = (propose_limits, propose_names, propose_practices)
    return [proposal for find in finders for proposal in find(statement)]


@pytest.mark.parametrize(("sentence", "rendered"), CASES)
def test_what_could_be_enforced(sentence: str, rendered: list[str]) -> None:
    assert [proposal.render() for proposal in propose(sentence)] == rendered


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_only_people_can_judge(sentence: str) -> None:
    assert propose(sentence) == []


@pytest.mark.parametrize(("sentence", "rendered"), CASES)
def test_a_check_that_is_there_takes_what_is_proposed(sentence: str, rendered: list[str]) -> None:
    """A check that changes its arguments would silently be proposed no more."""
    known = [proposal for proposal in propose(sentence) if proposal.check in RULES]
    assert list(propose_checks(find_one(sentence))) == known
    entries = "\n".join(f"  - {proposal.render()}" for proposal in known)
    text = f"# C\n\n### I. A\n\n```yaml\nenforce:\n{entries}\n```\n" if known else "# C\n"
    constitution = read_constitution(Source(path="c.md", data=text.encode()))
    assert constitution.problems == ()
    assert list(check_constitution(constitution)) == []


def test_a_check_that_is_not_there_is_not_proposed() -> None:
    assert not is_enforceable(Proposal(check="moon.phase"))
    assert not is_enforceable(Proposal(check="complexity.max", arguments={"max": "many"}))
    assert is_enforceable(Proposal(check="complexity.max", arguments={"max": 3}))


def test_lists_of_one_check_are_joined() -> None:
    def forbid(*names: str, severity: Severity = Severity.ERROR) -> Proposal:
        return Proposal(
            check="imports.forbidden", severity=severity, arguments={"modules": list(names)}
        )

    merged = merge_proposals(
        [forbid("a", "b"), forbid("b", "c"), forbid("d", severity=Severity.WARNING)]
    )
    assert [proposal.render() for proposal in merged] == [
        "{check: imports.forbidden, modules: [a, b, c]}",
        "{check: imports.forbidden, severity: warning, modules: [d]}",
    ]


def test_words_of_yaml_are_quoted() -> None:
    proposal = Proposal(check="x", arguments={"names": ["no", "a b", "#", "ok"]})
    assert proposal.render() == '{check: x, names: ["no", "a b", "#", ok]}'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MIT, BSD 3-Clause or Apache License 2.0", ("MIT", "BSD-3-Clause", "Apache-2.0")),
        ("LGPLv3 and GPL v2", ("LGPL-3.0-only", "GPL-2.0-only")),
        ("MPL 2.0", ("MPL-2.0",)),
        ("a GPL licence of any kind", ()),
        ("permits", ()),
    ],
)
def test_licences_by_their_names(text: str, found: tuple[str, ...]) -> None:
    assert find_licences(text) == found


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("Coverage must be at least 80 %.", [("coverage", 80.0)]),
        ("At least 90 percent of lines must be covered.", [("coverage", 90.0)]),
        ("Lines must have at most 100 characters.", [("line length", 100.0)]),
        ("Passwords must have 12 characters.", [("password length", 12.0)]),
        ("Complexity must be low; 12 people agreed.", []),
    ],
)
def test_measures(sentence: str, measures: list[tuple[str, float]]) -> None:
    assert [(one.name, one.value) for one in read_measures(sentence)] == measures
