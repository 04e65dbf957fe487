"""A kept report is told again while all that it follows from is as it was, and never after."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING, ClassVar

import pytest

import headwater
from headwater.operations.check import check
from headwater.operations.checking.kept_report import make_report_key, recall_report
from headwater.rules.settings import RuleSettings
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.targets.python.target import PythonTarget
from headwater.wiring import list_targets
from headwater.workspace.kept_results import KeptResults
from headwater.workspace.observations import note_observations
from tests.cli.projects import CODE_PATH, PLAN_PATH, RECORD_PATH, SPEC_PATH, TEST_PATH
from tests.operations.builders import Checkout
from tests.operations.enforcing import enforce
from tests.operations.policies import SECURITY, draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater.operations.checking.check_report import CheckReport

POLICY_PATH = "policies/security.md"
TASKS_PATH = "specs/001-titles/tasks.md"
TASKS = "# Tasks: Titles\n\n- [x] T001 Note it in docs/notes.md\n- [ ] T002 Do it (FR-001; C1)\n"
HANDWRITTEN = """
### X. No shells

```yaml
enforce:
  - {check: calls.forbidden, scope: "tools/**", calls: [os.system], handwritten: true}
  - {check: documents.required, paths: ["LICENSE*"]}
  - {check: dependencies.pinned}
```
"""


class _Judging:
    """A repository, and what is kept of checks of it."""

    def __init__(self, root: Path, place: Path) -> None:
        self.checkout = Checkout(root=root)
        self.kept = KeptResults(place / "kept.sqlite")
        self.targets = list_targets()
        self.settings = RuleSettings()

    def check(self, kept: KeptResults | None) -> CheckReport:
        return check(self.checkout.root, targets=self.targets, settings=self.settings, kept=kept)

    def recall(self) -> CheckReport | None:
        key = make_report_key(self.checkout.root, targets=self.targets, settings=self.settings)
        return recall_report(key, kept=self.kept)

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.checkout.read(path)
        assert old in text
        self.checkout.write(path, text.replace(old, new, 1))


@pytest.fixture
def judging(built: Path, tmp_path: Path) -> _Judging:
    """A built repository under articles that judge all that articles can, checked once."""
    judging = _Judging(built, tmp_path)
    checkout = judging.checkout
    checkout.write(POLICY_PATH, SECURITY)
    checkout.write(TASKS_PATH, TASKS)
    checkout.write("tools/release.py", "import shutil\n\nshutil.rmtree('build')\n")
    checkout.write("requirements.txt", "httpx==0.27.2\n")
    draft(checkout, POLICY_PATH)
    checkout.write(CONSTITUTION_PATH, checkout.read(CONSTITUTION_PATH) + HANDWRITTEN)
    checkout.commit()
    judging.check(judging.kept)
    return judging


def test_a_report_is_kept_while_nothing_changes(judging: _Judging) -> None:
    report = judging.check(None)

    assert judging.recall() == report
    assert judging.check(judging.kept) == report
    assert report.findings


def _commit_number(judging: _Judging) -> None:
    """A branch that gives the feature's number to another."""
    git = judging.checkout.git
    git("switch", "--quiet", "--create", "other")
    judging.checkout.write("specs/001-other/spec.md", "# Feature Specification: Other\n")
    judging.checkout.commit()
    git("switch", "--quiet", "-")


class _Newer(PythonTarget):
    toolchain: ClassVar[str] = "python 4.0"


