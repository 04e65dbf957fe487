"""The derived tests that a report names, as a runner names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.operations.building.prepare import prepare_feature
from headwater.operations.standing.connect import list_test_files
from headwater.spec.ids import split_ref
from headwater.steps.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.operations.standing.survey import Survey
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.suites import AnyTest
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedTests:
    """Tests of one file.

    Attributes:
        keys: their keys, `FR-001-1f9a03c2`.
        refs: what they verify.
        owner: the component that they judge; of a feature test the first that it touches.
        path: their file.
    """

    keys: tuple[str, ...]
    refs: tuple[str, ...]
    owner: str
    path: str


def find_named_tests(survey: Survey, names: Iterable[str]) -> NamedTests | None:
    """The first derived file of which tests are named, with these tests; None for none.

    Args:
        survey: the repository.
        names: `tests/001_wallet/test_c1.py::test_fr_001[FR-001-1f9a03c2]`, on any machine's paths;
            without the bracket all rows of the function are meant.
    """
    reading = survey.reading
    files = {
        path: owner for owner, path in list_test_files(reading.native, targets=reading.targets)
    }
    wanted = [name.partition("::")[::2] for name in names]
    for path, owner in files.items():
        inner = [node for file, node in wanted if f"/{file}".endswith(f"/{path}")]
        found = [*_match(survey, split_ref(owner)[0] or owner, path, inner)] if inner else []
        if found:
            first = found[0]
            return NamedTests(
                keys=tuple(test.key for test in found),
                refs=tuple(dict.fromkeys(test.ref for test in found)),
                owner=first.owner or first.touches[0],
                path=path,
            )
    return None


def prepare_tests(survey: Survey, number: str, *, target: Target) -> FeatureWork:
    """A feature's tests and code as they are, with nothing to derive."""
    feature = survey.reading.find_feature(number)
    settings = SearchSettings()
    return prepare_feature(survey, feature, target=target, todo=frozenset(), settings=settings)


def _match(survey: Survey, number: str, path: str, nodes: list[str]) -> Iterator[AnyTest]:
    target = survey.reading.target_of(survey.reading.summaries[number])
    if target is None:
        return
    suite = prepare_tests(survey, number, target=target).suite
    for file in suite.select(target, lambda _: True):
        names = file.tests if file.path == path else {}
        for test in suite.tests:
            name = names.get(test.key, "").partition("::")[2]
            if name and any(node in {name, name.partition("[")[0]} for node in nodes):
                yield test
