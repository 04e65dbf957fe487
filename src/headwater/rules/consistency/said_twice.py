"""`said-twice`: a plan that repeats a sentence of its spec."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from headwater.rules.consistency.similar import find_similar, pair_words, split_words
from headwater.rules.interface import Finding, Rule
from headwater.rules.passages import Passage, blank_non_prose
from headwater.rules.sample import PLAN
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.rules.consistency.similar import Pairs
    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Place, Plan

# Shorter ones are alike by chance.
_FEWEST_WORDS = 8
_LABEL = r"(?m)^[ \t]*(?:[-*+][ \t]+)?\*\*[^*\n]+\*\*:?"


def find_said_twice(subject: FeatureSubject) -> Iterator[Finding]:
    """Sentences of a plan that share most word pairs with one of the spec's, each once.

    Retired requirements no longer say anything. Code, quotations and tables are no sentences.
    """
    plan = subject.feature.plan
    planned = list(_read_plan(plan)) if plan else []
    if not planned:
        return
    said = [
        sentence
        for passage in subject.passages
        if not passage.retired
        for sentence in _list_long(passage, passage.sentences())
    ]
    sentences = [*said, *planned]
    pairs = [each.pairs for each in sentences]
    similarity = subject.settings.duplicate_similarity
    reported: set[int] = set()
    for first, second in find_similar(pairs, similarity=similarity, apart=len(said)):
        if second not in reported:
            reported.add(second)
            yield _report(sentences[first].passage.id, sentences[first].place, sentences[second])


class _Sentence(NamedTuple):
    """A sentence by its word pairs; its place is looked for only where it is told."""

    passage: Passage
    start: int
    pairs: Pairs

    @property
    def place(self) -> Place:
        return self.passage.place(self.start)


def _read_plan(plan: Plan) -> Iterator[_Sentence]:
    """The sentences of a plan; each field (`**Responsibility**: …`) begins a new one."""
    text = blank_non_prose(plan.source.data.decode(errors="replace"))
    whole = Passage(id="", kind=IdKind.DECISION, text=text, source=plan.source, start=0)
    labels = list(re.finditer(_LABEL, text))
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield from _list_long(whole, whole.sentences(start, end))


def _list_long(passage: Passage, sentences: Iterable[re.Match[str]]) -> Iterator[_Sentence]:
    """Those with enough words not to be alike by chance."""
    for found in sentences:
        words = split_words(found[0])
        if len(words) >= _FEWEST_WORDS:
            yield _Sentence(passage, found.start(), pair_words(words))


def _report(name: str, earlier: Place, sentence: _Sentence) -> Finding:
    return Finding(
        place=sentence.place,
        message=f"this says again what {name}, at {earlier}, says",
        hint=f"Take it out, or say what the plan adds to {name}.",
    )


_REPEATED = PLAN.replace(
    "Add up the entries of an account.",
    "When a clerk asks for the balance, the ledger MUST answer the sum of all the entries.",
)

RULE = Rule(
    name="said-twice",
    title="A plan that repeats a sentence of its spec",
    why="Whoever reviews the feature reads it twice, and the next change is made to one of them. "
    "A component names the requirements that it implements; their words stand in the spec.",
    source="docs/design.md, section 10 (review economy); ISO/IEC/IEEE 29148:2018, 5.2.6",
    severity=Severity.WARNING,
    bad={"plan.md": _REPEATED},
    good={"plan.md": PLAN},
    alone=(
        # What the plan says about how it is done.
        {
            "plan.md": PLAN.replace(
                "Add up the entries of an account.",
                "When a clerk asks for the balance of an account, add up its entries in one pass, "
                "newest first, and keep no list of them.",
            )
        },
    ),
    find_in_feature=find_said_twice,
)
