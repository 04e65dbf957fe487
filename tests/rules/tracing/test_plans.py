"""Plans against articles, other plans, and other branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.graph.facts import CodeFacts, CodeInterface, Declared, DeclaredKind, Used
from headwater.operations.check import check
from headwater.rules.notes import decode_notes, encode_notes
from headwater.rules.sample import PLAN, SECOND_COMPONENT
from headwater.rules.take_notes import take_notes
from headwater.wiring import list_targets
from headwater.workspace.kept_results import KeptResults
from tests.rules.cases import write_case
from tests.rules.subjects import make_subject

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Problem

CONSTITUTION_PATH = ".specify/memory/constitution.md"
ARTICLE = """\
# Constitution

## Core Principles

### I. Works offline

```yaml
enforce:
  - {{check: {check}, scope: "{scope}", severity: {severity}, {names}}}
```
"""
PROTOCOL = (
    "from typing import Protocol\n\n\nclass Store(Protocol):\n    def read(self) -> int: ...\n"
)
STORE = "class FileStore:\n    def read(self) -> int: ...\n"
BLOCK = "def balance(account: str) -> int: ...\n"


def find(root: Path, documents: dict[str, str], code: str) -> list[Problem]:
    write_case(root, documents)
    report = check(root, targets=list_targets())
    return [problem for problem in report.findings if problem.code == code]


def make_article(
    check: str = "imports.forbidden",
    *,
    scope: str = "src/**",
    severity: str = "error",
    names: str = "modules: [requests, google.cloud.storage]",
) -> str:
    return ARTICLE.format(check=check, scope=scope, severity=severity, names=names)


@pytest.mark.parametrize("name", ["requests 2.32", "`requests`", "google-cloud-storage"])
def test_a_dependency_that_an_article_forbids(repository: Path, name: str) -> None:
    plan = PLAN.replace("Dependencies**: none", f"Dependencies**: pydantic, {name}")
    documents = {"plan.md": plan, CONSTITUTION_PATH: make_article()}
    (problem,) = find(repository, documents, "plan-breaks-article")
    assert problem.place.path == "specs/001-ledger/plan.md"
    assert problem.place.line == 7
    assert "article I" in problem.message
    assert f"{CONSTITUTION_PATH}:9" in problem.hint


@pytest.mark.parametrize(
    ("article", "files"),
    [
        (make_article(severity="warning"), ""),
        (make_article(scope="src/core/**"), ""),
        (make_article(scope="src/ledger/balance.py"), SECOND_COMPONENT),
        (make_article(names="modules: [requests.adapters]"), ""),
    ],
)
def test_a_dependency_that_may_be_meant_for_others(
    repository: Path, article: str, files: str
) -> None:
    plan = PLAN.replace("Dependencies**: none", "Dependencies**: requests") + files
    documents = {"plan.md": plan, CONSTITUTION_PATH: article}
    assert find(repository, documents, "plan-breaks-article") == []


def test_a_call_in_an_interface_that_an_article_forbids(repository: Path) -> None:
    """The line is that of the call in the plan."""
    plan = PLAN.replace(BLOCK, f"from decimal import getcontext\n\nLIMIT = getcontext()\n\n{BLOCK}")
    article = make_article("calls.forbidden", names='calls: ["decimal.*"]')
    (problem,) = find(
        repository, {"plan.md": plan, CONSTITUTION_PATH: article}, "plan-breaks-article"
    )
    line = plan.split("\n").index("LIMIT = getcontext()") + 1
    assert (problem.place.path, problem.place.line) == ("specs/001-ledger/plan.md", line)
    assert "`decimal.getcontext`, which the interface of 001/C1 needs" in problem.message


def test_an_import_in_an_interface_that_an_article_does_not_allow(repository: Path) -> None:
    """It is told once, and neither the standard library nor an own module is meant."""
    imports = "from decimal import Decimal\nfrom ledger.other import Sum\nfrom attr import define\n"
    plan = PLAN.replace(BLOCK, f"{imports}\n\n{BLOCK}")
    documents = {"plan.md": plan, CONSTITUTION_PATH: make_article("imports.allowed")}
    (problem,) = find(repository, documents, "plan-breaks-article")
    assert "article I does not allow importing `attr`, which the interface of" in problem.message
    line = plan.split("\n").index("from attr import define") + 1
    assert problem.place.line == line


@pytest.mark.parametrize(
    ("entry", "name", "pinned"),
    [
        ("httpx 0.27.2", "httpx", True),
        ("`httpx` 0.27.2 (HTTP)", "httpx", True),
        ("httpx==0.27.2", "httpx", True),
        ("httpx v0.27.2", "httpx", True),
        ("httpx>=0.27.2", "httpx", False),
        ("httpx ~0.27.2", "httpx", False),
        ("httpx 0.27.x", "httpx", False),
        ("httpx 2", "httpx", False),
        ("httpx", "httpx", False),
        ("no-op 1.0.0", "no-op", True),
    ],
)
def test_a_dependency_of_a_plan_has_one_version_or_not(entry: str, name: str, pinned: bool) -> None:
    plan = PLAN.replace("Dependencies**: none", f"Dependencies**: {entry}")
    notes = take_notes(make_subject(plan=plan).feature, interfaces={}, facts={})
    assert [(each.name, each.pinned) for each in notes.dependencies] == [(name, pinned)]


@pytest.mark.parametrize(
    "entry", ["none", "None (standard library only)", "NEEDS CLARIFICATION", "Python stdlib"]
)
def test_what_says_that_there_is_no_dependency_is_none(entry: str) -> None:
    plan = PLAN.replace("Dependencies**: none", f"Dependencies**: {entry}")
    assert take_notes(make_subject(plan=plan).feature, interfaces={}, facts={}).dependencies == ()


def test_the_one_implementation_may_stand_in_another_plan(repository: Path) -> None:
    other = (PLAN.partition("## Decisions")[0] + SECOND_COMPONENT).replace("C1", "001/C1")
    documents = {
        "plan.md": PLAN.replace(BLOCK, f"{PROTOCOL}\n\n{BLOCK}"),
        "specs/002-report/plan.md": other.replace("def report(account: str) -> str: ...", STORE),
    }
    (problem,) = find(repository, documents, "needless-abstraction")
    assert "only FileStore of 002/C2 implements Store" in problem.message
    line = documents["plan.md"].split("\n").index("class Store(Protocol):") + 1
    assert (problem.place.path, problem.place.line) == ("specs/001-ledger/plan.md", line)


def test_an_abstraction_without_any_implementation_is_left_alone(repository: Path) -> None:
    """Whoever uses the library may implement it."""
    plan = PLAN.replace(BLOCK, f"{PROTOCOL}\n\n{BLOCK}")
    assert find(repository, {"plan.md": plan}, "needless-abstraction") == []


def test_branches_that_took_a_number(repository: Path) -> None:
    spec = "# Feature Specification\n"
    documents = {
        f"{branch}:specs/001-export/spec.md": spec for branch in ("alpha", "beta", "gamma", "delta")
    }
    documents["plan.md"] = "# Plan\n"
    (problem,) = find(repository, documents, "number-collision")
    assert "the number 001 of 001-ledger is that of 001-export on" in problem.message
    assert problem.message.endswith("and 1 more")
    assert "002 is free" in problem.hint


def test_a_feature_whose_one_document_cannot_be_read(repository: Path) -> None:
    documents = {"other:specs/001-export/spec.md": "# Spec\n"}
    write_case(repository, documents)
    path = repository / "specs" / "001-ledger" / "spec.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff")
    report = check(repository, targets=list_targets())
    places = [item.place for item in report.findings if item.code == "number-collision"]
    assert [place.path for place in places] == ["specs/001-ledger/spec.md"]


def test_what_is_kept_gives_the_same_findings(repository: Path, tmp_path: Path) -> None:
    """Notes are read back from the second check on; an article added later is seen all the same."""
    plan = PLAN.replace(BLOCK, f"import requests\n{PROTOCOL}\n\n{STORE}\n\n{BLOCK}")
    write_case(repository, {"plan.md": plan, "tasks.md": "# Tasks\n\n- [x] T001 Add up (C1)\n"})
    kept = KeptResults(tmp_path / "kept.sqlite")

    reports = [check(repository, targets=list_targets(), kept=kept) for _ in range(2)]
    write_case(repository, {CONSTITUTION_PATH: make_article()})
    with_article = check(repository, targets=list_targets(), kept=kept)

    assert reports[0] == reports[1]
    codes = [problem.code for problem in reports[1].findings]
    assert {"needless-abstraction", "ticked-without-file"} <= set(codes)
    added = {item.code for item in with_article.findings}.difference(codes)
    assert added == {"plan-breaks-article"}


def test_notes_survive_being_written_down() -> None:
    plan = PLAN.replace("Dependencies**: none", "Dependencies**: requests") + track("I", "It must.")
    subject = make_subject(
        "- **FR-001** *(superseded by FR-002)*: Once it held.\n",
        plan=plan,
        tasks="# Tasks\n\n- [x] T001 Do src/a.py (C1; D1)\n",
    )
    declared = Declared(name="Store", kind=DeclaredKind.TYPE, members=("read",), bases=("ABC",))
    facts = CodeFacts(path="src/a.py", imports=(Used(name="socket", line=1),))
    notes = take_notes(
        subject.feature,
        interfaces={"001/C1": CodeInterface(names=(declared,), digest="")},
        facts={"001/C1": facts},
    )
    assert all(notes)
    assert decode_notes(encode_notes(notes)) == notes


def track(article: str, reason: str, *, heading: str = "## Complexity Tracking") -> str:
    """Spec Kit's table of violations."""
    header = (
        "| Violation | Why Needed | Simpler Alternative Rejected Because |\n| --- | --- | --- |"
    )
    return f"\n{heading}\n\n{header}\n| article {article} | {reason} | — |\n"


@pytest.mark.parametrize(
    ("tracking", "excepted"),
    [
        (track("I", "Rates come from the bank."), ("I",)),
        (track("i", "Rates come from the bank."), ("I",)),
        (track("II", "Rates come from the bank."), ("II",)),
        (track("I", "—"), ()),
        (track("I", " "), ()),
        (track("I", "Rates come from the bank.", heading="## Notes"), ()),
        (track("I", "—") + "\n## More\n\n| article II | Because. | — |\n", ()),
    ],
)
def test_an_exception_needs_its_article_and_a_reason_where_it_is_tracked(
    tracking: str, excepted: tuple[str, ...]
) -> None:
    subject = make_subject("", plan=PLAN + tracking)
    assert take_notes(subject.feature, interfaces={}, facts={}).excepted == excepted
