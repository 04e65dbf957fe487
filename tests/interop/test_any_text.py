"""Foreign readers take any text, and what is imported of it reads the same or is refused."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.interop.kiro.read import Kiro
from headwater.interop.openspec.read import OpenSpec
from headwater.interop.writing.constitution_text import render_constitution
from headwater.interop.writing.documents import UnfaithfulError, render_documents
from headwater.interop.writing.draft import Family, list_refs, make_drafts
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from tests.interop.builders import Gathered, read_all

if TYPE_CHECKING:
    from headwater.interop.interface import Format

# Pieces that readers look for, glued together in every order: untidy files, and worse.
_LINES = """\
Requirements
ADDED Requirements
MODIFIED Requirements
REMOVED Requirements
RENAMED Requirements
- FROM: `### Requirement: A`
- TO: `### Requirement: B`
- `### Requirement: A`
Requirement: A
Requirement: B
Requirement:
Scenario: S
Requirement 1: Title
要件 2：題
Acceptance Criteria
**Acceptance Criteria**:
受け入れ基準
Current Behavior (Defect)
Expected Behavior (Correct)
1. WHEN x THE System SHALL y
1.1 THE System SHALL y
2.1. 以下:
   - z
- **WHEN** a
Decisions
Decision 1: D
Property 1: P
**Property 2: Q**
**Validates: Requirements 1.1, 2.1-2.3**
_Requirements: 1.1, 9_
_Depends: 1_
- [x] 1. Task
  - [ ]* 1.1 (P) Nested
- [-] **2.1 Bold** rest
- [ ] **Task 3: Open
| Call | Result |
| --- | --- |
| `f(1)` | `2` |
- **FR-001**: native
User Story 1 - Native (Priority: P1)
C1: component
I. Article
**Reason**: (because)
---
inclusion: always
[NEEDS CLARIFICATION: what?]
```
<!--
-->
# x
===
> quoted
\ttabbed
é 日本 \u200b
"""
PIECES = ("", *_LINES.splitlines())
PREFIXES = ("", "# ", "## ", "### ", "#### ", "##### ", "- ", "1. ", "   ", "> ")
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(PREFIXES), st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", "\r\n"])
    ),
    max_size=20,
).map(lambda lines: "".join(map("".join, lines)))

NAMES = {
    "openspec": (
        "openspec/specs/a/spec.md",
        "openspec/changes/b/proposal.md",
        "openspec/changes/b/design.md",
        "openspec/changes/b/tasks.md",
        "openspec/changes/b/specs/a/spec.md",
        "openspec/project.md",
        "openspec/config.yaml",
    ),
    "kiro": (
        ".kiro/specs/a/requirements.md",
        ".kiro/specs/a/design.md",
        ".kiro/specs/a/tasks.md",
        ".kiro/specs/b/bugfix.md",
        ".kiro/steering/c.md",
    ),
}
FORMATS: dict[str, Format] = {"openspec": OpenSpec(), "kiro": Kiro()}


def check_spans(read: Gathered) -> None:
    """Every span lies on characters of its document."""
    for each in read.features.values():
        spec, plan, tasks = each.feature.spec, each.feature.plan, each.feature.tasks
        spans = [(spec.source, one.span) for one in spec.requirements] if spec else []
        spans += [(spec.source, one.span) for one in spec.stories] if spec else []
        spans += [(plan.source, one.span) for one in plan.decisions] if plan else []
        spans += [(tasks.source, one.span) for one in tasks.tasks] if tasks else []
        for source, span in spans:
            assert 0 <= span.start <= span.end <= len(source.data)
            source.text(span)  # raises within a character


@pytest.mark.parametrize("name", ["openspec", "kiro"])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_text_is_read_and_comes_back_the_same_or_is_refused(
    name: str, data: st.DataObject
) -> None:
    one = FORMATS[name]
    documents = {path: data.draw(TEXTS).encode() for path in NAMES[name]}
    read = read_all(one, documents)
    check_spans(read)
    families = [Family(origin=one.origin, whole=each) for each in read.features.values()]
    for draft in make_drafts(families, taken=()):
        with suppress(UnfaithfulError):
            assert f"{draft.folder}/spec.md" in render_documents(draft, refs=list_refs([draft]))
    constitution = render_constitution(read.project.guidance, name="x")
    articles = sum(len(guidance.articles) for guidance in read.project.guidance)
    found = read_constitution(Source(path="c.md", data=constitution))
    assert len(found.articles) >= articles or not articles
