"""`headwater build --dry-run`, and the question before a build that touches much."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import CODE, CODE_PATH, PLAN_PATH, SPEC_PATH, TEST_PATH, Project, answer

if TYPE_CHECKING:
    from tests.cli.projects import Finished

NOWHERE = "scripted:/nowhere.json"

SECOND_REQUIREMENT = """
- **FR-002**: A title MUST be shouted.

  | Call | Result |
  | --- | --- |
  | `shout("a")` | `"A"` |
"""
SECOND_COMPONENT = """
### C2: shouts

**File**: `src/titles/shouts.py`
**Implements**: FR-002
**Depends on**: none

**Interface**:

```python
def shout(title: str) -> str: ...
```
"""
SECOND = """\
def shout(title: str) -> str:
    return title.upper()
"""
ANSWERS = {"implement 001/C1": [answer(CODE)], "implement 001/C2": [answer(SECOND)]}


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def two(project: Project) -> Project:
    """A repository with two components, neither of them built."""
    for path, more in ((SPEC_PATH, SECOND_REQUIREMENT), (PLAN_PATH, SECOND_COMPONENT)):
        text = (project.root / path).read_text(encoding="utf-8")
        project.write(path, text + more)
    project.commit()
    return project


def change(project: Project) -> None:
    place = project.root / SPEC_PATH
    text = place.read_text(encoding="utf-8")
    project.write(SPEC_PATH, text.replace("A title MUST", "Every title MUST"))
    project.commit()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(built: Project) -> None:
    change(built)
    before = built.look()
    finished = built.run("build", "--dry-run", "--model", NOWHERE)
    assert finished.code == 0
    first, *_, counts, cost = finished.stdout.splitlines()
    assert first.startswith(f"001/C1  regenerate  {CODE_PATH}, {TEST_PATH}  2 tests  ~")
    assert first.endswith("by its last derivation  001/FR-001 changed")
    assert counts == "1 to regenerate, 0 fresh"
    assert cost.startswith("2 tests in 1 feature gate; about ")
    assert finished.stderr == ""
    assert built.look() == before


def test_a_dry_run_as_json(built: Project) -> None:
    change(built)
    document = built.run("build", "--dry-run", "--json").document
    assert document["counts"] == {"regenerate": 1, "verify": 0, "remove": 0, "blocked": 0}
    components = document["components"]
    assert isinstance(components, list)
    (component,) = components
    assert component["ripple"] == "regenerate"
    assert component["estimate"]["tokens"] == document["tokens"]
    assert component["estimate"]["basis"] == "its last derivation"


def test_a_dry_run_with_nothing_to_do(built: Project) -> None:
    finished = built.run("build", "--dry-run")
    assert (finished.code, finished.stdout) == (0, "Nothing to do: 1 component fresh.\n")


def test_a_dry_run_of_what_would_be_refused(built: Project) -> None:
    built.write(CODE_PATH, "# mine\n")
    finished = built.run("build", "--dry-run")
    assert finished.code == 1
    assert finished.stdout.startswith("001/C1  blocked")
    assert "`headwater status` says why" in finished.stdout


def build_at_terminal(
    project: Project, monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = ""
) -> Finished:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setenv("HEADWATER_BUILD_CONFIRM_ABOVE", "1")
    return project.run("build", "--quiet", "--model", project.script(ANSWERS), *arguments)


def test_a_small_build_asks_nothing(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    change(built)
    finished = build_at_terminal(built, monkeypatch)
    assert finished.code == 0
    assert "Regenerate" not in finished.stderr


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1)])
def test_a_large_build_asks_first(
    two: Project, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    before = two.look()
    finished = build_at_terminal(two, monkeypatch, typed=typed)
    assert finished.code == code
    assert "Regenerate 2 components?" in finished.stderr
    assert "001/C2  regenerate" in finished.stderr
    assert (two.look() == before) is (code == 1)


def test_yes_answers_for_a_person(two: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = build_at_terminal(two, monkeypatch, "--yes")
    assert finished.code == 0
    assert "Regenerate" not in finished.stderr


def test_without_a_terminal_nobody_is_asked(two: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_BUILD_CONFIRM_ABOVE", "1")
    finished = two.run("build", "--quiet", "--model", two.script(ANSWERS))
    assert finished.code == 0
    assert "Regenerate" not in finished.stderr
