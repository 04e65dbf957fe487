from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from headwater.cli.json_form import render_json, to_json
from headwater.spec.model import Place, Severity


@dataclass(frozen=True)
class Report:
    place: Place
    severity: Severity
    names: frozenset[str]
    counts: dict[str, int]
    cost: Decimal | None


class Pair(NamedTuple):
    name: str
    place: Place


def test_named_tuples_are_objects_and_others_are_lists() -> None:
    pair = Pair(name="a", place=Place(path="a.md", line=3))

    assert to_json([pair, ("a", 1)]) == [
        {"name": "a", "place": {"path": "a.md", "line": 3, "column": 0}},
        ["a", 1],
    ]


def test_reports_become_documents() -> None:
    report = Report(
        place=Place(path="a.md", line=3),
        severity=Severity.WARNING,
        names=frozenset({"b", "a"}),
        counts={"z": 1, "y": 2},
        cost=Decimal("0.10"),
    )

    document = to_json(report)

    assert document == {
        "place": {"path": "a.md", "line": 3, "column": 0},
        "severity": "warning",
        "names": ["a", "b"],
        "counts": {"y": 2, "z": 1},
        "cost": "0.10",
    }
    assert list(document["counts"]) == ["y", "z"]


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "text", ["a"], [], {}])
def test_json_stays_what_it_is(value: object) -> None:
    assert to_json(value) == value


def test_paths_and_tuples() -> None:
    assert to_json((Path("a/b"), Severity.ERROR)) == ["a/b", "error"]


def test_any_text_is_printed_in_ascii() -> None:
    text = "é\udcff\x1b"

    rendered = render_json({"text": text})

    assert rendered.isascii()
    assert json.loads(rendered) == {"text": text}
