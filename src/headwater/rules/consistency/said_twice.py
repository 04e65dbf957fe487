"""`said-twice`: a plan that repeats a sentence of its spec."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.consistency.similar import find_similar, pair_words, split_words
from headwater.rules.interface import Finding, Rule
from headwater.rules.passages import Passage, blank_non_prose
from headwater.rules.sample import PLAN
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    if plan is None:
        return
    said = [
        (passage.id, passage.place(found.start()), found[0])
        for passage in subject.passages
        if not passage.retired
        for found in passage.sentences()
    ]
    sentences = [*said, *_read_plan(plan)]
    words = [split_words(text) for _, _, text in sentences]
    pairs = [pair_words(each) if len(each) >= _FEWEST_WORDS else frozenset() for each in words]
    reported: set[int] = set()
    for first, second in find_similar(pairs, similarity=subject.settings.duplicate_similarity):
        if first < len(said) <= second and second not in reported:
            reported.add(second)
            yield _report(sentences[first][0], sentences[first][1], sentences[second][1])


def _read_plan(plan: Plan) -> Iterator[tuple[str, Place, str]]:
    """The sentences of a plan; each field (`**Responsibility**: …`) begins a new one."""
    text = blank_non_prose(plan.source.data.decode(errors="replace"))
    labels = list(re.finditer(_LABEL, text))
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    offset = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        # Counted on from label to label: a plan may be long.
        offset += len(text[ends[number - 1] if number else 0 : start].encode())
        passage = Passage(
            id="", kind=IdKind.DECISION, text=text[start:end], source=plan.source, start=offset
        )
        offset += len(text[start:end].encode())
        for found in passage.sentences():
            yield "", passage.place(found.start()), found[0]


def _report(name: str, earlier: Place, place: Place) -> Finding:
    return Finding(
        place=place,
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
