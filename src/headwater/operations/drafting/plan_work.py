"""What of a plan has to be drafted again: what is suspect, missing, or does not fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.graph.items_at import find_item_in_feature
from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.rules.take_notes import read_exceptions
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Severity, Source
from headwater.spec.read_plan import read_plan
from headwater.steps.plan.draft import try_text
from headwater.steps.plan.kept import Kept, keep_rest
from headwater.steps.plan.vocabulary import list_duties
from headwater.workspace.merging import merge_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.plan.draft import DraftedPlan, PlanBrief
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanWork:
    """What a plan lacks; ids are local to its feature.

    Attributes:
        reasons: decisions and components to be drafted again, with why, as the end of a sentence.
        missing: requirements and scenarios that no component implements.
    """

    reasons: dict[str, str]
    missing: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.reasons or self.missing)


def find_plan_work(
    survey: Survey, feature: Feature, *, kept: KeptResults | None
) -> PlanWork | None:
    """What of a feature's plan has to be drafted again; None where all of it has to be.

    That is so where there is no plan, or no record of what its items were drafted from.
    """
    number = feature.number
    planned = survey.reading.index.plans.get(number, ())
    drafted = [ref for ref in survey.lock.bases if split_ref(ref)[0] == number]
    if feature.spec is None or feature.plan is None or not set(drafted) & set(planned):
        return None
    reasons = {
        split_ref(one.ref)[1]: one.why
        for one in find_suspect_items(survey, feature=number, kept=kept)
        if one.kind is not ItemKind.TASK
    }
    for ref, why in _find_unfitting(survey, feature):
        reasons.setdefault(split_ref(ref)[1], why)
    implemented = survey.reading.index.implementers
    duties = list_duties(feature.spec)
    missing = [one for one in duties if qualify(one, feature=number) not in implemented]
    return PlanWork(reasons=reasons, missing=tuple(missing))


def keep_standing(path: str, last: bytes | None, work: PlanWork | None) -> Kept:
    """What stays of the last draft of a plan; nothing where there is none, or git has lost it."""
    if work is None or last is None:
        return Kept()
    plan = read_plan(Source(path=path, data=last))
    return keep_rest(plan, again=work.reasons, missing=work.missing)


def try_with_edits(brief: PlanBrief, drafted: DraftedPlan, *, last: bytes | None) -> DraftedPlan:
    """A plan drafted in part, tried with what a person changed since the last draft.

    What they planned beside it may be what examples need. Where the two disagree, the draft is as
    it is, for nothing will come of it.
    """
    present = brief.feature.plan.source.data if brief.feature.plan else last
    if not brief.kept.is_partial or last is None or present is None or present == last:
        return drafted
    merged = merge_texts(base=last, current=present, proposed=drafted.text.encode())
    if merged.conflicts:
        return drafted
    return replace(drafted, trial=try_text(brief, merged.data.decode(errors="replace")))


def list_standing_exceptions(feature: Feature, work: PlanWork | None) -> Mapping[str, str]:
    """The exceptions that stand in a plan of which only a part is drafted again."""
    return read_exceptions(feature.plan) if work is not None and feature.plan else {}


def _find_unfitting(survey: Survey, feature: Feature) -> Iterator[tuple[str, str]]:
    """Components whose examples they do not fit any more.

    A row that fits its interface is no reason to draft that again: it is proof that it holds.
    """
    index, path = survey.reading.index, f"{feature.folder}/spec.md"
    for problem in survey.reading.problems:
        if problem.severity is Severity.ERROR and problem.place.path == path:
            ref = find_item_in_feature(feature, path=path, line=problem.place.line)
            for component in index.implementers.get(ref, ()):
                if split_ref(component)[0] == feature.number:
                    yield component, f"an example of {ref} does not fit it"
