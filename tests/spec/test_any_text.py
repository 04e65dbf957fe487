"""Readers take any text: they report what they cannot read, and never raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.spec.document import LARGEST_DOCUMENT
from headwater.spec.model import Place, Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_plan import read_plan
from headwater.spec.read_project import read_project
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.spec.model import Constitution, Plan, Spec, TaskList

    Read = Spec | Plan | TaskList | Constitution

PATHS = (
    ".specify/memory/constitution.md",
    "specs/001-demo/spec.md",
    "specs/001-demo/plan.md",
    "specs/001-demo/tasks.md",
)

# Pieces that readers look for, glued together in every order: untidy files, and worse.
_WORDS = """\
Requirements
Examples
User Story 1 - Title (Priority: P1)
Components
Technical Context
Core Principles
C1: name
D1: why
I. Title
**FR-001**:
**SC-001**:
*(retired 2026-11-22: gone)*
*(superseded by FR-002)*
*(retired
[NEEDS CLARIFICATION:
**Given** a
**Acceptance Scenarios**:
**File**:
**Implements**:
**Depends on**:
**Command**:
**Serves**:
**Interface**:
**Responsibility**:
`a` → `b 'c`
| Call | Result |
| --- | --- |
| Run | Exit |
| Request | Status |
| f(1) | 2 |
| `f("x\\|y")` | raises `E` "m" |
| a = f(
| ≈ 1 ± 2 |
```yaml
enforce:
- check: x
severity: bad
```python
FR-001–FR-900
001/US1.2
"""
_SIGNS = ["|", "\\", "`", "``", "```", "~~~", "<!--", "-->", "<div>", "]", ")", "é", "→", "\ufeff"]
_STARTS = ["# ", "## ", "### ", "- ", "  ", "    ", "1. ", "> ", "- [ ] ", "- [x] T001 [P] [US1] "]
_SPACES = ["\x00", "\t", "\r\n", "\r", "\n", "\n\n", "\n---\n"]
PIECES = [*_WORDS.splitlines(), *_SIGNS, *_STARTS, *_SPACES]

documents = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("\n".join),
)


@settings(max_examples=200, deadline=None)
@given(text=documents)
def test_no_reader_raises_on_any_text(text: str) -> None:
    source = Source(path="specs/001-demo/spec.md", data=text.encode(errors="surrogatepass"))
    for read in (read_spec, read_plan, read_tasks, read_constitution):
        read(source)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=100), path=st.sampled_from(PATHS))
def test_no_bytes_stop_a_project_from_being_read(data: bytes, path: str) -> None:
    read_project({path: data})


@settings(max_examples=200, deadline=None)
@given(text=documents)
def test_what_a_spec_holds_lies_inside_it_and_shows_its_id(text: str) -> None:
    """Spans never reach outside, and a requirement's bytes hold its id."""
    data = text.encode(errors="replace")
    spec = read_spec(Source(path="spec.md", data=data))
    declared = [(r.id, r.span) for r in spec.requirements]
    declared += [(c.id, c.span) for c in spec.criteria]
    assert all(name in spec.source.text(span) for name, span in declared)
    for story in spec.stories:
        for scenario in story.scenarios:
            assert story.span.start <= scenario.span.start <= scenario.span.end <= story.span.end
    for problem in spec.problems:
        assert 1 <= problem.place.line <= data.count(b"\n") + 1


@pytest.mark.parametrize("path", PATHS)
def test_invalid_utf_8_is_located_and_the_document_is_none(path: str) -> None:
    project = read_project({path: "# Title\n\ndéjà ".encode() + b"vu \xff\n"})
    [problem] = project.problems
    assert (problem.code, problem.place) == (
        "document-not-utf-8",
        Place(path=path, line=3, column=9),
    )
    assert "byte 0xff at offset 19" in problem.message
    assert project.constitution is None
    for feature in project.features:
        assert (feature.spec, feature.plan, feature.tasks) == (None, None, None)


@pytest.mark.parametrize("read", [read_spec, read_plan, read_tasks, read_constitution])
def test_each_reader_reports_bytes_that_are_no_text(read: Callable[[Source], Read]) -> None:
    document = read(Source(path="x.md", data=b"# Title \xff"))
    assert [problem.code for problem in document.problems] == ["document-not-utf-8"]


def test_four_megabytes_are_read_and_one_byte_more_is_refused() -> None:
    largest = b"- **FR-001**: x\n\n" + b"a" * (LARGEST_DOCUMENT - 17)
    read = read_project({"specs/001-demo/spec.md": largest})
    assert read.features[0].spec is not None
    assert [item.id for item in read.features[0].spec.requirements] == ["FR-001"]
    refused = read_project({"specs/001-demo/spec.md": largest + b"a"})
    assert refused.features[0].spec is None
    assert [problem.code for problem in refused.problems] == ["document-too-large"]


@pytest.mark.parametrize(
    "text",
    [
        "- " * 3000 + "x",
        "> " * 3000 + "x",
        "- **FR-001**: x\n\n  | Call | Result |\n  | --- | --- |\n  | f("
        + "[" * 5000
        + ") | 1 |\n",
        "## I. T\n\n```yaml\nenforce: " + "[" * 5000 + "\n```\n",
        "[NEEDS CLARIFICATION: " * 5000,
        "*(retired " * 5000,
        "- **FR-001**: " + "`" * 20000,
        "**a**" * 10000,
        "FR-001–" * 5000,
        "### " + "a" * 50000 + " 1",
    ],
    ids=[
        "lists",
        "quotes",
        "brackets",
        "yaml",
        "questions",
        "marks",
        "ticks",
        "bold",
        "ids",
        "title",
    ],
)
def test_deep_and_long_documents_are_read(text: str) -> None:
    """Nesting ends in no recursion error, and repetition in no endless search."""
    for read in (read_spec, read_plan, read_tasks, read_constitution):
        read(Source(path="x.md", data=text.encode()))
