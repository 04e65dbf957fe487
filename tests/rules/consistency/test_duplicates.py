"""Requirements that say the same, in one feature and across features."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.operations.check import check
from headwater.rules.consistency.duplicate_requirement import find_duplicates_in_feature
from headwater.rules.consistency.similar import find_similar, pair_words
from headwater.rules.settings import RuleSettings
from headwater.wiring import list_targets
from tests.rules.subjects import make_subject, state

if TYPE_CHECKING:
    from pathlib import Path

LONG = (
    "When a clerk asks for the balance of an account, the ledger MUST answer the sum of all "
    "entries that were written to the account before the request."
)
ALIKE = {
    "word for word": (LONG, LONG),
    "a small word more": (LONG, LONG.replace("sum of all", "sum of all the")),
    "wrapped and stressed otherwise": (LONG, LONG.replace(" answer ", "\n  **answer** ")),
}
APART = {
    "one word of substance": (LONG, LONG.replace("before", "after")),
    "one forbids": (LONG, LONG.replace("MUST", "MUST NOT")),
    "other code": (f"{LONG} See `a.csv`.", f"{LONG} See `b.csv`."),
    "one names the other": (LONG, f"{LONG} This repeats FR-001."),
    "short": ("The ledger MUST print.", "The ledger MUST print."),
}
pairs = st.frozensets(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8)


@pytest.mark.parametrize("sentences", ALIKE.values(), ids=ALIKE)
def test_alike(sentences: tuple[str, ...]) -> None:
    (finding,) = find_duplicates_in_feature(make_subject(state(*sentences)))
    assert finding.message.startswith("FR-002 says what FR-001, at specs/001-ledger/spec.md:5")


@pytest.mark.parametrize("sentences", APART.values(), ids=APART)
def test_apart(sentences: tuple[str, ...]) -> None:
    assert list(find_duplicates_in_feature(make_subject(state(*sentences)))) == []


def test_each_copy_is_reported_once() -> None:
    found = find_duplicates_in_feature(make_subject(state(LONG, LONG, LONG)))
    assert [finding.message[:26] for finding in found] == [
        "FR-002 says what FR-001, a",
        "FR-003 says what FR-001, a",
    ]


def test_the_bound_is_a_setting() -> None:
    requirements = state(LONG, LONG.replace(" that were written", ""))
    strict = make_subject(requirements, settings=RuleSettings(duplicate_similarity=0.95))
    loose = make_subject(requirements, settings=RuleSettings(duplicate_similarity=0.6))
    assert list(find_duplicates_in_feature(strict)) == []
    assert len(list(find_duplicates_in_feature(loose))) == 1


@given(sets=st.lists(pairs, max_size=8), similarity=st.sampled_from([0.2, 0.5, 0.8, 1.0]))
def test_no_similar_pair_is_overlooked(
    sets: list[frozenset[tuple[str, str]]], similarity: float
) -> None:
    expected = {
        (first, second)
        for first, second in combinations(range(len(sets)), 2)
        if sets[first] | sets[second]
        and len(sets[first] & sets[second]) / len(sets[first] | sets[second]) >= similarity
    }
    found = list(find_similar(sets, similarity=similarity))
    assert sorted(found) == sorted(expected)


def test_words_are_paired_in_order() -> None:
    assert pair_words(["a", "b", "a"]) == {("a", "b"), ("b", "a")}


def test_two_features_with_one_requirement(repository: Path) -> None:
    """Layout aside they are the same; a retired one does not count."""
    retired = f"- **FR-002** *(retired 2026-11-22: moved)*: {LONG}"
    for folder, text in (
        ("001-ledger", f"{state(LONG)}\n{retired}"),
        ("002-report", state(LONG.replace(", the", ",\n  the"))),
        ("003-export", retired),
    ):
        path = repository / "specs" / folder / "spec.md"
        path.parent.mkdir(parents=True)
        path.write_text(f"# Feature Specification: {folder}\n\n### Requirements\n\n{text}\n")

    report = check(repository, targets=list_targets())

    found = [problem for problem in report.findings if problem.code == "duplicate-requirement"]
    assert [(problem.place.path, problem.message[:32]) for problem in found] == [
        ("specs/002-report/spec.md", "002/FR-001 says what 001/FR-001,")
    ]
