"""Drafts a plan: words of examples → signatures → components → decisions → a plan that holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping  # noqa: TC003  # defaults are made of them
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.spec.words import count_words
from headwater.steps.drafting.asking import DraftError
from headwater.steps.plan.connect_parts import connect_parts, place_declarations, place_duties
from headwater.steps.plan.decide import Decider
from headwater.steps.plan.group import group_functions
from headwater.steps.plan.interview import Interview
from headwater.steps.plan.invent import invent_functions
from headwater.steps.plan.kept import Kept
from headwater.steps.plan.neighbours import borrow, find_neighbours, take_lent
from headwater.steps.plan.number import settle_ids, settle_paths
from headwater.steps.plan.openapi import CONTRACT
from headwater.steps.plan.packages import FindFacts, find_nothing, read_allowed
from headwater.steps.plan.parts import sort_parts
from headwater.steps.plan.read_requests import read_requests
from headwater.steps.plan.read_vocabulary import read_vocabulary
from headwater.steps.plan.render import PlanText, render_plan
from headwater.steps.plan.settle import Settler, Signatures, take_texts_as_texts
from headwater.steps.plan.show import show
from headwater.steps.plan.trial import try_plan
from headwater.steps.plan.vocabulary import list_duties

if TYPE_CHECKING:
    from headwater.graph.summary import FeatureSummary
    from headwater.spec.model import Component, Constitution, Feature, Spec
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter
    from headwater.steps.plan.before import Before
    from headwater.steps.plan.decide import Decided
    from headwater.steps.plan.parts import Part
    from headwater.steps.plan.trial import Trial
    from headwater.targets.interface import Target


def load_nothing(ref: str) -> Component:
    """There are no other features."""
    raise LookupError(ref)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanBrief:
    """What a plan is drafted from.

    Attributes:
        feature: its documents; there is a spec.
        constitution: None for none.
        others: summaries of the other features.
        target: the language to derive for.
        package: the folder that modules go to.
        before: the draft before.
        taken: paths that are somebody else's.
        today: for a plan that has no date yet.
        exceptions: article to why the plan may break it.
        find_facts: asks the package index.
        load: a component of another feature, by its ref.
        decisions: how many there may be.
        kept: what stays of the draft before; nothing where all is drafted.
    """

    feature: Feature
    constitution: Constitution | None
    others: tuple[FeatureSummary, ...]
    target: Target
    package: str
    before: Before
    today: str
    taken: frozenset[str] = frozenset()
    exceptions: Mapping[str, str] = field(default_factory=dict)
    find_facts: FindFacts = find_nothing
    load: Callable[[str], Component] = load_nothing
    decisions: int = 3
    kept: Kept = field(default_factory=Kept)

    @property
    def spec(self) -> Spec:
        """The feature's spec."""
        assert self.feature.spec is not None, "a plan is drafted from a spec"
        return self.feature.spec


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedPlan:
    """A plan, what came of trying it, and what it cost.

    `items` are the ids of the decisions and components that were drafted now.
    """

    text: str
    items: tuple[str, ...]
    trial: Trial
    parts: tuple[Part, ...]
    signatures: Signatures
    ledger: Ledger
    notes: tuple[str, ...]


def draft_plan(brief: PlanBrief, *, drafter: Drafter) -> DraftedPlan:
    """A plan whose interfaces every row of the spec fits.

    Raises:
        DraftError: the spec has no example, and no model gave a function for it.
        ModelError: a model could not be reached, or refused.
    """
    interview = Interview(drafter=drafter, duties=list_duties(brief.spec), target=brief.target)
    parts, signatures, staying = _make_parts(brief, interview)
    if read_requests(brief.spec):
        interview.remark("No build runs Request tables yet; their contract is", CONTRACT)
    decisions = _decide(brief, signatures, interview)
    drafted_parts = [part.id for part in parts if part.name not in staying]
    brief = replace(brief, kept=brief.kept.without({*decisions, *drafted_parts}))
    drafted = _fit(brief, parts, signatures, decisions, interview)
    most = drafter.settings.plan_words
    while count_words(drafted.text) > most and decisions and not brief.kept.is_partial:
        _, left = decisions.popitem()
        interview.remark("Left out, to stay within the budget of words", left.title)
        drafted = _fit(brief, parts, drafted.signatures, decisions, interview)
    return drafted


