"""Readers take any text: they report what they cannot read, and never raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.spec.document import LARGEST_DOCUMENT
from headwater.spec.model import Place, Severity, Source
from headwater.spec.read_checklist import read_checklist
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_data_model import read_data_model
from headwater.spec.read_plan import read_plan
from headwater.spec.read_project import read_project
from headwater.spec.read_research import read_research
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks
from headwater.spec.splice import apply_edits, replace_requirement_text, tick_task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.spec.model import Constitution, Plan, Span, Spec, TaskList
    from headwater.spec.side_documents import Checklist, DataModel, Research

    Read = Spec | Plan | TaskList | Constitution | Checklist | DataModel | Research

READERS: tuple[Callable[[Source], Read], ...] = (
    read_spec,
    read_plan,
    read_tasks,
    read_constitution,
    read_research,
    read_checklist,
    read_data_model,
)
PATHS = (
    ".specify/memory/constitution.md",
    "specs/001-demo/spec.md",
    "specs/001-demo/plan.md",
    "specs/001-demo/tasks.md",
)
BESIDE = (
    "specs/001-demo/research.md",
    "specs/001-demo/data-model.md",
    "specs/001-demo/checklists/a.md",
    "specs/001-demo/contracts/a.yaml",
)

# Pieces that readers look for, glued together in every order: untidy files, and worse.
_WORDS = """\
Requirements
Examples
User Story 1 - Title (Priority: P1)
Components
Technical Context
Core Principles
Assumptions
Edge Cases
**Edge Cases**:
Key Entities
Clarifications
Session 2026-11-22
Primary User Story
Scenarios
Scenario: title
ADDED Requirements
Key Decisions
Q: which? → A: that
Q: which?
A: that
(confirmed 2026-11-22)
*(open)*
*(changes 001/FR-003 as of 1f9a03c2)*
(refines FR-001, FR-002)
**Decision**:
**Rationale**: x
Entity: name
| Field | Type |
CHK001
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
    for read in READERS:
        read(source)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=100), path=st.sampled_from((*PATHS, *BESIDE)))
def test_no_bytes_stop_a_project_from_being_read(data: bytes, path: str) -> None:
    read_project({PATHS[1]: b"# Spec", path: data})


def spans_of(document: Read) -> dict[str, list[Span]]:
    """The spans of a document's items, by the field that holds them."""
    fields = {name: getattr(document, name) for name in type(document).__dataclass_fields__}
    kinds = {name: list(items) for name, items in fields.items() if isinstance(items, tuple)}
    if "stories" in kinds:
        kinds["scenarios"] = [
            scenario for story in kinds["stories"] for scenario in story.scenarios
        ]
    kinds.pop("problems")
    return {name: [item.span for item in items] for name, items in kinds.items()}


def overlaps(spans: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pairs that share bytes without one holding the other."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    pairs = [(one, two) for n, one in enumerate(ordered) for two in ordered[n + 1 :]]
    return [(one, two) for one, two in pairs if two.start < one.end < two.end]


@settings(max_examples=300, deadline=None)
@given(text=documents)
def test_spans_lie_on_characters_and_overlap_only_when_nested(text: str) -> None:
    data = text.encode(errors="replace")
    for read in READERS:
        for spans in spans_of(read(Source(path="x.md", data=data))).values():
            assert all(0 <= span.start <= span.end <= len(data) for span in spans)
            for span in spans:
                data[span.start : span.end].decode()  # raises within a character
            assert overlaps(spans) == []


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


@settings(max_examples=200, deadline=None)
@given(text=documents)
def test_edits_of_what_was_read_leave_all_other_bytes_alone(text: str) -> None:
    source = Source(path="x.md", data=text.encode(errors="replace"))
    for task in read_tasks(source).tasks:
        edited = apply_edits(source.data, [tick_task(source, task, done=not task.done)])
        changed = [at for at, byte in enumerate(edited) if byte != source.data[at]]
        assert len(edited) == len(source.data)
        assert len(changed) == 1
        assert task.span.start < changed[0] < task.span.end
    for requirement in read_spec(source).requirements:
        edit = replace_requirement_text(source, requirement, "It MUST stop.")
        assert requirement.span.start <= edit.span.start <= edit.span.end
        assert edit.span.end <= max(edit.span.start, requirement.span.end)


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


@pytest.mark.parametrize("path", BESIDE)
def test_a_document_beside_that_is_no_text_is_only_a_warning(path: str) -> None:
    """Nothing is derived from it, so it stops no build."""
    project = read_project({PATHS[1]: b"# Spec", path: b"\xff"})
    [problem] = project.problems
    assert (problem.code, problem.severity) == ("document-not-utf-8", Severity.WARNING)
    [feature] = project.features
    assert feature.spec is not None
    assert (feature.research, feature.data_model, feature.checklists, feature.contracts) == (
        None,
        None,
        (),
        (),
    )


@pytest.mark.parametrize("read", READERS)
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
    for read in READERS:
        read(Source(path="x.md", data=text.encode()))