CHANGES: dict[str, Callable[[_Judging], object]] = {
    "spec": lambda one: one.edit(SPEC_PATH, "lower case", "upper case"),
    "comment in a spec": lambda one: one.edit(SPEC_PATH, "## Req", "<!-- ignore: x -->\n\n## Req"),
    "blanks in a spec": lambda one: one.edit(SPEC_PATH, "\n\n", "\n\n\n"),
    "plan": lambda one: one.edit(PLAN_PATH, "Turn a title", "Turn any title"),
    "tasks": lambda one: one.edit(TASKS_PATH, "[ ] T002", "[x] T002"),
    "new document": lambda one: one.checkout.write("specs/002-more/spec.md", "# More\n"),
    "document that goes": lambda one: (one.checkout.root / TASKS_PATH).unlink(),
    "other tool's document": lambda one: one.checkout.write("openspec/project.md", "# Project\n"),
    "constitution": lambda one: one.edit(CONSTITUTION_PATH, "### X.", "### XI."),
    "policy": lambda one: one.edit(POLICY_PATH, "90 days", "30 days"),
    "lock record": lambda one: one.edit(RECORD_PATH, "001/C1", "001/C7"),
    "verification": lambda one: one.checkout.write(
        RECORD_PATH.replace(".json", ".verified.jsonl"), ""
    ),
    "approval": lambda one: one.checkout.write(
        RECORD_PATH.replace("C1.json", "approvals.jsonl"), "{}\n"
    ),
    "derived file": lambda one: one.edit(CODE_PATH, "lower", "upper"),
    "derived file that goes": lambda one: (one.checkout.root / CODE_PATH).unlink(),
    "derived test": lambda one: one.edit(TEST_PATH, "slugify", "sluggify"),
    "handwritten code": lambda one: one.edit("tools/release.py", "shutil.rm", "shutil.mv"),
    "new handwritten code": lambda one: one.checkout.write("tools/a.py", "import os\n"),
    "dependencies": lambda one: one.edit("requirements.txt", "==", ">="),
    "required file": lambda one: one.checkout.write("LICENSE", "MIT\n"),
    "file of a ticked task": lambda one: one.checkout.write("docs/notes.md", "Noted.\n"),
    "what git ignores": lambda one: one.checkout.write(".gitignore", "tools/\n"),
    "branch": _commit_number,
    "settings": lambda one: setattr(
        one, "settings", replace(one.settings, severity={"vague-word": "off"})
    ),
    "toolchain": lambda one: setattr(one, "targets", {"python": _Newer()}),
    "languages": lambda one: setattr(one, "targets", {}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_the_report_is_made_anew(
    judging: _Judging, change: Callable[[_Judging], object]
) -> None:
    assert judging.recall() is not None

    change(judging)

    assert judging.recall() is None
    assert judging.check(judging.kept) == judging.check(None)


def test_history_without_what_vouches_for_the_records_is_asked_again(judging: _Judging) -> None:
    git = judging.checkout.git
    tree = git("write-tree").strip()
    git("reset", "--quiet", "--soft", git("commit-tree", tree, "-m", "Begin again").strip())

    assert judging.recall() is None


def test_content_counts_and_neither_size_nor_time(judging: _Judging) -> None:
    place = judging.checkout.root / CODE_PATH
    before = place.stat()
    place.write_bytes(place.read_bytes().replace(b"lower", b"upper"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert place.stat().st_mtime_ns == before.st_mtime_ns
    assert judging.recall() is None


def test_a_link_where_a_document_was_is_refused_again(judging: _Judging) -> None:
    place = judging.checkout.root / SPEC_PATH
    place.rename(place.with_name("elsewhere.txt"))
    place.symlink_to("elsewhere.txt")

    assert judging.recall() is None


def test_the_same_state_again_needs_no_new_report(judging: _Judging) -> None:
    """A file that was changed and changed back is as it was."""
    judging.edit(SPEC_PATH, "lower case", "upper case")
    judging.edit(SPEC_PATH, "upper case", "lower case")

    assert judging.recall() is not None


def test_what_a_scanner_found_is_not_kept(judging: _Judging) -> None:
    judging.checkout.write(CONSTITUTION_PATH, enforce("check: security.scan"))

    judging.check(judging.kept)

    assert judging.recall() is None


def test_another_version_of_a_package_that_an_article_judges_counts(
    judging: _Judging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "installed" / "tiny-1.0.dist-info" / "METADATA"
    place.parent.mkdir(parents=True)
    place.write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\nLicense: MIT\n")
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    judging.checkout.write("requirements.txt", "tiny==1.0\n")
    judging.checkout.write(CONSTITUTION_PATH, enforce("check: licences.allowed, licenses: [MIT]"))
    report = judging.check(judging.kept)
    assert judging.recall() == report

    place.write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\nLicense: ISC\n")

    assert judging.recall() is None
    assert judging.check(judging.kept).errors > report.errors


def test_one_report_serves_whoever_lets_stale_components_wait(judging: _Judging) -> None:
    judging.edit(SPEC_PATH, "lower case", "upper case")
    strict = judging.check(judging.kept)
    root, targets = judging.checkout.root, judging.targets

    lenient = check(root, targets=targets, kept=judging.kept, allow_stale=True)

    assert lenient.unsettled == strict.unsettled
    assert lenient.drift == check(root, targets=targets, allow_stale=True).drift != strict.drift


def test_a_check_opens_no_file_that_it_does_not_ask_for_again(judging: _Judging) -> None:
    """What was asked covers every file of the repository that Python opens, and every git."""
    root = str(judging.checkout.root)
    with _watch_opened() as opened, note_observations() as observations:
        judging.check(None)
    asked = [detail for one in observations.answers for detail in one.details]
    files = [path for event, path in opened if event == "open" and path.startswith(f"{root}/")]

    assert {path.removeprefix(f"{root}/") for path in files} <= {*asked}
    assert f"{root}/{CODE_PATH}" in files
    assert f"{root}/tools/release.py" in files
    commands = [path for event, path in opened if event == "subprocess.Popen"]
    assert commands
    assert all(any(_names(detail, command) for detail in asked) for command in commands)


def _names(detail: str, command: str) -> bool:
    return detail.startswith(f'[["{command}"')


@contextmanager
def _watch_opened() -> Iterator[list[tuple[str, str]]]:
    """The files that Python opens meanwhile, and the git commands that it runs."""
    opened: list[tuple[str, str]] = []
    watching = [True]

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open":
            opened.append((event, os.fsdecode(str(arguments[0]))))
        elif watching and event == "subprocess.Popen":
            command = [str(part) for part in arguments[1]]  # type: ignore[attr-defined]
            verbs = (part for part in command[1:] if not part.startswith("-") and "=" not in part)
            opened.append((event, next(verbs)))

    sys.addaudithook(note)
    try:
        yield opened
    finally:
        watching.clear()  # a hook stays for good; this one does nothing from here on


@pytest.mark.parametrize("path", ["__init__.py", "cli/check.py", "steps/prompts/review/judge.md"])
def test_another_program_is_another_key(tmp_path: Path, path: str) -> None:
    """Its version, its code, or a prompt of it."""
    copy = tmp_path / "headwater"
    copytree(Path(headwater.__file__).parent, copy, ignore=ignore_patterns("__pycache__"))
    code = "from headwater.operations.standing.result_keys import *; print(digest_program().hex())"

    def digest() -> str:
        command = [sys.executable, "-c", code]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    before = digest()
    assert digest() == before
    place = copy / path
    place.write_text(place.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert digest() != before


def test_a_damaged_report_is_made_anew(judging: _Judging) -> None:
    report = judging.check(None)
    key = make_report_key(judging.checkout.root, targets=judging.targets, settings=judging.settings)
    for damaged in (b"", b"[]\n", b"[]\n{}", b'[["other", "", [], ""]]\n{}', b"\xff\n\xff"):
        judging.kept.keep({key: damaged})

        assert judging.recall() is None
        assert judging.check(judging.kept) == report
