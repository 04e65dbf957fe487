"""A drafted change as a person sees it before it is committed: the difference in meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.differences import compare_meaning
from headwater.graph.impact import Effect
from headwater.operations.drafting.change_report import ProposedChange, identify_document
from headwater.operations.drafting.publish import Draft
from headwater.operations.impact import report_impact
from headwater.operations.standing.statements import read_statements
from headwater.spec.ids import split_ref
from headwater.spec.words import count_words
from headwater.steps.change.edits import apply_change
from headwater.steps.drafting.asking import DraftError
from headwater.steps.prompting import template_version

if TYPE_CHECKING:
    from headwater.graph.differences import Difference
    from headwater.operations.impact import TouchedNode
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Spec
    from headwater.steps.change.subject import ChangeDraft, ChangeSubject
    from headwater.steps.drafting.asking import Ledger
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class Making:
    """How a change came about: the step and its seed, a digest of what was asked, and its cost."""

    step: str
    seed: int
    request: str
    ledger: Ledger


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePresenter:
    """Turns a drafted change into what a person sees of it, and what would be committed."""

    repository: Repository
    survey: Survey
    made: Making

    def present(self, subject: ChangeSubject, draft: ChangeDraft, *, ref: str) -> ProposedChange:
        """The proposal; an addition that has no place where it belongs is a note in it.

        Raises:
            DraftError: the draft would change something else than its requirement, or nothing.
            SpliceError: the requirement is not where it was read.
        """
        number, name = split_ref(ref)
        path = subject.spec.source.path
        data, left_out = apply_change(subject, draft, name=name)
        differences = _compare(subject.spec, data, number=number, ref=ref)
        notes = (*draft.notes, *([left_out] if left_out else []))
        is_new = bool(draft.new_text)
        return ProposedChange(
            ref=ref,
            is_new=is_new,
            path=path,
            words=sum(count_words(f"{one.before} {one.now}") for one in differences),
            differences=differences,
            touched=() if is_new else self._find_touched(ref),
            notes=notes,
            draft=self._describe(path, data, ref=ref, notes=notes, is_new=is_new),
        )

    def _find_touched(self, ref: str) -> tuple[TouchedNode, ...]:
        root = self.repository.root
        targets = self.survey.reading.targets
        touched = report_impact(root, [ref], targets=targets).touched
        possible = {Effect.CHANGED, Effect.POSSIBLE, Effect.DOUBTFUL}
        return tuple(one for one in touched if one.effect not in possible)

    def _describe(
        self, path: str, data: bytes, *, ref: str, notes: tuple[str, ...], is_new: bool
    ) -> Draft:
        ledger = self.made.ledger
        return Draft(
            step=self.made.step,
            documents={path: data},
            subject=f"{'Add' if is_new else 'Change'} {ref}",
            refs=(ref,),
            template=template_version(self.made.step),
            spliced=True,
            parameters={"seed": str(self.made.seed), "ref": ref},
            sources={
                "request": self.made.request,
                "document": identify_document(self.repository, path),
            },
            models=tuple(ledger.models),
            usage=ledger.usage,
            refused=ledger.refused,
            notes=notes,
        )


def _compare(spec: Spec, data: bytes, *, number: str, ref: str) -> tuple[Difference, ...]:
    """What would change in meaning; a draft that reaches beyond its requirement is refused.

    Raises:
        DraftError: it does.
    """
    path = spec.source.path
    differences = compare_meaning(
        read_statements(path, spec.source.data, feature=number),
        read_statements(path, data, feature=number),
    )
    beyond = [one for one in differences if one.ref != ref]
    if beyond or not differences:
        what = f"{beyond[0].topic.value} {beyond[0].ref}".strip() if beyond else "nothing"
        raise DraftError(
            f"the draft of {ref} would change {what}; the document is as it was",
            hint="Try another `--seed`, or edit the document yourself.",
        )
    return differences
