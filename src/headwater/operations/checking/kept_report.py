"""The report of a check, kept until anything changes that it follows from.

Two things together stand for all of that. The key holds what no file of the repository says: the
program, what is installed beside it, the repository's place, the settings of the rules, the
toolchain of each language. Beside the report stand the questions that the check asked of the work
tree and of git, each with a digest of the answer: documents and lock records by their bytes,
derived files by their sha256, what is not there as well, whatever git printed of branches and
commits, and what installed packages say of themselves where an article asks for it.

All questions are asked again. Where every answer is as it was, the same program would ask the same
and report the same (see `workspace/observations.py`). Times and sizes of files are never taken for
their content. Where an article has a scanner run, the report is not kept.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.operations.checking.report_codec import decode_report, encode_report
from headwater.operations.standing.result_keys import combine, digest_installation, digest_program
from headwater.workspace.ask_again import is_answered_alike
from headwater.workspace.observations import Asked, Question

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.operations.checking.check_report import CheckReport
    from headwater.rules.settings import RuleSettings
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.observations import Observations


def make_report_key(root: Path, *, targets: Mapping[str, Target], settings: RuleSettings) -> bytes:
    """What a report is kept under: all that it follows from outside the repository."""
    toolchains = (f"{name} {targets[name].toolchain}" for name in sorted(targets))
    parts = (str(root), repr(settings), *toolchains)
    described = (part.encode(errors="surrogateescape") for part in parts)
    return combine(b"report 1", digest_program(), digest_installation(), *described)


def recall_report(key: bytes, *, kept: KeptResults) -> CheckReport | None:
    """The report under this key, if everything in the repository is as it was; else None."""
    data = kept.find([key]).get(key)
    if data is None:
        return None
    asked, _, report = data.partition(b"\n")
    try:
        answers = {
            Question(Asked(kind), folder, tuple(details)): digest
            for kind, folder, details, digest in json.loads(asked)
        }
        return decode_report(report) if is_answered_alike(answers) else None
    except (ValueError, LookupError, TypeError, OSError):
        return None  # damaged, or out of reach by now, which making it anew will tell


def keep_report(
    report: CheckReport, observations: Observations, *, key: bytes, kept: KeptResults
) -> None:
    """Keep a report with the answers that it follows from, if they can be asked for again."""
    if observations.complete:
        asked = [
            (question.asked.value, question.folder, question.details, digest)
            for question, digest in observations.answers.items()
        ]
        kept.keep({key: json.dumps(asked).encode() + b"\n" + encode_report(report)})
