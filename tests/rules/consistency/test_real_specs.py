"""The rules on real specs: quiet as they stand, and not once each is made to contradict itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.rules.consistency.contradictory_numbers import find_contradictory_numbers
from headwater.rules.consistency.contradictory_obligation import find_contradictory_obligations
from headwater.rules.consistency.duplicate_requirement import find_duplicates_in_feature
from headwater.rules.consistency.said_twice import find_said_twice
from headwater.rules.consistency.similar import split_words
from headwater.rules.passages import blank_non_prose
from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from tests.rules.subjects import make_subject, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from headwater.rules.interface import FindInFeature, Finding


@pytest.fixture(scope="module")
def features(data_folder: Path) -> list[list[str]]:
    """The sentences with one MUST that the requirements of each real spec begin with."""
    found = []
    for path in sorted((data_folder / "corpora" / "spec-kit" / "specs").glob("*/spec.md")):
        spec = read_spec(Source(path=path.name, data=path.read_bytes()))
        texts = [" ".join(requirement.text.split()) for requirement in spec.requirements]
        sentences = [re.split(r"(?<=[.;])\s", text)[0] for text in texts]
        found.append([each for each in sentences if len(re.findall(r"\bMUST\b", each)) == 1])
    return [sentences for sentences in found if sentences]


def negate(sentence: str) -> str:
    if "MUST NOT" in sentence:
        return sentence.replace("MUST NOT", "MUST")
    return sentence.replace("MUST", "MUST NOT", 1)


def count_found(
    features: list[list[str]], find: FindInFeature, alter: Callable[[str], str]
) -> tuple[int, int]:
    """How many altered copies there are below the sentences, and how many of them are found."""
    asked = found = 0
    for sentences in features:
        copies = [alter(sentence) for sentence in sentences]
        findings = list(find(make_subject(state(*sentences, *copies))))
        asked += len(copies)
        found += len(set(list_owners(findings, after=len(sentences))))
    return asked, found


def list_owners(findings: list[Finding], *, after: int) -> Iterator[int]:
    for finding in findings:
        number = re.match(r"FR-(\d+)", finding.message)
        if number and int(number[1]) > after:
            yield int(number[1])


@pytest.mark.parametrize(
    "find",
    [find_contradictory_numbers, find_contradictory_obligations, find_duplicates_in_feature],
)
def test_real_specs_do_not_contradict_themselves(
    features: list[list[str]], find: FindInFeature
) -> None:
    """Each was read for it; none does."""
    for sentences in features:
        assert list(find(make_subject(state(*sentences)))) == []


def test_a_ban_put_below_its_obligation(features: list[list[str]]) -> None:
    asked, found = count_found(features, find_contradictory_obligations, negate)
    assert asked > 200
    assert found >= 0.9 * asked


def test_a_copy(features: list[list[str]]) -> None:
    asked, found = count_found(features, find_duplicates_in_feature, str)
    assert found == asked


def test_a_copy_with_another_small_word(features: list[list[str]]) -> None:
    asked, found = count_found(
        features, find_duplicates_in_feature, lambda text: re.sub(r"\bthe\b", "that", text, count=1)
    )
    assert found >= 0.85 * asked


@pytest.mark.parametrize(("old", "share"), [("", 1.0), ("the", 0.8)])
def test_a_requirement_repeated_as_a_responsibility(
    features: list[list[str]], old: str, share: float
) -> None:
    """Word for word, and with `that` for the first `the`."""
    asked = found = 0
    for sentences in features:
        kept = [each for each in sentences if len(split_words(blank_non_prose(each))) >= 8]
        altered = [re.sub(r"\bthe\b", "that", each, count=1) if old else each for each in kept]
        fields = "\n".join(f"**Responsibility**: {each}" for each in altered)
        subject = make_subject(state(*sentences), plan=f"# Plan\n\n{fields}\n")
        asked += len(kept)
        found += len(list(find_said_twice(subject)))
    assert asked > 200
    assert found >= share * asked
