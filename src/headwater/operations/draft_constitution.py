"""`headwater constitution`: articles from policies, each with its sources.

No model is needed, and none can add a demand: where one is asked, it says why an article holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.operations.constitution.commit_constitution import commit_constitution, refuse_dirty
from headwater.operations.constitution.describe_constitution import describe_constitution
from headwater.operations.constitution.gather_policies import POLICY_FOLDERS, gather_policies
from headwater.operations.constitution.past_draft import read_past_draft
from headwater.operations.constitution.reason_articles import reason_articles
from headwater.policies.articles import draft_articles, fit_budget
from headwater.policies.conflicts import find_conflicts
from headwater.policies.present import read_present
from headwater.policies.render_articles import render_constitution
from headwater.policies.research import research_policies
from headwater.policies.revise import revise_constitution
from headwater.policies.revisions import Revision, list_added
from headwater.policies.versions import Bump
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.spec.splice import apply_edits
from headwater.steps.drafting.asking import Ledger
from headwater.workspace.documents import read_documents
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from headwater.operations.constitution.constitution_report import ConstitutionReport
    from headwater.operations.constitution.gather_policies import GatheredPolicies
    from headwater.operations.constitution.past_draft import PastDraft
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.policies.conflicts import Conflict
    from headwater.policies.present import Present
    from headwater.policies.research import Research
    from headwater.spec.model import Constitution

MOST_WORDS: Final = 1500
"""Words of all clauses together, beyond which advice that nothing can check is left out."""

MOST_STATEMENTS: Final = 3000

_TEMPLATE = (b"[PROJECT_NAME]", b"[PRINCIPLE_1_NAME]")


def draft_constitution(
    path: Path,
    paths: Sequence[Path],
    *,
    today: date,
    reasons: DraftPorts | None = None,
    write: bool = True,
) -> ConstitutionReport:
    """Draft or revise the constitution, and commit it; nothing else is changed.

    Args:
        path: a folder of the repository.
        paths: policies, or folders of them; the usual folders when empty.
        today: for the line with the version.
        reasons: whom to ask why a new article holds, where no policy says so; None asks nobody.
        write: False only tells what would be written.

    Raises:
        HeadwaterError: there is nothing to draft from, a path that is named is not there, or the
            constitution has changes that are not committed.
        ModelError: a model was to give reasons and could not be reached.
    """
    repository = open_repository(path)
    if write:
        refuse_dirty(repository)
    gathered = gather_policies(repository, paths)
    research = _research(gathered)
    past = read_past_draft(repository, policies=gathered.policies, settings=gathered.settings)
    constitution = _read(repository.root)
    conflicts = _list_open(find_conflicts(research.statements), constitution, past)
    articles, shortened = fit_budget(
        draft_articles(research.statements, conflicts), words=MOST_WORDS
    )
    present = _read_present(constitution, research, past)
    ledger = Ledger()
    if reasons:
        articles = reason_articles(articles, present, ports=reasons, ledger=ledger)
    if present is None:
        revision = Revision(changes=tuple(list_added(articles)), bump=Bump.MINOR)
        before, data = b"", render_constitution(repository.root.name, articles, today=today)
    else:
        revision = revise_constitution(present, articles, considered=past.considered, today=today)
        before, data = present.data, apply_edits(present.data, revision.edits)
    commit = ""
    if write and data != before:
        commit = commit_constitution(
            repository, data, gathered=gathered, revision=revision, ledger=ledger
        )
    return describe_constitution(
        before,
        data,
        commit=commit,
        gathered=gathered,
        research=replace(research, left_out=(*research.left_out, *shortened)),
        articles=articles,
        conflicts=conflicts,
        revision=revision,
        ledger=ledger,
    )


def _research(gathered: GatheredPolicies) -> Research:
    research = research_policies(gathered.policies, gathered.settings)
    _refuse_unusable(gathered, research)
    return research


def _read_present(
    constitution: Constitution | None, research: Research, past: PastDraft
) -> Present | None:
    if constitution is None:
        return None
    return read_present(constitution, policies=research.texts, base=past.constitution)


def _read(root: Path) -> Constitution | None:
    """The constitution; None where there is none, or only Spec Kit's template."""
    data = read_documents(root, (CONSTITUTION_PATH,)).get(CONSTITUTION_PATH)
    if data is None or not data.strip() or all(mark in data for mark in _TEMPLATE):
        return None
    constitution = read_constitution(Source(path=CONSTITUTION_PATH, data=data))
    unreadable = [one for one in constitution.problems if one.code.startswith("document-")]
    if unreadable:
        raise HeadwaterError(f"{unreadable[0].place}: {unreadable[0].message}")
    return constitution


def _list_open(
    conflicts: Sequence[Conflict], constitution: Constitution | None, past: PastDraft
) -> tuple[Conflict, ...]:
    """The conflicts that nobody has settled yet, by taking one of the two statements out.

    A setting that is laxer than a policy is settled in the setting alone.
    """
    cited = {
        (source.passage.path, source.digest)
        for article in (constitution.articles if constitution else ())
        for source in article.sources
    }

    def is_settled(conflict: Conflict) -> bool:
        if conflict.with_setting:
            return False
        pair = [
            (one.quote.passage.path, one.quote.digest) for one in (conflict.one, conflict.other)
        ]
        kept = [key for key in pair if key in cited]
        return len(kept) == 1 and all(key in past.considered for key in pair)

    return tuple(one for one in conflicts if not is_settled(one))


def _refuse_unusable(gathered: GatheredPolicies, research: Research) -> None:
    """Refuse policies that say nothing, or far too much."""
    if len(research.statements) > MOST_STATEMENTS:
        raise HeadwaterError(
            f"expected at most {MOST_STATEMENTS:,} statements, found {len(research.statements):,}",
            hint="Name the policies that matter; nobody reads a constitution of that size.",
        )
    if research.statements:
        return
    for problem in research.problems:
        raise HeadwaterError(f"{problem.place}: {problem.message}", hint=problem.hint)
    read = len(gathered.policies) + len(gathered.settings)
    what = f"no statement such as “… must …” in {read} files" if read else "no policy"
    raise HeadwaterError(
        f"expected policies to draft the constitution from, found {what}",
        hint="Name them: `headwater constitution --from PATH`. Without it "
        f"{', '.join(POLICY_FOLDERS)} and the repository's settings are read.",
    )