def _decide(brief: PlanBrief, signatures: Signatures, interview: Interview) -> dict[str, Decided]:
    """The decisions that are made now, by id."""
    decider = Decider(
        functions=list(signatures.functions),
        research=_list_research(brief.feature),
        interview=interview,
        allowed=read_allowed(brief.constitution),
        find_facts=brief.find_facts,
    )
    if brief.kept.is_partial:
        again = {one.id: decider.decide_again(one) for one in brief.kept.reopened}
        return {name: decided for name, decided in again.items() if decided}
    made = decider.decide(most=brief.decisions)
    return {f"D{number}": decided for number, decided in enumerate(made, 1)}


def _make_parts(
    brief: PlanBrief, interview: Interview
) -> tuple[list[Part], Signatures, frozenset[str]]:
    """All components, what they declare together, and the names of those that stay."""
    vocabulary, before, kept = read_vocabulary(brief.spec), brief.before, brief.kept
    lent = take_lent(vocabulary, find_neighbours(brief.others))
    if not (vocabulary.operations or vocabulary.types or vocabulary.commands):
        invent_functions(vocabulary, interview=interview)
    name = _name_only_part(brief)
    parts = group_functions(vocabulary, before=before.homes, name=name, interview=interview)
    settled = kept.find_settled(parts, vocabulary)
    signatures = Settler(
        vocabulary=vocabulary, interview=interview, before=before, settled=settled
    ).settle()
    if not parts:
        raise DraftError(
            f"{brief.spec.source.path} has no example, and no model gave a function for it",
            hint="Add an example table under a requirement; docs/formats.md says how.",
        )
    parts = place_declarations(parts, signatures, vocabulary=vocabulary)
    place_duties(parts, vocabulary=vocabulary, interview=interview, before=kept.placed)
    parts = kept.leave_out_others(parts, known=before.ids)
    staying = kept.find_staying(parts)
    names = {part.name for part in parts}
    needs = {one: [need for need in kept.needs[one] if need in names] for one in staying}
    connect_parts(parts, signatures, interview=interview, staying=needs)
    borrow(parts, lent, signatures)
    settle_ids(sort_parts(parts), before=before)
    settle_paths(
        parts, package=brief.package, target=brief.target, before=before.files, taken=brief.taken
    )
    return sorted(parts, key=lambda part: int(part.id[1:])), signatures, staying


def _fit(
    brief: PlanBrief,
    parts: list[Part],
    signatures: Signatures,
    decisions: Mapping[str, Decided],
    interview: Interview,
) -> DraftedPlan:
    """The plan with these decisions; richer types are given up where rows do not fit them."""
    trial = try_text(brief, _write(brief, parts, signatures, decisions, None))
    if trial.misfits:
        signatures = take_texts_as_texts(signatures)
        trial = try_text(brief, _write(brief, parts, signatures, decisions, None))
        interview.remark("Dates and decimals are taken as texts; examples fit nothing else")
    for misfit in trial.misfits:
        interview.remark("An example fits no interface", misfit)
    text = _write(brief, parts, signatures, decisions, trial)
    drafted = [part.id for part in parts if part.id not in brief.kept.sections]
    return DraftedPlan(
        text=text,
        items=(*decisions, *drafted),
        trial=trial,
        parts=tuple(parts),
        signatures=signatures,
        ledger=interview.ledger,
        notes=interview.notes,
    )


def try_text(brief: PlanBrief, text: str) -> Trial:
    """A text tried as the plan of a brief's feature."""
    return try_plan(
        brief.feature,
        text,
        others=brief.others,
        load=brief.load,
        constitution=brief.constitution,
        target=brief.target,
    )


def _write(
    brief: PlanBrief,
    parts: list[Part],
    signatures: Signatures,
    decisions: Mapping[str, Decided],
    trial: Trial | None,
) -> str:
    return render_plan(
        PlanText(
            title=show(brief.spec.title),
            branch=brief.feature.folder.rpartition("/")[2],
            date=brief.before.date or brief.today,
            target=brief.target,
            parts=parts,
            signatures=signatures,
            decisions=decisions,
            kept=brief.kept,
            exceptions=brief.exceptions,
            articles=trial.articles if trial else (),
            contract=CONTRACT if read_requests(brief.spec) else "",
            open_questions=[show(one.text) for one in brief.spec.clarifications],
        )
    )


def _list_research(feature: Feature) -> list[str]:
    resolutions = feature.research.resolutions if feature.research else ()
    return [f"{one.title}: {one.choice}" for one in resolutions]


def _name_only_part(brief: PlanBrief) -> str:
    """`001-parking-fees` → `fees`."""
    return re.split(r"[\W_]+", brief.feature.slug.lower())[-1] or "core"
