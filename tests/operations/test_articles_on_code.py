"""Articles as `build` enforces them on fresh code and `check` on code that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.check import check
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    CONSTITUTION_PATH,
    DOUBLE,
    TARGETS,
    Part,
    Sketch,
    answer,
    answer_all,
    start_checkout,
)
from tests.operations.enforcing import ONCE, SMALL, TWICE, enforce, find, start

if TYPE_CHECKING:
    from pathlib import Path


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
