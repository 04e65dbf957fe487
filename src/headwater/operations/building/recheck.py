"""What of a component, or of a feature's own files, is not as its lock record says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from headwater.graph.records import lock_path
from headwater.graph.states import State
from headwater.graph.vouching import read_carried
from headwater.spec.ids import split_ref
from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.lock import ComponentRecord, FeatureRecord
    from headwater.graph.states import ComponentState
    from headwater.operations.building.retest import Retest
    from headwater.operations.standing.survey import Survey
    from headwater.targets.interface import TestResult

# Tools may be others than those that verified the revision: its tests are run with these now.
_MAY_DIFFER: Final = "the toolchain"
_AS_RECORDED = frozenset({State.FRESH, State.UPGRADEABLE})


def compare_state(state: ComponentState) -> Iterator[str]:
    """Records that are damaged; sources, files and conditions that are not as recorded."""
    if state.problem is not None:
        yield f"{state.problem.place}: {state.problem.message}"
    elif state.state not in _AS_RECORDED:
        for reason in state.reasons:
            if not (state.state is State.UNVERIFIED and reason.subject == _MAY_DIFFER):
                yield str(reason)


def compare_history(survey: Survey, ref: str, *, vouched: frozenset[str]) -> Iterator[str]:
    """A record that no commit says was derived.

    Args:
        survey: the revision as it stands.
        ref: `001/C1`, or a feature's number.
        vouched: the digests that commits vouch for.
    """
    if find_record(survey, ref) is None:
        return
    number, local = split_ref(ref)
    summary = survey.reading.summaries[number or local]
    data = survey.lock.files[lock_path(summary.folder, local if number else "feature")]
    digest = read_carried(data.decode(errors="replace"))
    if digest not in vouched:
        yield f"no commit says that the lock record {digest[:12]} was derived"


def compare_tests(survey: Survey, ref: str, *, retest: Retest) -> Iterator[str]:
    """Recorded test files that the examples do not make; tests that do not pass."""
    record = find_record(survey, ref)
    for file in record.files if record else ():
        if retest.made.get(file.path, file.sha256) != file.sha256:
            yield f"{file.path} is not what the examples make"
    for result in list_results(survey, ref, retest=retest):
        if result.verdict is not Verdict.PASSED:
            yield f"test {result.key} {result.verdict.value}: {result.message}"


def list_results(survey: Survey, ref: str, *, retest: Retest) -> tuple[TestResult, ...]:
    """The results that judge a component; of a feature those of tests that span components.

    None for what was never derived, or cannot be told to have been.
    """
    if find_record(survey, ref) is None:
        return ()
    number, _ = split_ref(ref)
    return tuple(
        result
        for result in retest.results
        if (ref in retest.touched[result.key] if number else len(retest.touched[result.key]) != 1)
    )


def find_record(survey: Survey, ref: str) -> ComponentRecord | FeatureRecord | None:
    """The record of a component or a feature, if there is one that can be read."""
    return survey.lock.records.get(ref) or survey.lock.find_feature(ref)
