"""`headwater specify`: from an idea to a spec on a branch of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_value
from headwater.operations.drafting.earlier import list_last_drafts, report_unchanged
from headwater.operations.drafting.known import gather_facts
from headwater.operations.drafting.number import find_free_number
from headwater.operations.drafting.publish import Draft, publish_draft, refuse_uncommitted
from headwater.operations.drafting.spec_kit_state import name_current_feature
from headwater.operations.standing.survey import take_survey
from headwater.spec.read_project import SPECS_FOLDER
from headwater.spec.words import count_words
from headwater.steps.prompting import template_version
from headwater.steps.specify.context import Context
from headwater.steps.specify.draft_spec import draft_spec
from headwater.steps.specify.fit import fit_draft
from headwater.steps.specify.gist import refuse_vague_words
from headwater.steps.specify.idea import read_idea
from headwater.steps.specify.render import render_spec
from headwater.workspace.new_branch import begin_branch, leave_branch, list_branch_names
from headwater.workspace.repository import open_repository, read_branch

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.graph.drafts import DraftRecord
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.drafting.report import DraftReport
    from headwater.operations.standing.survey import Survey
    from headwater.steps.specify.context import Fact
    from headwater.steps.specify.draft import SpecDraft
    from headwater.steps.specify.idea import Idea
    from headwater.workspace.repository import Repository

STEP = "specify"

_IDEA = "idea"


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecifyRequest:
    """What is wanted.

    Attributes:
        idea: as somebody wrote it.
        source: the file that it came from; empty when it was typed.
        new_branch: begin a branch for it; otherwise stay on the present one.
    """

    idea: str
    source: str = ""
    new_branch: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Work:
    """What one run works on.

    Attributes:
        facts: what the repository says about the idea.
        earlier: the last draft of the same idea here; None for none.
    """

    repository: Repository
    ports: DraftPorts
    survey: Survey
    idea: Idea
    facts: tuple[Fact, ...]
    earlier: DraftRecord | None

    @property
    def sources(self) -> dict[str, str]:
        """What the spec is drafted from, by name, with digests."""
        texts: dict[str, str] = {}
        for fact in self.facts:
            texts[fact.source] = f"{texts.get(fact.source, '')}{fact.text}\n"
        digests = {name: digest_value("fact", text) for name, text in texts.items()}
        return {_IDEA: _digest_idea(self.idea), **digests}

    @property
    def parameters(self) -> dict[str, str]:
        """What else decides about the draft; the day that it was first made stays."""
        first = self.earlier.parameters.get("created") if self.earlier else None
        return {
            "created": first or self.ports.today.isoformat(),
            "seed": str(self.ports.seed),
        }

    @property
    def says_nothing_new(self) -> bool:
        """Whether the earlier draft was made from the same, so that no model need be asked."""
        return self.earlier is not None and (
            self.earlier.sources,
            self.earlier.parameters,
            self.earlier.template,
        ) == (self.sources, self.parameters, template_version(STEP))


def specify(path: Path, request: SpecifyRequest, *, ports: DraftPorts) -> DraftReport:
    """Draft a spec for an idea, and commit it on the feature's own branch.

    An idea that was specified here before is drafted again into its own spec, where what people
    changed is kept; with nothing changed since, no model is asked.

    Raises:
        VagueIdeaError: the idea says too little.
        UsageError: there is no idea, or more of it than one feature holds.
        DraftError: no model gave answers that can be used.
        ModelError: a model could not be reached, or refused.
        HeadwaterError: the branch is there already, or uncommitted work is in the way.
    """
    repository = open_repository(path)
    read_branch(repository)  # a detached HEAD is refused before a model is paid
    work = _prepare(repository, read_idea(request.idea, source=request.source), ports)
    if work.earlier is not None and work.says_nothing_new:
        return _report_unchanged(work, work.earlier.document)
    if work.earlier is not None:
        refuse_uncommitted(repository, [work.earlier.document])
        return _publish(work, *_draft(work), document=work.earlier.document)
    draft, context = _draft(work)
    name = f"{find_free_number(repository, _list_folders(work.survey))}-{draft.slug}"
    document = f"{SPECS_FOLDER}/{name}/spec.md"
    if not request.new_branch:
        return _publish(work, draft, context, document=document)
    return _publish_on_new_branch(work, draft, context, document=document)


def _prepare(repository: Repository, idea: Idea, ports: DraftPorts) -> _Work:
    """Everything that is known before a model is asked."""
    refuse_vague_words(idea)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    documents = [f"{one.folder}/spec.md" for one in survey.reading.native]
    drafts = list_last_drafts(repository, documents, step=STEP)
    digest = _digest_idea(idea)
    earlier = next((one for one in drafts if one.sources.get(_IDEA) == digest), None)
    own = earlier.document.split("/")[1].partition("-")[0] if earlier else ""
    facts = gather_facts(repository, survey, about=idea.text, without=own)
    return _Work(
        repository=repository, ports=ports, survey=survey, idea=idea, facts=facts, earlier=earlier
    )


def _draft(work: _Work) -> tuple[SpecDraft, Context]:
    """Ask the models for every part."""
    with work.ports.open_drafter() as drafter:
        context = Context(idea=work.idea, facts=work.facts, drafter=drafter)
        return draft_spec(context, questions=work.ports.rules.clarifications), context


def _publish_on_new_branch(
    work: _Work, draft: SpecDraft, context: Context, *, document: str
) -> DraftReport:
    """Publish on a branch that is there only if the draft is.

    Raises:
        HeadwaterError: another branch is about a feature of this name already.
    """
    name, back_to = document.split("/")[1], read_branch(work.repository)
    taken = [
        branch
        for branch in list_branch_names(work.repository)
        if re.fullmatch(rf"\d+-{re.escape(draft.slug)}", branch)
    ]
    if taken:
        raise HeadwaterError(
            f"expected no branch for “{draft.title}” yet, found {taken[0]}",
            hint=f"Go on with it: `git switch {taken[0]}`.",
        )
    begin_branch(work.repository, name)
    try:
        return _publish(work, draft, context, document=document)
    except BaseException:
        leave_branch(work.repository, name, back_to=back_to)
        raise


def _publish(work: _Work, draft: SpecDraft, context: Context, *, document: str) -> DraftReport:
    """Write the spec within its budget, have it judged, and commit it."""
    budget = context.drafter.settings.spec_words
    name = document.split("/")[1]

    def render(one: SpecDraft) -> str:
        return render_spec(one, branch=name, created=work.parameters["created"])

    draft = fit_draft(draft, budget=budget, count=lambda one: count_words(render(one)))
    report = publish_draft(
        work.repository,
        Draft(
            step=STEP,
            documents={document: render(draft).encode()},
            subject=f"Specify {draft.title}",
            refs=(name.partition("-")[0],),
            template=template_version(STEP),
            budgets={document: budget},
            parameters=work.parameters,
            sources=work.sources,
            models=tuple(context.ledger.models),
            usage=context.ledger.usage,
            refused=context.ledger.refused,
            notes=(*draft.notes, *_tell_facts(work.facts)),
        ),
        ports=work.ports,
    )
    name_current_feature(work.repository, f"{SPECS_FOLDER}/{name}")
    return report


def _report_unchanged(work: _Work, document: str) -> DraftReport:
    note = "Nothing it is drafted from has changed; another `--seed` drafts it anew."
    name_current_feature(work.repository, document.rpartition("/")[0])
    return report_unchanged(work.repository, document, budget=0, notes=(note,))


def _list_folders(survey: Survey) -> list[str]:
    folders = (one.folder for one in survey.reading.summaries.values())
    return [folder.rpartition("/")[2] for folder in folders]


def _tell_facts(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """Where facts were read, so that a person can see what the draft takes for given."""
    sources = ", ".join(dict.fromkeys(fact.source for fact in facts))
    return (f"Read what is there already: {sources}.",) if sources else ()


def _digest_idea(idea: Idea) -> str:
    """The same however the idea is wrapped."""
    return digest_value("idea", " ".join(idea.text.split()))
