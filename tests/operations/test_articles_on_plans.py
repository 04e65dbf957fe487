"""Articles as `check` and `build` enforce them on plans and tasks, with article, file and line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.spec.model import Severity
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    CONSTITUTION_PATH,
    DOUBLE,
    FOLDER,
    PLAN_PATH,
    SUMS,
    Checkout,
    answer_all,
)
from tests.operations.enforcing import SMALL, find, refuse, start

if TYPE_CHECKING:
    from pathlib import Path


def depend_on(checkout: Checkout, *names: str) -> None:
    """Let the plan name dependencies, on its line 6."""
    plan = checkout.read(PLAN_PATH).replace(
        "**Target**: python\n",
        f"**Target**: python\n**Primary Dependencies**: {', '.join(names)}\n",
    )
    checkout.write(PLAN_PATH, plan)
    checkout.commit()


def test_a_plan_with_a_forbidden_dependency_is_refused(repository: Path) -> None:
    checkout = start(repository, "check: dependencies.forbidden, packages: [requests]")
    depend_on(checkout, "click 8.1", "requests")
    (problem,) = refuse(checkout)
    assert str(problem.place).startswith(f"{PLAN_PATH}:6")
    assert "article I forbids depending on `requests`" in problem.message
    assert f"{CONSTITUTION_PATH}:7" in problem.hint
    (found,) = find(checkout, "forbidden-dependency")
    assert found.place == problem.place


def test_a_plan_is_judged_by_what_its_dependencies_require(repository: Path) -> None:
    """Of packages that are installed here for certain: these tests run in pytest."""
    checkout = start(repository, "check: dependencies.forbidden, packages: [pluggy]")
    depend_on(checkout, "pytest", "no-such-package-anywhere")
    (problem,) = refuse(checkout)
    assert "forbids depending on `pluggy`, which `pytest` brings along" in problem.message
    (unknown,) = find(checkout, "dependency-unknown")
    assert unknown.severity is Severity.WARNING
    assert "no-such-package-anywhere" in unknown.message


def test_an_interface_that_breaks_an_article_is_refused(repository: Path) -> None:
    part = replace(DOUBLE, interface=f"from socket import socket\n\n\n{DOUBLE.interface}")
    checkout = start(
        repository,
        "check: imports.forbidden, modules: [socket]",
        sketch=replace(SUMS, parts=(part,)),
    )
    (problem,) = refuse(checkout)
    assert problem.place.path == PLAN_PATH
    assert checkout.read(PLAN_PATH).splitlines()[problem.place.line - 1].startswith("from socket")
    assert "article I forbids importing `socket`, which the interface of 001/C1 needs" in (
        problem.message
    )


@pytest.mark.parametrize("dependency", ["none", "Python standard library only", "click"])
def test_a_plan_that_keeps_its_articles_is_built(repository: Path, dependency: str) -> None:
    checkout = start(
        repository,
        "check: dependencies.allowed, packages: [click]",
        "check: licences.allowed, licenses: [BSD-3-Clause]",
        "check: tests.before_code",
    )
    depend_on(checkout, dependency)
    assert checkout.build(ScriptedModel(answer_all(SMALL))).succeeded
    assert find(checkout) == []


def test_a_warning_is_told_and_stops_nothing(repository: Path) -> None:
    checkout = start(
        repository,
        "check: dependencies.allowed, packages: [attrs], severity: warning",
        "check: module.lines, max: 1, severity: warning",
    )
    depend_on(checkout, "click")
    assert checkout.build(ScriptedModel(answer_all(SMALL))).succeeded
    found = find(checkout)
    assert {one.code for one in found} == {"dependency-not-allowed", "module-too-long"}
    assert {one.severity for one in found} == {Severity.WARNING}


def test_a_component_that_no_test_could_fail_is_refused(repository: Path) -> None:
    """FR-001 becomes an NFR, so that no test is made of it and none is written."""
    checkout = start(repository, "check: tests.before_code")
    for name in ("spec.md", "plan.md"):
        text = checkout.read(f"{FOLDER}/{name}").replace("FR-001", "NFR-001")
        rows = [line for line in text.splitlines() if "|" not in line]
        checkout.write(f"{FOLDER}/{name}", "\n".join(rows) + "\n")
    checkout.commit()
    (problem,) = refuse(checkout)
    assert "no test that could fail judges C1" in problem.message
    assert problem.place.path == PLAN_PATH


def test_tasks_that_write_tests_late_are_refused(repository: Path) -> None:
    tasks = "# Tasks\n\n- [ ] T001 Double (FR-001; C1)\n- [ ] T002 Write tests of it (C1)\n"
    checkout = start(repository, "check: tests.before_code", sketch=replace(SMALL, tasks=tasks))
    (problem,) = refuse(checkout)
    assert str(problem.place).startswith(f"{FOLDER}/tasks.md:4")
