"""A small exercise on disk, for the tests of this folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DESCRIPTION = """\
# Instructions

Halve a number.

## Note

Odd numbers cannot be halved.
"""


def write_exercise(
    data: Path, slug: str, cases: Sequence[object], *, description: str = DESCRIPTION
) -> Path:
    """Write an exercise below a data folder; returns the exercise's folder."""
    folder = data / "exercism" / slug
    folder.mkdir(parents=True)
    (folder / "description.md").write_text(description, encoding="utf-8")
    content = {"exercise": slug, "cases": cases}
    (folder / "canonical-data.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def make_case(uuid: str, given: object, expected: object, **more: object) -> dict[str, object]:
    """A case of `canonical-data.json` for the property `halveIt`."""
    return {"uuid": uuid, "property": "halveIt", "input": given, "expected": expected, **more}


HALVES = [
    *(make_case(f"even-{number}", {"value": 2 * number}, number) for number in range(7)),
    make_case("odd-1", {"value": 1}, {"error": "odd"}),
    make_case("odd-3", {"value": 3}, {"error": "odd"}),
]
