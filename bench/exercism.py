"""Exercises of exercism/problem-specifications as values: cases, signatures, and the judge's share.

An exercise is a folder with `description.md` and `canonical-data.json`.
"""

from __future__ import annotations

import json
import keyword
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.value_types import infer_optional_type
from headwater.errors import HeadwaterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Fixed before any tuning: the first twelve exercises by the sha256 of their name. Prompts and
# search policy may be tried on these alone.
TUNING = (
    "triangle",
    "scrabble-score",
    "crypto-square",
    "sum-of-multiples",
    "rna-transcription",
    "grains",
    "luhn",
    "anagram",
    "run-length-encoding",
    "pig-latin",
    "prime-factors",
    "sieve",
)

_JUDGED = 3  # one case in so many is the judge's


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One call and what it gives.

    Attributes:
        function: what is called.
        arguments: by name.
        expected: what it gives.
        fails: whether it must raise an error instead.
        message: what the error must say; empty where that is left open.
    """

    function: str
    arguments: Mapping[str, object]
    expected: object
    fails: bool
    message: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A parameter and its type; it is optional when some case leaves it out."""

    name: str
    type: str
    optional: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """What a solution must offer, with the types that all cases together ask for."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """One exercise. `judged` are the cases that no solver and no build ever sees."""

    slug: str
    description: str
    functions: tuple[Function, ...]
    given: tuple[Case, ...]
    judged: tuple[Case, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """An exercise as it was before some of its cases were corrected, and as it is since.

    Both have the same judge's cases, none of which was corrected. `replaced` counts the cases that
    a corrected one took the place of.
    """

    before: Exercise
    after: Exercise
    replaced: int


def find_exercises() -> Path:
    """The folder of exercises below the one that `HEADWATER_DATA` names.

    Raises:
        UsageError: the variable is not set, or names no such folder.
    """
    named = os.environ.get("HEADWATER_DATA", "")
    folder = Path(named) / "exercism"
    if not named or not folder.is_dir():
        raise UsageError(
            f"HEADWATER_DATA names no folder that holds exercism/: {named or 'it is not set'}",
            hint="Set it to the folder that holds exercism/SLUG/canonical-data.json.",
        )
    return folder


def list_slugs(folder: Path) -> list[str]:
    """The names of all exercises in a folder, sorted."""
    return sorted(path.parent.name for path in folder.glob("*/canonical-data.json"))


def read_exercise(folder: Path) -> Exercise:
    """Read one exercise; its every third case is the judge's.

    Superseded cases (those that a later one `reimplements`) and repeated calls are dropped. What
    an error says is left open, since no description tells it.

    Raises:
        HeadwaterError: a file is missing or no such data, or too few cases are left.
    """
    description, found = _read_files(folder)
    superseded = {case.replaces for case in found if case.replaces}
    cases = _drop_repeated([each.case for each in found if each.uuid not in superseded])
    if len(cases) < _JUDGED:
        raise HeadwaterError(f"{folder}: expected at least {_JUDGED} cases, found {len(cases)}")
    return Exercise(
        slug=folder.name,
        description=description,
        functions=tuple(_infer_functions(cases)),
        given=tuple(case for number, case in enumerate(cases, 1) if number % _JUDGED),
        judged=tuple(cases[_JUDGED - 1 :: _JUDGED]),
    )


def read_correction(folder: Path) -> Correction | None:
    """An exercise before and after its corrections; None where no case `reimplements` another.

    What errors say is part of the given cases, since some corrections change nothing else; the
    judge's leave it open.

    Raises:
        HeadwaterError: as `read_exercise`.
    """
    exercise = read_exercise(folder)
    _, found = _read_files(folder)
    cases = {each.uuid: each.stated for each in found}
    # A corrected case may have been corrected again; the last one holds.
    superseded = {each.replaces for each in found}
    last = [each for each in found if each.replaces in cases and each.uuid not in superseded]
    if not last:
        return None
    old = [cases[each.replaces] for each in last]
    new = [each.stated for each in last]
    others = [
        each.stated
        for each in found
        if each.case in exercise.given and each not in last and each.uuid not in superseded
    ]
    corrected = [each.case for each in last]
    after = replace(
        exercise,
        functions=tuple(_infer_functions(list(cases.values()))),
        given=tuple(_drop_repeated([*new, *others])),
        judged=tuple(case for case in exercise.judged if case not in corrected),
    )
    return Correction(
        before=replace(after, given=tuple(_drop_repeated([*old, *others]))),
        after=after,
        replaced=len(new),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A case as it stands in a file: its id, and the id of the one that it replaces, if any."""

    uuid: str
    replaces: str
    case: Case
    message: str

    @property
    def stated(self) -> Case:
        """The case with what its error says."""
        return replace(self.case, message=self.message)


def _read_files(folder: Path) -> tuple[str, list[_Found]]:
    """An exercise's description, and all of its cases."""
    path = folder / "canonical-data.json"
    try:
        description = (folder / "description.md").read_text(encoding="utf-8")
        found = [
            _Found(
                uuid=str(case["uuid"]),
                replaces=str(case.get("reimplements", "")),
                case=_read_case(case),
                message=_read_message(case["expected"]),
            )
            for case in _walk(json.loads(path.read_text(encoding="utf-8"))["cases"])
        ]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise HeadwaterError(f"{folder}: this is no exercise: {error}") from error
    return description, found


def _walk(cases: Sequence[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    """The cases of nested groups, in order."""
    for case in cases:
        inner = case.get("cases")
        if isinstance(inner, list):
            yield from _walk(inner)
        else:
            yield case


def _read_case(case: Mapping[str, object]) -> Case:
    given, expected = case["input"], case["expected"]
    if not isinstance(given, dict):
        raise TypeError(f"the input of {case['uuid']} is no object")
    return Case(
        function=_name(str(case["property"])),
        arguments={_name(name): value for name, value in given.items()},
        expected=expected,
        fails=isinstance(expected, dict) and "error" in expected,
    )


def _read_message(expected: object) -> str:
    match expected:
        case {"error": str(message)}:
            return message
        case _:
            return ""


def _drop_repeated(cases: Sequence[Case]) -> list[Case]:
    """The first case of every call."""
    first: dict[str, Case] = {}
    for case in cases:
        call = json.dumps([case.function, case.arguments], sort_keys=True)
        first.setdefault(call, case)
    return list(first.values())


def _name(text: str) -> str:
    """`isValidISBN` → `is_valid_isbn`, and nothing that Python reserves."""
    text = re.sub(r"([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", r"\1\3_\2", text)
    name = re.sub(r"\W+", "_", text).lower()
    return f"{name}_" if keyword.iskeyword(name) else name


def _infer_functions(cases: Sequence[Case]) -> Iterator[Function]:
    for name in dict.fromkeys(case.function for case in cases):
        own = [case for case in cases if case.function == name]
        results = [case.expected for case in own if not case.fails]
        yield Function(
            name=name,
            parameters=tuple(_infer_parameters(own)),
            returns=infer_optional_type(results),
        )


def _infer_parameters(cases: Sequence[Case]) -> list[Parameter]:
    names = dict.fromkeys(name for case in cases for name in case.arguments)
    parameters = [
        Parameter(
            name=name,
            type=infer_optional_type(case.arguments.get(name) for case in cases),
            optional=any(name not in case.arguments for case in cases),
        )
        for name in names
    ]
    return sorted(parameters, key=lambda parameter: parameter.optional)
