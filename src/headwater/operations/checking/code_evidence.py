"""What articles judge code by, gathered from the repository: facts, texts, and a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.standing.feature_notes import read_notes
from headwater.rules.articles.apply import list_demands, list_needs
from headwater.rules.articles.evidence import Evidence, Scan
from headwater.rules.articles.interface import Need
from headwater.rules.articles.own_modules import list_own_modules
from headwater.sandbox.interface import SandboxError
from headwater.workspace.files import MAX_DOCUMENT_BYTES, find_existing, read_file
from headwater.workspace.listing import list_files
from headwater.workspace.observations import observe_beyond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from headwater.graph.facts import CodeFacts
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Constitution
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target

    OpenWorkbench = Callable[[Target], Workbench]


def gather_planned(survey: Survey) -> Evidence:
    """What every file is judged by, whatever it says: own modules, and what plans declare."""
    reading = survey.reading
    needed = Need.TYPES in list_needs(reading.constitution)
    notes = read_notes(reading) if needed else ()
    planned = (path for each in reading.index.components.values() for path in each.files)
    return Evidence(
        own=list_own_modules(planned),
        planned_types=tuple(each for own in notes for each in own.types),
        decided=frozenset(name for own in notes for name in own.decided),
    )


def gather_code(
    survey: Survey,
    judged: Iterable[str],
    *,
    target: Target,
    open_workbench: OpenWorkbench | None = None,
    handwritten: bool = False,
) -> Evidence:
    """The evidence on derived files that are there.

    Args:
        survey: the repository.
        judged: their paths.
        target: their language.
        open_workbench: where a scanner runs; None where there is nothing to run it.
        handwritten: gather people's own files too, for the checks that judge them.
    """
    root, constitution = survey.reading.root, survey.reading.constitution
    derived = {path: _read_text(root, path) for path in judged}
    own = _list_handwritten(survey, target=target) if handwritten else ()
    texts = {**derived, **{path: _read_text(root, path) for path in own}}
    facts = {path: target.read_facts(text, path=path) for path, text in texts.items()}
    facts = _follow_imports(facts, root=root, target=target)
    planned = gather_planned(survey)
    scanned = Need.SCAN in list_needs(constitution)
    return Evidence(
        judged=frozenset(derived),
        handwritten=frozenset(own),
        code=facts,
        own=planned.own | frozenset(each.module.partition(".")[0] for each in facts.values()),
        texts=derived,
        scan=_scan(texts, target=target, open_workbench=open_workbench) if scanned else None,
        planned_types=planned.planned_types,
        decided=planned.decided,
    )


def list_handwritten_globs(constitution: Constitution) -> tuple[str, ...]:
    """Scopes of the checks that judge files which people wrote."""
    checks = (demand.check for demand in list_demands(constitution))
    return tuple(check.scope for check in checks if check.arguments.get("handwritten") is True)


def _list_handwritten(survey: Survey, *, target: Target) -> tuple[str, ...]:
    constitution = survey.reading.constitution
    globs = list_handwritten_globs(constitution) if constitution else ()
    derived = {file.path for file in survey.lock.list_files()}
    found = list_files(survey.reading.root, globs)
    return tuple(path for path in found if path.endswith(target.suffix) and path not in derived)


def _follow_imports(
    facts: Mapping[str, CodeFacts], *, root: Path, target: Target
) -> dict[str, CodeFacts]:
    """The facts with those of the repository's files that the code imports, directly or not."""
    known = dict(facts)
    waiting = list(facts.values())
    for found in waiting:  # it grows as it is gone through
        names = {used.name for used in found.imports if _top(used.name) not in found.standard}
        asked = {path for name in names for path in target.locate_module(name)} - known.keys()
        for path in sorted(find_existing(root, asked)):
            try:
                known[path] = target.read_facts(_read_text(root, path), path=path)
            except HeadwaterError:  # a folder of that name, or behind a symbolic link
                continue
            waiting.append(known[path])
    return known


def _top(name: str) -> str:
    return name.partition(".")[0]


def _read_text(root: Path, path: str) -> str:
    return read_file(root, path, limit=MAX_DOCUMENT_BYTES).decode(errors="replace")


def _scan(
    texts: Mapping[str, str], *, target: Target, open_workbench: OpenWorkbench | None
) -> Scan:
    if not texts:
        return Scan(target.scanner)
    observe_beyond()
    if open_workbench is None:
        return Scan(target.scanner, skipped="there is no sandbox to run it in")
    try:
        return open_workbench(target).scan(texts)
    except SandboxError as error:
        return Scan(target.scanner, skipped=error.message)
