"""The meaning of documents by their paths, now and as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.meaning import state_document
from headwater.spec.document import find_unreadable
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_plan import read_plan
from headwater.spec.read_project import CONSTITUTION_PATH, DOCUMENT_NAMES
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from headwater.graph.meaning import Approvable
    from headwater.graph.statement import Statement
    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.reading import Reading

_READERS: Mapping[str, Callable[[Source], Approvable]] = {
    "constitution.md": read_constitution,
    "spec.md": read_spec,
    "plan.md": read_plan,
    "tasks.md": read_tasks,
}


def read_statements(path: str, data: bytes | None, *, feature: str) -> tuple[Statement, ...]:
    """What a document with these bytes says; nothing where it is absent or cannot be read.

    Args:
        path: a constitution's, or that of a spec, plan or task list.
        data: None for a document that is not there.
        feature: the number of its feature; empty for the constitution.
    """
    if data is None:
        return ()
    source = Source(path=path, data=data)
    if find_unreadable(source):
        return ()
    return state_document(_READERS[path.rpartition("/")[2]](source), feature=feature)


def list_approvable(reading: Reading) -> dict[str, str]:
    """Every document that can be approved, to its feature's number; the constitution's is empty."""
    found = {CONSTITUTION_PATH: ""} if CONSTITUTION_PATH in reading.documents else {}
    for feature in reading.native:
        found |= dict.fromkeys(list_own_documents(feature, reading), feature.number)
    return found


def list_own_documents(feature: FeatureSummary, reading: Reading) -> Iterator[str]:
    """The paths of a feature's spec, plan and task list, of those that are there."""
    for name in DOCUMENT_NAMES:
        path = f"{feature.folder}/{name}"
        if path in reading.documents:
            yield path
