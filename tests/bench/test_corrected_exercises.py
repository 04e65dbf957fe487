"""Corrected exercises as real changes of specifications: what of eight features becomes stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.exercism import find_exercises, list_slugs, read_correction
from bench.feature_documents import NUMBER, write_documents
from headwater.graph.states import State
from headwater.operations.building.report import Action
from headwater.operations.standing.survey import take_survey
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import TARGETS, Checkout, answer

if TYPE_CHECKING:
    from pathlib import Path

    from bench.exercism import Correction, Exercise

SAME_ROWS = {"crypto-square", "flatten-array"}  # only titles of cases were reworded

# Code that keeps the cases of both versions, but for what an error says.
CODE = {
    "anagram": """\
def find_anagrams(subject: str, candidates: list[str]) -> list[str]:
    word = subject.lower()
    lower = {each: each.lower() for each in candidates}
    return [each for each, same in lower.items() if same != word and sorted(same) == sorted(word)]
""",
    "bob": """\
def response(hey_bob: str) -> str:
    said = hey_bob.strip()
    if not said:
        return "Fine. Be that way!"
    if said.isupper():
        return "Calm down!" if said.endswith("?") else "Whoa, chill out!"
    return "Sure." if said.endswith("?") else "Whatever."
""",
    "collatz-conjecture": """\
def steps(number: int) -> int:
    if number < 1:
        raise ValueError("Only positive numbers are allowed")
    taken = 0
    while number != 1:
        number = 3 * number + 1 if number % 2 else number // 2
        taken += 1
    return taken
""",
    "crypto-square": """\
def ciphertext(plaintext: str) -> str:
    text = "".join(sign for sign in plaintext.lower() if sign.isalnum())
    rows = 0
    columns = 0
    while rows * columns < len(text):
        rows, columns = (rows, columns + 1) if rows == columns else (rows + 1, columns)
    text = text.ljust(rows * columns)
    return " ".join(text[start::columns] for start in range(columns))
""",
    "flatten-array": """\
def flatten(array: list[object]) -> list[int]:
    flat: list[int] = []
    for item in array:
        if isinstance(item, list):
            flat += flatten(item)
        elif isinstance(item, int):
            flat.append(item)
    return flat
""",
    "hamming": """\
def distance(strand1: str, strand2: str) -> int:
    if len(strand1) != len(strand2):
        raise ValueError("left and right strands must be of equal length")
    return sum(one != other for one, other in zip(strand1, strand2, strict=True))
""",
    "pangram": """\
def is_pangram(sentence: str) -> bool:
    return set("abcdefghijklmnopqrstuvwxyz") <= set(sentence.lower())
""",
    "phone-number": """\
FEWER = "incorrect number of digits"
MORE = "more than 11 digits"
DIGITS = {"0": "zero", "1": "one"}


def clean(phrase: str) -> str:
    if any(sign.isalpha() for sign in phrase):
        raise ValueError("letters not permitted")
    if any(sign not in "0123456789+-(). " for sign in phrase):
        raise ValueError("punctuations not permitted")
    digits = "".join(sign for sign in phrase if sign.isdigit())
    if len(digits) < 10:
        raise ValueError(FEWER)
    if len(digits) > 11:
        raise ValueError(MORE)
    if len(digits) == 11 and digits[0] != "1":
        raise ValueError("11 digits must start with 1")
    digits = digits[-10:]
    for name, digit in (("area", digits[0]), ("exchange", digits[3])):
        if digit in DIGITS:
            raise ValueError(f"{name} code cannot start with {DIGITS[digit]}")
    return digits
""",
}
REWORDED = {
    "Only positive numbers": "Only positive integers",
    "left and right strands": "strands",
    "incorrect number of digits": "must not be fewer than 10 digits",
    "more than 11 digits": "must not be greater than 11 digits",
}


@pytest.fixture
def corrections(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Correction]:
    """Every exercise that was corrected, by its name."""
    monkeypatch.setenv("HEADWATER_DATA", str(data_folder))
    folder = find_exercises()
    found = {slug: read_correction(folder / slug) for slug in list_slugs(folder)}
    return {slug: correction for slug, correction in found.items() if correction}


def write(checkout: Checkout, number: int, exercise: Exercise) -> None:
    """Put an exercise's documents in place, as the feature with this number."""
    for path, text in write_documents(exercise, exercise.given).items():
        checkout.write(path.replace(f"specs/{NUMBER}-", f"specs/{number:03}-"), text)


def correct(code: str) -> str:
    for old, new in REWORDED.items():
        code = code.replace(old, new)
    return code


def list_stale(checkout: Checkout) -> set[str]:
    states = take_survey(checkout.root, targets=TARGETS).states
    return {ref for ref, found in states.items() if found.state is not State.FRESH}


def test_a_corrected_case_makes_its_own_component_stale_and_no_other(
    corrections: dict[str, Correction], repository: Path
) -> None:
    assert set(corrections) == set(CODE)
    checkout = Checkout(root=repository)
    checkout.write(".gitignore", ".headwater/\n")
    refs = {slug: f"{number:03}/C1" for number, slug in enumerate(corrections, 1)}
    for number, correction in enumerate(corrections.values(), 1):
        write(checkout, number, correction.before)
    checkout.commit()
    first = {f"implement {refs[slug]}": [answer(code)] for slug, code in CODE.items()}
    assert checkout.build(ScriptedModel(first)).succeeded
    assert list_stale(checkout) == set()

    stale: set[str] = set()
    for number, (slug, correction) in enumerate(corrections.items(), 1):
        write(checkout, number, correction.after)
        stale |= set() if slug in SAME_ROWS else {refs[slug]}
        assert list_stale(checkout) == stale, slug
    checkout.commit()

    second = {f"implement {refs[slug]}": [answer(correct(code))] for slug, code in CODE.items()}
    built = checkout.build(ScriptedModel(second))
    assert built.succeeded
    assert {one.component for one in built.components if one.action is not Action.FRESH} == stale
    assert list_stale(checkout) == set()
