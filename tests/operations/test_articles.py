"""Articles of the constitution as `check` and `build` enforce them, with article, file and line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.check import check
from headwater.operations.refusals import ProblemsError
from headwater.operations.report import Action
from headwater.spec.model import Severity
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    CONSTITUTION_PATH,
    DOUBLE,
    FOLDER,
    PLAN_PATH,
    SUMS,
    TARGETS,
    Checkout,
    Part,
    Sketch,
    answer,
    answer_all,
    make_workbench,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.placed_problem import PlacedProblem
    from headwater.spec.model import Problem

SMALL = replace(SUMS, parts=(DOUBLE,))
ONCE = SearchSettings(held_out_share=0, attempts=1)
TWICE = SearchSettings(held_out_share=0, attempts=2)


def enforce(*checks: str) -> str:
    """A constitution whose article I asks for these checks; the first stands on line 7."""
    listed = "".join(f"  - {{{check}}}\n" for check in checks)
    return f"# Constitution\n\n### I. Care\n\n```yaml\nenforce:\n{listed}```\n"


def start(root: Path, *checks: str, sketch: Sketch = SMALL) -> Checkout:
    """A repository with a sketch, nothing derived, under an article with these checks."""
    return start_checkout(root, replace(sketch, constitution=enforce(*checks)))


def depend_on(checkout: Checkout, *names: str) -> None:
    """Let the plan name dependencies, on its line 6."""
    plan = checkout.read(PLAN_PATH).replace(
        "**Target**: python\n",
        f"**Target**: python\n**Primary Dependencies**: {', '.join(names)}\n",
    )
    checkout.write(PLAN_PATH, plan)
    checkout.commit()


def find(checkout: Checkout, code: str = "") -> list[PlacedProblem]:
    report = check(checkout.root, targets=TARGETS, open_workbench=lambda _: make_workbench())
    return [one for one in report.findings if one.code == code or not code]


def refuse(checkout: Checkout) -> list[Problem]:
    """Build, which must be refused before any model is asked, and change nothing."""
    before = checkout.look()
    with pytest.raises(ProblemsError) as refused:
        checkout.build()
    assert checkout.look() == before
    return list(refused.value.problems)


# --- Plans ---------------------------------------------------------------------------------------


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


def test_dependency_files_are_judged_line_by_line(repository: Path) -> None:
    checkout = start(repository, 'check: dependencies.pinned, scope: "*"')
    checkout.write(
        "requirements.txt",
        "# tools\nclick==8.1.7  # pinned\nhttpx>=0.27 ; python_version > '3'\n-r other.txt\n"
        "attrs==24.* \\\n    --hash=sha256:00\n",
    )
    checkout.write(
        "pyproject.toml",
        '[project]\nname = "x"\ndependencies = [\n    "rich==13.9.4",\n    "pyyaml",\n]\n'
        '[dependency-groups]\ndev = ["ruff~=0.14", {include-group = "x"}]\n',
    )
    checkout.commit()
    assert [str(one.place) for one in find(checkout, "dependency-not-pinned")] == [
        "pyproject.toml:5",
        "pyproject.toml:8",
        "requirements.txt:3",
        "requirements.txt:5",
    ]
    assert len(refuse(checkout)) == 4


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("requirements.txt", "click\nnot a package !\n", "requirements.txt:2"),
        ("pyproject.toml", "[project\n", "pyproject.toml:1"),
    ],
)
def test_an_unreadable_dependency_file_is_told(
    repository: Path, path: str, text: str, place: str
) -> None:
    checkout = start(repository, "check: dependencies.allowed, packages: [click]")
    checkout.write(path, text)
    (found,) = find(checkout, "dependency-unreadable")
    assert str(found.place) == place
    assert found.severity is Severity.WARNING


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


def test_a_required_document_is_asked_for_until_it_is_there(repository: Path) -> None:
    checkout = start(repository, 'check: documents.required, paths: [SECURITY.md, "docs/adr/*.md"]')
    assert len(refuse(checkout)) == 2
    checkout.write("SECURITY.md", "Write to us.\n")
    checkout.write("docs/adr/0001-x.md", "# X\n")
    assert find(checkout, "document-missing") == []


def test_a_secret_in_a_document_or_a_named_file_is_refused(repository: Path) -> None:
    token = "ghp_" + "a1B2c3D4" * 5
    checkout = start(repository, "check: secrets.forbidden, paths: [app.toml]")
    checkout.write("app.toml", f"[x]\ntoken = '{token}'\n")
    checkout.write("notes.txt", token)
    checkout.write(PLAN_PATH, checkout.read(PLAN_PATH) + f"\nUse `{token}`.\n")
    checkout.commit()
    problems = refuse(checkout)
    assert [problem.place.path for problem in problems] == ["app.toml", PLAN_PATH]
    assert not any(token in str(problem) for problem in problems)


def test_a_file_that_goes_missing_is_new_in_a_difference(repository: Path) -> None:
    checkout = start(repository, 'check: documents.required, paths: ["docs/**/*.md"]')
    checkout.write("docs/adr/0001-x.md", "# X\n")
    checkout.commit()
    base = checkout.head
    checkout.git("rm", "--quiet", "docs/adr/0001-x.md")
    checkout.commit()
    report = check(checkout.root, targets=TARGETS, base=base)
    assert [one.code for one in report.findings] == ["document-missing"]


# --- Derived code --------------------------------------------------------------------------------


def test_a_forbidden_import_of_a_model_is_refused_and_told_back(repository: Path) -> None:
    checkout = start(repository, 'check: imports.forbidden, scope: "src/**", modules: [socket]')
    bad = f"import socket\n\n\n{DOUBLE.code}"
    model = ScriptedModel(
        [answer(bad.replace("2 * n", "2 * n + socket.AF_INET * 0")), answer(DOUBLE.code)]
    )
    report = checkout.build(model, settings=TWICE)
    assert report.succeeded
    assert "socket" not in checkout.read(DOUBLE.path)
    assert "do not import `socket` (article I)" in model.requests[0].prompt
    assert "article I forbids importing `socket`" in model.requests[1].prompt


def test_a_model_that_insists_is_stopped_with_article_file_and_line(repository: Path) -> None:
    checkout = start(repository, 'check: imports.forbidden, scope: "src/**", modules: [socket]')
    before = checkout.look()
    bad = "import socket\n\n\ndef double(n: int) -> int:\n    return 2 * n + socket.AF_INET * 0\n"
    report = checkout.build(ScriptedModel([answer(bad)]), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert "article I forbids importing `socket` (src/sums/doubles.py:1)" in shortfall.message
    assert checkout.look() == before


NET = Part(
    number=1,
    name="net",
    interface="def size(n: int) -> int: ...",
    code="import socket\n\n\ndef size(n: int) -> int:\n    return n + socket.AF_INET * 0\n",
    rows=(("size(1)", "1"),),
    text="A number MUST have a size.",
)
CORE = Part(
    number=2,
    name="core",
    interface="def measure(n: int) -> int: ...",
    code="def measure(n: int) -> int:\n    return size(n)\n",
    rows=(("measure(1)", "1"),),
    text="A number MUST be measured.",
    needs=(1,),
)
REACHING = Sketch(parts=(NET, CORE))


def test_a_forbidden_import_behind_another_component_is_stopped(repository: Path) -> None:
    """C1 may use sockets; C2, which may not, reaches them through C1."""
    check_core = 'check: imports.forbidden, scope: "src/sums/core.py", modules: [socket]'
    checkout = start(repository, check_core, sketch=REACHING)
    report = checkout.build(ScriptedModel(answer_all(REACHING)), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert shortfall.about == "001/C2"
    assert "article I forbids importing `socket`, which this reaches through src/sums/net.py:" in (
        shortfall.message
    )
    assert "(src/sums/core.py:" in shortfall.message


def test_fresh_code_is_judged_again_by_what_it_now_imports(repository: Path) -> None:
    """C1 is derived anew and brings sockets; C2, which stays as it is, may not reach them."""
    plain = replace(NET, code="def size(n: int) -> int:\n    return n\n")
    sketch = replace(
        REACHING,
        parts=(plain, CORE),
        constitution=enforce(
            'check: imports.forbidden, scope: "src/sums/core.py", modules: [socket]'
        ),
    )
    checkout = start_checkout(repository, sketch)
    assert checkout.build(ScriptedModel(answer_all(sketch))).succeeded
    checkout.adopt(sketch.change(1, text="A number MUST have a size, at once."))
    before = checkout.look()
    report = checkout.build(ScriptedModel([answer(NET.code)]), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert shortfall.about == "001/C2"
    assert "which this reaches through src/sums/net.py:" in shortfall.message
    assert checkout.look() == before


def test_a_reached_import_is_found_by_check_in_code_that_is_there(repository: Path) -> None:
    checkout = start_checkout(repository, REACHING)
    assert checkout.build(ScriptedModel(answer_all(REACHING))).succeeded
    check_core = 'check: imports.forbidden, scope: "src/sums/core.py", modules: [socket]'
    checkout.adopt(replace(REACHING, constitution=enforce(check_core)))
    (found,) = find(checkout, "forbidden-import")
    assert found.place.path == "src/sums/core.py"


def test_a_scanner_judges_candidates_too(repository: Path) -> None:
    """`assert` is what bandit finds and no own rule does."""
    pytest.importorskip("bandit")
    checkout = start(repository, "check: security.scan")
    bad = "def double(n: int) -> int:\n    assert n == n\n    return 2 * n\n"
    report = checkout.build(ScriptedModel([answer(bad)]), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert "bandit says B101" in shortfall.message
    assert "(src/sums/doubles.py:" in shortfall.message


def test_a_comment_in_the_code_does_not_silence_the_scanner(repository: Path) -> None:
    pytest.importorskip("bandit")
    checkout = start(repository, "check: security.scan")
    bad = "def double(n: int) -> int:\n    assert n == n  # nosec\n    return 2 * n\n"
    assert not checkout.build(ScriptedModel([answer(bad)]), settings=ONCE).succeeded


def test_check_says_that_the_scanner_was_not_run(repository: Path) -> None:
    checkout = start_checkout(repository, SMALL)
    sly = "def double(n: int) -> int:\n    return eval('2 * n')\n"
    assert checkout.build(ScriptedModel([answer(sly)])).succeeded
    checkout.adopt(replace(SMALL, constitution=enforce("check: security.scan")))
    report = check(checkout.root, targets=TARGETS)
    codes = {one.code: one for one in report.findings}
    assert codes["security-risk"].place.path == DOUBLE.path
    assert codes["scanner-not-run"].place.path == CONSTITUTION_PATH


def test_peoples_own_code_is_judged_where_a_check_says_so(repository: Path) -> None:
    checkout = start(
        repository,
        'check: calls.forbidden, calls: [eval], scope: "tools/**", handwritten: true',
        "check: calls.forbidden, calls: [exec]",
    )
    checkout.write("tools/mine.py", "eval('1')\nexec('2')\n")
    checkout.write("tools/.venv/theirs.py", "eval('1')\n")
    checkout.write(".gitignore", ".venv\n.headwater/\n")
    assert [str(one.place) for one in find(checkout, "forbidden-call")] == ["tools/mine.py:1"]


def test_code_behind_a_symbolic_link_is_none_of_the_repositorys(
    repository: Path, tmp_path: Path
) -> None:
    checkout = start(
        repository, 'check: imports.forbidden, modules: [socket], scope: "*.py", handwritten: true'
    )
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "net.py").write_text("import socket\n", encoding="utf-8")
    (checkout.root / "linked").symlink_to(tmp_path / "elsewhere")
    checkout.write("mine.py", "import linked.net\nimport specs\n")
    assert find(checkout, "forbidden-import") == []


def test_secrets_are_looked_for_in_derived_code_and_not_in_peoples_own(repository: Path) -> None:
    """That another check judges people's own code makes no difference."""
    token = "ghp_" + "a1B2c3D4" * 5
    checkout = start(
        repository,
        "check: secrets.forbidden",
        "check: calls.forbidden, calls: [eval], handwritten: true",
    )
    checkout.write("mine.py", f"token = '{token}'\n")
    checkout.commit()
    bad = f"def double(n: int) -> int:\n    return 2 * n + 0 * len('{token}')\n"
    report = checkout.build(ScriptedModel([answer(bad)]), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert "looks like a token of GitHub (src/sums/doubles.py:" in shortfall.message
    assert find(checkout, "secret-in-file") == []


# --- Coverage ------------------------------------------------------------------------------------

DEAD = """\
def double(n: int) -> int:
    if n > 1000:
        return -1  # pragma: no cover
    return 2 * n
"""


def test_code_that_no_test_runs_is_repaired(repository: Path) -> None:
    checkout = start(repository, 'check: coverage.floor, scope: "src/**", percent: 100')
    model = ScriptedModel([answer(DEAD), answer(DOUBLE.code)])
    report = checkout.build(model, settings=ONCE)
    assert report.succeeded
    assert "1000" not in checkout.read(DOUBLE.path)
    assert "wants tests to run 100 % of the statements" in model.requests[1].prompt


def test_code_that_tests_still_do_not_run_is_refused(repository: Path) -> None:
    """A comment of the code that asks not to be measured is passed over."""
    checkout = start(repository, "check: coverage.floor, percent: 90")
    before = checkout.look()
    report = checkout.build(ScriptedModel([answer(DEAD), answer(DEAD)]), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert shortfall.about == "001/C1"
    assert "article I wants tests to run 90 % of the statements" in shortfall.message
    assert "(src/sums/doubles.py:" in shortfall.message
    assert checkout.look() == before


def test_an_article_about_coverage_has_fresh_code_measured(sums: Checkout) -> None:
    constitution = enforce('check: coverage.floor, scope: "src/**", percent: 100')
    sums.adopt(replace(SUMS, constitution=constitution))
    report = sums.build()
    assert report.succeeded
    assert {built.action for built in report.components} == {Action.VERIFIED}


def test_what_commands_run_counts(repository: Path) -> None:
    """The component's only test starts it as a process of its own."""
    code = (
        "import sys\n\n\ndef main() -> None:\n    print(sys.argv[1].upper())\n\n\n"
        'if __name__ == "__main__":\n    main()\n'
    )
    shout = Part(
        number=1,
        name="shout",
        interface="def main() -> None: ...",
        code=code,
        start="`shout` → `python -m sums.shout`",
        text="It MUST shout.\n\n"
        '  | Run | Stdout |\n  | --- | --- |\n  | `shout hey` | `"HEY\\n"` |',
    )
    checkout = start(
        repository, "check: coverage.floor, percent: 100", sketch=Sketch(parts=(shout,))
    )
    report = checkout.build(ScriptedModel([answer(code)]), settings=ONCE)
    assert report.shortfalls == ()
    assert report.succeeded
