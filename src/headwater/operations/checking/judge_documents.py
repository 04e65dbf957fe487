"""Everything that the rules have to say of the documents, as settings and comments allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.summary_codec import decode_problems, encode_problems
from headwater.operations.standing.result_keys import combine
from headwater.rules.apply_rules import find_in_feature, find_in_project, set_severities
from headwater.rules.ignores import drop_ignored, read_ignores
from headwater.rules.interface import ProjectSubject
from headwater.rules.registry import RULES
from headwater.rules.tracing import number_collision
from headwater.spec.origin import Origin
from headwater.spec.read_project import SPECS_FOLDER
from headwater.workspace.branches import read_branch_folders
from headwater.workspace.files import find_existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.index import Index
    from headwater.operations.standing.reading import Reading
    from headwater.operations.standing.survey import Survey
    from headwater.rules.notes import FeatureNotes
    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Problem


def judge_documents(
    survey: Survey,
    found: Iterable[Problem],
    *,
    notes: tuple[FeatureNotes, ...],
    settings: RuleSettings,
) -> list[Problem]:
    """What was found already, and what the rules find, without what is turned off or ignored.

    Args:
        survey: the repository as it stands.
        found: problems that readers, graph and articles reported.
        notes: of all features.
        settings: severities, scopes and bounds of rules.

    Raises:
        UsageError: a setting names a rule that does not exist.
    """
    rules = tuple(RULES.values())
    problems = [*found, *_judge_features(survey.reading, settings)]
    problems += find_in_project(_describe_project(survey, notes, settings), rules=rules)
    ignores = [
        ignore
        for path, data in survey.reading.documents.items()
        for ignore in read_ignores(path, data)
    ]
    known = frozenset(rule.name for rule in rules if not rule.essential)
    kept = drop_ignored(problems, ignores, known=known)
    return list(set_severities(kept, rules=RULES, settings=settings))


def _judge_features(reading: Reading, settings: RuleSettings) -> list[Problem]:
    """What each feature's own documents come to; kept until they, or the settings, change."""
    library, asked = reading.library, repr(settings).encode()

    def make(number: str) -> tuple[Problem, ...]:
        feature = reading.find_feature(number)
        native = reading.origins[number] is Origin.NATIVE
        rules = (rule for rule in RULES.values() if native or not rule.native_only)
        return tuple(find_in_feature(feature, rules=rules, settings=settings))

    judged = library.recall(
        {number: combine(b"rules", library.key(number), asked) for number in reading.summaries},
        make=make,
        encode=encode_problems,
        decode=decode_problems,
    )
    return [problem for problems in judged for problem in problems]


def _describe_project(
    survey: Survey, notes: tuple[FeatureNotes, ...], settings: RuleSettings
) -> ProjectSubject:
    reading, index = survey.reading, survey.reading.index
    return ProjectSubject(
        constitution=reading.constitution,
        summaries=tuple(reading.summaries.values()),
        index=index,
        settings=settings,
        notes=notes,
        existing=find_existing(reading.root, _list_ticked_paths(notes, index)),
        derived=frozenset(file.path for file in survey.lock.list_files()),
        branches=_read_branches(reading, settings),
    )


def _list_ticked_paths(notes: Iterable[FeatureNotes], index: Index) -> Iterator[str]:
    for task in (task for each in notes for task in each.ticked):
        yield from task.files
        yield from (path.partition("/")[0] for path in task.files)
        for ref in task.components:
            yield from index.components[ref].files if ref in index.components else ()


def _read_branches(reading: Reading, settings: RuleSettings) -> Mapping[str, tuple[str, ...]]:
    """Asked of git only where a rule wants it: it costs two processes."""
    wanted = settings.severity.get(number_collision.RULE.name) != "off"
    return read_branch_folders(reading.root, SPECS_FOLDER) if wanted and reading.summaries else {}
