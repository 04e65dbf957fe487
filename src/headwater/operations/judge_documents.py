"""Everything that the rules have to say of the documents, as settings and comments allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.summary_codec import decode_problems, encode_problems
from headwater.operations.library import combine
from headwater.rules.apply_rules import find_in_feature, find_in_project, set_severities
from headwater.rules.ignores import drop_ignored, read_ignores
from headwater.rules.interface import ProjectSubject
from headwater.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.operations.reading import Reading
    from headwater.operations.survey import Survey
    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Problem


def judge_documents(
    survey: Survey, found: Iterable[Problem], *, settings: RuleSettings
) -> list[Problem]:
    """What was found already, and what the rules find, without what is turned off or ignored.

    Args:
        survey: the repository as it stands.
        found: problems that readers, graph and articles reported.
        settings: severities, scopes and bounds of rules.

    Raises:
        UsageError: a setting names a rule that does not exist.
    """
    rules = tuple(RULES.values())
    problems = [*found, *_judge_features(survey.reading, settings)]
    problems += find_in_project(_describe_project(survey, settings), rules=rules)
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
        return tuple(find_in_feature(feature, rules=RULES.values(), settings=settings))

    judged = library.recall(
        {number: combine(b"rules", library.key(number), asked) for number in reading.summaries},
        make=make,
        encode=encode_problems,
        decode=decode_problems,
    )
    return [problem for problems in judged for problem in problems]


def _describe_project(survey: Survey, settings: RuleSettings) -> ProjectSubject:
    return ProjectSubject(
        constitution=survey.reading.constitution,
        summaries=tuple(survey.reading.summaries.values()),
        index=survey.reading.index,
        settings=settings,
        derived=frozenset(file.path for file in survey.lock.list_files()),
    )
