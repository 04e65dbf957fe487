from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.operations.standing.placed_problem import PlacedProblem, place_problems
from headwater.operations.standing.survey import Survey, take_survey
from headwater.spec.model import Place, Problem
from headwater.wiring import list_targets
from tests.cli.projects import CODE_PATH, CONSTITUTION, PLAN_PATH, RECORD_PATH, SPEC_PATH, TEST_PATH

if TYPE_CHECKING:
    from pathlib import Path

MORE_PATH = "specs/002-more/spec.md"
TASKS_PATH = "specs/001-titles/tasks.md"
CONSTITUTION_PATH = ".specify/memory/constitution.md"
DOCUMENTS = {
    SPEC_PATH: """\
# Feature Specification: Titles

### User Story 1 - Name a page (Priority: P1)

Somebody names a page.

**Acceptance Scenarios**:

1. **Given** a title, **When** it is read,
   **Then** 漢字 there is a slug\r
   that is short.

- **FR-001**: A title MUST become
  its words in lower case, joined
  by hyphens and nothing else at all.
- **FR-002**: Next.

  | Call | Result |
  | --- | --- |
  | `f(1)` | `2` |
""",
    TASKS_PATH: "# Tasks\n\n- [ ] T001 Do it (FR-001; C1)\n",
    CONSTITUTION_PATH: CONSTITUTION,
    MORE_PATH: """\
# Feature Specification: More

## Requirements

#### FR-001: Under a heading

It MUST be said.

```sh
# no heading
```

It MUST go on.

### Others

| id | what |
| --- | --- |
| FR-002 | It MUST stand in a row. |
| FR-003 | It MUST too. |

- **FR-004**: It MUST begin
lazily go on.

  And have a paragraph.
  - **FR-005**: It MUST be inside.

  Then it ends.

This is nobody's.
""",
}


@pytest.fixture
def survey(built: Path) -> Survey:
    for path, text in DOCUMENTS.items():
        (built / path).parent.mkdir(parents=True, exist_ok=True)
        (built / path).write_text(text, encoding="utf-8", newline="")
    return take_survey(built, targets=list_targets())


def place(survey: Survey, path: str, line: int, column: int = 0) -> PlacedProblem:
    problem = Problem(
        code="a-rule", message="found", place=Place(path=path, line=line, column=column)
    )
    (placed,) = place_problems([problem], survey)
    return placed


@pytest.mark.parametrize(
    ("path", "line", "column", "ref"),
    [
        (SPEC_PATH, 1, 1, "001"),
        (SPEC_PATH, 5, 3, "001/US1"),
        (SPEC_PATH, 10, 13, "001/US1.1"),
        (SPEC_PATH, 10, 0, "001/US1.1"),
        (SPEC_PATH, 14, 1, "001/FR-001"),
        (SPEC_PATH, 20, 5, "001/FR-002"),
        (SPEC_PATH, 999, 1, "001"),
        (MORE_PATH, 3, 1, "002"),
        (MORE_PATH, 7, 4, "002/FR-001"),
        (MORE_PATH, 10, 1, "002/FR-001"),
        (MORE_PATH, 13, 1, "002/FR-001"),
        (MORE_PATH, 15, 1, "002"),
        (MORE_PATH, 19, 9, "002/FR-002"),
        (MORE_PATH, 20, 9, "002/FR-003"),
        (MORE_PATH, 22, 1, "002/FR-004"),
        (MORE_PATH, 23, 1, "002/FR-004"),
        (MORE_PATH, 25, 3, "002/FR-004"),
        (MORE_PATH, 26, 9, "002/FR-005"),
        (MORE_PATH, 28, 3, "002/FR-004"),
        (MORE_PATH, 30, 1, "002"),
        (PLAN_PATH, 1, 1, "001"),
        (PLAN_PATH, 9, 1, "001/C1"),
        (TASKS_PATH, 3, 1, "001/T001"),
        (CONSTITUTION_PATH, 6, 0, "article/I"),
        (CODE_PATH, 1, 1, "001/C1"),
        (TEST_PATH, 1, 1, "001/C1"),
        ("tests/001_titles/conftest.py", 1, 1, "001"),
        (RECORD_PATH, 1, 0, "001"),
        ("specs/001-titles", 1, 0, "001"),
        ("headwater.toml", 1, 1, ""),
        ("nowhere/to/be/found.md", 1, 1, ""),
    ],
)
def test_a_place_belongs_to_the_innermost_item(
    survey: Survey, path: str, line: int, column: int, ref: str
) -> None:
    assert place(survey, path, line, column).ref == ref


@pytest.mark.parametrize(
    ("path", "line", "column", "words"),
    [
        (SPEC_PATH, 13, 28, "become its words in lower case, joined by"),
        (SPEC_PATH, 15, 26, "else at all."),
        (SPEC_PATH, 15, 0, "by hyphens and nothing else at all."),
        (SPEC_PATH, 20, 3, "| `f(1)` | `2` |"),
        (SPEC_PATH, 10, 13, "漢字 there is a slug that is short."),
        (CODE_PATH, 1, 11, '["slugify"]'),
        (SPEC_PATH, 2, 0, ""),
        (SPEC_PATH, 999, 1, ""),
        ("specs/001-titles", 1, 0, ""),
    ],
)
def test_words_are_those_from_the_place_on_however_they_are_wrapped(
    survey: Survey, path: str, line: int, column: int, words: str
) -> None:
    assert place(survey, path, line, column).words == words


def test_the_excerpt_is_the_line_without_its_end(survey: Survey) -> None:
    assert place(survey, SPEC_PATH, 10, 13).excerpt == "   **Then** 漢字 there is a slug"
    assert place(survey, CODE_PATH, 1).excerpt == '__all__ = ["slugify"]'
    assert place(survey, "specs/001-titles", 1).excerpt == ""


def test_a_line_that_nobody_reads_is_no_excerpt(survey: Survey, built: Path) -> None:
    (built / CODE_PATH).write_text("x" * 3000, encoding="utf-8")

    assert place(survey, CODE_PATH, 1).excerpt == ""
    assert place(survey, CODE_PATH, 1).words == "x" * 3000


def test_problems_are_told_once_by_place_and_told_apart(survey: Survey) -> None:
    def make(line: int, message: str = "found") -> Problem:
        return Problem(code="a-rule", message=message, place=Place(path=SPEC_PATH, line=line))

    placed = place_problems([make(16), make(5), make(16), make(5, "again")], survey)

    assert [(one.place.line, one.message, one.ordinal) for one in placed] == [
        (5, "again", 1),
        (5, "found", 2),
        (16, "found", 1),
    ]
    assert len({one.fingerprint for one in placed}) == 3
