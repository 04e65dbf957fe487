from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.rules.pages import render_rule_page
from headwater.rules.registry import RULES
from tests.cli.projects import Project

if TYPE_CHECKING:
    from pathlib import Path


def test_every_rule_is_listed_with_its_severity(empty: Project) -> None:
    empty.write("headwater.toml", '[rules.severity]\nvague-word = "off"\n')

    finished = empty.run("check", "--rules")

    *lines, last = finished.stdout.splitlines()
    assert finished.code == 0
    assert [line.split()[0] for line in lines] == sorted(RULES)
    assert all(RULES[line.split()[0]].title in line for line in lines)
    assert lines[sorted(RULES).index("vague-word")].split()[1] == "off"
    assert last.startswith(f"{len(RULES)} rule")


def test_rules_as_json(empty: Project) -> None:
    rules = empty.run("check", "--rules", "--json").document["rules"]

    assert isinstance(rules, list)
    assert [rule["name"] for rule in rules] == sorted(RULES)
    assert {"severity", "title", "essential"} <= rules[0].keys()


def test_rules_are_listed_where_there_is_no_repository(
    git_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = Project(root=tmp_path, capture=capsys).run("check", "--rules")

    assert finished.code == 0
    assert re.search(r"^vague-word +warning +A word", finished.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_explained(empty: Project, name: str) -> None:
    page = render_rule_page(RULES[name]).rstrip("\n")

    assert empty.run("check", "--explain", name).stdout == f"{page}\n"
    assert empty.run("check", "--explain", name, "--json").document == {"name": name, "page": page}


@pytest.mark.parametrize(
    ("name", "hint"),
    [("vague-wrd", "Did you mean `vague-word`"), ("xyz", "`headwater check --rules` lists them.")],
)
def test_an_unknown_rule_is_wrong_usage(empty: Project, name: str, hint: str) -> None:
    finished = empty.run("check", "--explain", name)

    assert finished.code == 2
    assert finished.stderr.startswith(f"error: there is no rule `{name}`\nhint: {hint}")
