"""Writes `tasks.md`: the list as it is, with native ids and refs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.checklist import find_tasks
from headwater.interop.writing.draft import name_task
from headwater.spec.document import open_document
from headwater.spec.model import Span
from headwater.spec.splice import Edit, apply_edits

if TYPE_CHECKING:
    from headwater.interop.writing.draft import Draft
    from headwater.spec.model import Task


def render_tasks(draft: Draft) -> bytes | None:
    """A native list of tasks; None where there is none.

    `- [ ] 1.2 (P) Text` becomes `- [ ] T003 [P] Text (FR-1.1; depends on T001)`.
    """
    tasks = draft.whole.feature.tasks
    if tasks is None:
        return None
    document = open_document(tasks.source)
    edits = []
    pairs = zip(find_tasks(document), tasks.tasks, strict=True)
    for position, (found, task) in enumerate(pairs, start=1):
        box = "x" if task.done else " "
        parallel = "[P] " if task.parallel else ""
        head = f"[{box}] {name_task(position)} {parallel}{found.opening}"
        edits.append(Edit(span=found.head, replacement=head.encode()))
        links = _render_links(draft, task)
        if links:
            end = Span(start=found.text.end, end=found.text.end)
            edits.append(Edit(span=end, replacement=f" ({links})".encode()))
    return apply_edits(tasks.source.data, edits)


def _render_links(draft: Draft, task: Task) -> str:
    refs = ", ".join(draft.local(draft.whole, ref) for ref in task.refs)
    known = (f"{draft.whole.feature.number}/{one}" for one in task.depends_on)
    depends = ", ".join(draft.ids[ref] for ref in known if ref in draft.ids)
    return "; ".join(filter(None, [refs, depends and f"depends on {depends}"]))
