"""Records of drafts: which step wrote a document last, from what, at what cost.

`headwater.lock/drafts.jsonl` holds one line a draft, merged by union. A document's text as it was
drafted is the base when it is drafted again, so that what a person changed since is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.records import LOCK_FOLDER, LineKind, read_lines, render_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.record_fields import Fields
    from headwater.spec.model import Problem


_LINE = LineKind(
    code="draft-unreadable",
    name="the record of a draft",
    hint="It counts for nothing; restore it from git if you need it.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRecord:
    """One line of `drafts.jsonl`.

    Attributes:
        document: path of the document.
        step: `specify`, `plan` …
        blob: git's object id of the document as the step wrote it.
        template: version of the step's prompts.
        model: names of the models that answered, joined with a comma; empty where none was asked.
        parameters: seed and the like.
        sources: what it was drafted from, by a name that a person understands, to its digest.
        calls: requests that reached a model.
        input_tokens, output_tokens: of all of them.
        refused: answers that did not fit.
    """

    document: str
    step: str
    blob: str
    template: str = ""
    model: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    refused: int = 0


def drafts_path(document: str) -> str:
    """Where the drafts of a document are recorded: in its feature's lock folder, or beside it."""
    return f"{_find_folder(document)}/{LOCK_FOLDER}/drafts.jsonl"


def drafted_path(document: str) -> str:
    """Where a draft is kept whose document holds a person's changes too.

    Otherwise no commit would hold its text, and it could not be the base of the next draft.
    """
    folder = _find_folder(document)
    return f"{folder}/{LOCK_FOLDER}/drafts{document.removeprefix(folder)}"


def _find_folder(document: str) -> str:
    feature = re.match(r"specs/[^/]+(?=/)", document)
    return feature[0] if feature else document.rpartition("/")[0]


def render_draft(record: DraftRecord) -> str:
    """One line of `drafts.jsonl`, with its line break."""
    return render_line(record)


def read_drafts(text: str, *, path: str) -> tuple[tuple[DraftRecord, ...], tuple[Problem, ...]]:
    """Every line that can be read; one that cannot counts for nothing and is a warning."""
    return read_lines(text, path=path, decode=_decode, kind=_LINE)


def find_last_draft(
    drafts: Iterable[DraftRecord], document: str, *, step: str = ""
) -> DraftRecord | None:
    """The newest draft of a document by a step, or by any, by the order of the lines."""
    found = (one for one in reversed(tuple(drafts)) if one.document == document)
    return next((one for one in found if step in {"", one.step}), None)


def _decode(fields: Fields) -> DraftRecord:
    return DraftRecord(
        document=fields.text("document"),
        step=fields.text("step"),
        blob=fields.text("blob"),
        template=fields.text("template"),
        model=fields.text("model"),
        parameters=fields.mapping("parameters"),
        sources=fields.mapping("sources"),
        calls=fields.count("calls"),
        input_tokens=fields.count("input_tokens"),
        output_tokens=fields.count("output_tokens"),
        refused=fields.count("refused"),
    )
