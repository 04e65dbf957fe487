"""What a repository says already about a new idea: requirements, declarations, documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.steps.specify.context import Fact
from headwater.steps.specify.words import list_stems
from headwater.workspace.repository import read_head
from headwater.workspace.snapshot import list_tree, read_contents

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from headwater.operations.standing.reading import Reading
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository

MOST_FACTS = 8
_FEWEST_SHARED = 2
_LONGEST = 160  # characters of a fact in a prompt
# Files that a person wrote: code by its declarations, prose by its sentences.
_CODE = re.compile(r"\.(?:c|cc|cpp|cs|go|java|js|jsx|kt|php|py|rb|rs|scala|swift|ts|tsx)$")
_PROSE = re.compile(r"(?:^|/)(?:README|docs/.*|doc/.*)\.(?:md|rst|txt)$", re.IGNORECASE)
_DECLARATION = re.compile(
    r"^[ \t]*(?:(?:export|public|private|static|async|abstract|final|pub)\s+)*"
    r"(?:def|func|function|fn|class|interface|struct|enum|type)\s+\w+[^\n{]*",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
_MOST_FILES = 300
_MOST_BYTES = 100_000


def gather_facts(
    repository: Repository, survey: Survey, *, about: str, without: str = ""
) -> tuple[Fact, ...]:
    """The facts that share at least two content words with an idea, the closest first.

    They come from the specs and plans of other features than `without`, and from the code and the
    documents of the commit that is checked out, derived files apart; at most 300 files of at most
    100 kB are read.

    Raises:
        HeadwaterError: there is no commit yet.
    """
    wanted = list_stems(about)
    found: dict[str, tuple[int, Fact]] = {}
    derived = {file.path for file in survey.lock.list_files()}
    stated = _list_stated(survey.reading, without)
    for fact in (*stated, *_list_written(repository, derived)):
        shared = len(wanted & list_stems(_split_names(fact.text)))
        if shared >= _FEWEST_SHARED:
            found.setdefault(fact.text, (shared, fact))
    ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].source, one[1].text))
    return tuple(fact for _, fact in ranked[:MOST_FACTS])


def _list_stated(reading: Reading, without: str) -> Iterator[Fact]:
    """What specs demand, and what plans declare."""
    for item in reading.index.items.values():
        counts = item.kind is ItemKind.REQUIREMENT and not item.retired
        if counts and item.feature != without:
            yield Fact(source=item.ref, text=_cut(item.text))
    for ref, planned in reading.index.components.items():
        if planned.feature == without:
            continue
        interface = reading.load_component(ref).interface
        for line in _DECLARATION.findall(interface):
            yield Fact(source=ref, text=_cut(line))


def _list_written(repository: Repository, derived: Set[str]) -> Iterator[Fact]:
    """What code declares, and what documents say; specs are read as specs."""
    tree = list_tree(repository, read_head(repository))
    own = (path for path in tree if path not in derived)
    paths = [path for path in own if _CODE.search(path) or _PROSE.search(path)][:_MOST_FILES]
    contents = read_contents(repository, [tree[path] for path in paths])
    for path, data in zip(paths, contents, strict=True):
        text = data[:_MOST_BYTES].decode(errors="replace")
        pattern = _CODE.search(path) and _DECLARATION
        for match in (pattern or _SENTENCE).finditer(text):
            yield Fact(source=path, text=_cut(match[0]))


def _cut(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _split_names(text: str) -> str:
    """`park_fee` and `parkFee` as words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", text)
