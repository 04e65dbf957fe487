"""Normative statements: what a policy demands of the software, each with its quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.policies.interface import BlockKind
from headwater.policies.left_out import Reason, find_reason
from headwater.policies.libraries import read_libraries
from headwater.policies.passages import split_passages
from headwater.policies.strengths import Demand, Strength, read_demand, read_imperative
from headwater.policies.topics import Topic, find_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.policies.interface import PolicyText
    from headwater.policies.libraries import Library
    from headwater.policies.passages import PolicyPassage
    from headwater.policies.proposals import Proposal
    from headwater.policies.quotes import Quote

_RULES = (
    r"(?i)[\W\d]*(?:\w+ )?(?:rules?|requirements?|principles?|standards?|do(?:'|’)?s"
    r"|don(?:'|’)?ts|obligations?|controls?|must|mandatory)\b"
)
_REASONED = (
    r"(?:Rationale|Why|Reason|Because|This (?:is|protects|prevents|ensures|keeps|avoids|reduces"
    r"|makes|lets|allows|means|limits)|The reason|Otherwise|Without (?:it|this|them))\b"
)
# In tables, “never” and “do not” describe as often as they demand.
_BINDING = r"(?i)\b(?:must|shall|should|required|mandatory|prohibited|forbidden|not allowed)\b"
_LIST_END = r"[;,](?:\s+(?:and|or))?$"
_SHORTEST = 3  # words: fewer say nothing on their own
_LONGEST = 2000  # characters: more is no sentence, and patterns would take their time


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What is demanded once.

    Attributes:
        quote: the exact words, with their place.
        clause: what the article says: the words, or for a table or a setting, a sentence made from
            nothing but what stands in it.
        demand: how strongly, and whether it forbids.
        topic: what it is about.
        rationale: the sentence behind it that gives a reason; empty where the policy gives none.
        libraries: of a table of libraries, its rows.
        proposals: of a setting of the repository, the checks that it comes to.
        is_fact: it is such a setting, and nothing that a policy says.
    """

    quote: Quote
    clause: str
    demand: Demand
    topic: Topic
    rationale: str = ""
    libraries: tuple[Library, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    is_fact: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A passage that holds a word of obligation, and why it is no statement."""

    quote: Quote
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What was found in policies, in the order of their text."""

    statements: tuple[Statement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def find_statements(policy: PolicyText) -> Findings:
    """Every statement of a policy, and what looks like one and is none."""
    passages = split_passages(policy)
    found: list[Statement] = []
    left: list[LeftOut] = []
    taken: set[int] = set()  # tables of libraries, whose rows are no statements of their own
    for number, passage in enumerate(passages):
        if len(passage.quote.text) > _LONGEST and not passage.rows:
            continue
        demand = _read(passage)
        reason = find_reason(passage)
        if reason and (demand or reason is Reason.ADDRESSED):
            left.append(LeftOut(quote=passage.quote, reason=reason))
        elif not reason and passage.rows:
            libraries = read_libraries(passage)
            taken.update([passage.paragraph] if libraries else [])
            found += _make_table(passage, libraries)
        elif demand and not reason and passage.paragraph not in taken:
            following = passages[number + 1] if number + 1 < len(passages) else None
            if demand.strength is Strength.MAY:
                left.append(LeftOut(quote=passage.quote, reason=Reason.PERMISSION))
            else:
                found.append(_make(passage, demand, following))
    return Findings(statements=tuple(found), left_out=tuple(left))


def _read(passage: PolicyPassage) -> Demand | None:
    if passage.rows or len(passage.quote.text.split()) < _SHORTEST:
        return None
    demand = read_demand(passage.own) or read_demand(passage.quote.text)
    if passage.kind is BlockKind.ROW and not re.search(_BINDING, passage.own):
        return None
    if demand or passage.kind is not BlockKind.ITEM:
        return None if passage.own.endswith(":") else demand
    under_rules = any(re.match(_RULES, title) for title in passage.headings)
    return read_imperative(passage.own) if under_rules else None


def _make(passage: PolicyPassage, demand: Demand, following: PolicyPassage | None) -> Statement:
    reasoned = (
        following is not None
        and following.paragraph == passage.paragraph
        and re.match(_REASONED, following.own) is not None
    )
    row = passage.kind is BlockKind.ROW
    return Statement(
        quote=passage.quote,
        clause=passage.own if row else re.sub(_LIST_END, "", passage.quote.text),
        demand=demand,
        topic=find_topic(passage.quote.text, passage.headings),
        rationale=following.own if following and reasoned else "",
    )


def _make_table(passage: PolicyPassage, libraries: tuple[Library, ...]) -> Iterator[Statement]:
    if libraries:
        yield Statement(
            quote=passage.quote,
            clause=" ".join(_tell(libraries)),
            demand=Demand(strength=Strength.MUST),
            topic=Topic.DEPENDENCIES,
            libraries=libraries,
        )


def _tell(libraries: Iterable[Library]) -> Iterator[str]:
    libraries = tuple(libraries)
    for allowed, words in ((True, "Approved libraries"), (False, "Forbidden libraries")):
        names = [one.render() for one in libraries if one.allowed is allowed]
        if names:
            yield f"{words}: {', '.join(names)}."
