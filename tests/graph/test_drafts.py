"""Records of drafts."""

from __future__ import annotations

from dataclasses import replace

from headwater.graph.drafts import (
    DraftRecord,
    drafts_path,
    find_last_draft,
    read_drafts,
    render_draft,
)

RECORD = DraftRecord(
    document="specs/001-wallet/spec.md",
    step="specify",
    blob="1" * 40,
    template="0123456789ab",
    model="embedded:qwen",
    parameters={"seed": "0"},
    sources={"the idea": "ab" * 32},
    calls=7,
    input_tokens=1200,
    output_tokens=300,
    refused=1,
)
PATH = drafts_path(RECORD.document)


def test_a_record_is_read_back_as_it_was_written() -> None:
    assert PATH == "specs/001-wallet/headwater.lock/drafts.jsonl"
    assert read_drafts(render_draft(RECORD), path=PATH) == ((RECORD,), ())


def test_the_last_draft_of_a_document_is_the_last_line() -> None:
    later = replace(RECORD, blob="2" * 40)
    other = replace(RECORD, document="specs/001-wallet/plan.md", step="plan")
    text = "".join(map(render_draft, (RECORD, later, other)))
    drafts, _ = read_drafts(text, path=PATH)
    assert find_last_draft(drafts, RECORD.document) == later
    assert find_last_draft(drafts, "specs/001-wallet/tasks.md") is None


def test_a_line_that_cannot_be_read_is_a_located_warning() -> None:
    text = render_draft(RECORD) + "<<<<<<< ours\n" + render_draft(RECORD).replace("7", '"7"')
    drafts, problems = read_drafts(text, path=PATH)
    assert drafts == (RECORD,)
    assert [(one.place.line, one.code) for one in problems] == [
        (2, "draft-unreadable"),
        (3, "draft-unreadable"),
    ]
