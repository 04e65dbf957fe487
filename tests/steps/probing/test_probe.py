"""The same calls on two versions of code, in the real sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.graph.scope import read_scope
from headwater.steps.probing.calls import read_probes
from headwater.steps.probing.probe import CodeVersion, Probed, Prober, list_differing
from headwater.targets.outcome import Outcome
from tests.operations.builders import DOUBLE, make_workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.graph.scope import Scope
    from headwater.operations.standing.survey import Survey

SMALL = 'raised AssertionError("small")'


def find_scope(survey: Survey) -> Scope:
    reading = survey.reading
    return read_scope("001", index=reading.index, interfaces=reading.load("001").interfaces)


def compare(survey: Survey, before: str, now: str, calls: Sequence[str]) -> tuple[Probed, ...]:
    """What calls come to in two versions of the file that doubles."""
    components = survey.reading.load_components(["001/C1"])
    prober = Prober(feature="001-sums", errors=frozenset(), workbench=make_workbench())
    versions = (
        CodeVersion(files={DOUBLE.path: code}, components=components) for code in (before, now)
    )
    first, second = versions
    probes = read_probes(calls, scope=find_scope(survey), feature="001")
    return prober.compare(probes, before=first, now=second)


def test_what_calls_come_to_is_computed(survey: Survey) -> None:
    now = (
        "def double(n: int) -> int:\n"
        "    if n < 0:\n        raise ValueError(n)\n"
        "    if n == 7:\n        raise KeyError(n)\n"
        "    if n == 8:\n        return [][n]\n"
        "    if n == 9:\n        return n.nothing\n"
        "    return 2 * n if n < 100 else None\n"
    )
    calls = [f"double({number})" for number in (-1, 3, 7, 8, 9, 100)]
    probed = {one.call: one for one in compare(survey, DOUBLE.code, now, calls)}
    cells = {call: one.now.cell for call, one in probed.items() if one.now}
    assert cells == {
        "double(-1)": "raises invalid_argument",
        "double(3)": "6",
        "double(7)": "raises not_found",
        "double(8)": "raises out_of_range",
        "double(9)": "",
        "double(100)": "null",
    }
    nine = probed["double(9)"].now
    assert nine is not None
    assert nine.accident == "AttributeError"
    assert [one.call for one in list_differing(probed.values())] == [
        call for call in probed if call != "double(3)"
    ]


def test_what_does_not_come_to_the_same_twice_is_left_out(survey: Survey) -> None:
    body = "return time.time_ns() if n == 4 else 2 * n"
    now = f"import time\n\n\ndef double(n: int) -> int:\n    {body}\n"
    probed = compare(survey, DOUBLE.code, now, ["double(4)", "double(5)"])
    assert [one.call for one in probed] == ["double(5)"]


def test_code_that_never_ends_is_an_accident(survey: Survey) -> None:
    now = "def double(n: int) -> int:\n    while n == 4:\n        pass\n    return 2 * n\n"
    (probed,) = compare(survey, DOUBLE.code, now, ["double(4)"])
    assert probed.differs
    assert probed.now is not None
    assert "took longer" in probed.now.accident


@pytest.mark.parametrize(
    "text",
    ["double(", "twice(3)", "double()", "double(1, 2)", "x = double(1)", "3", "double(n)"],
)
def test_texts_that_are_no_probe(survey: Survey, text: str) -> None:
    assert read_probes([text], scope=find_scope(survey), feature="001") == ()


def test_a_probe_whose_value_does_not_fit_the_declared_type_is_not_made(survey: Survey) -> None:
    (probed,) = compare(survey, DOUBLE.code, DOUBLE.code, ['double("a")'])
    assert (probed.before, probed.now) == (None, None)
    assert not probed.differs


def observe(survey: Survey, code: str, call: str, *errors: str) -> Outcome:
    """What one call comes to, where some errors are named."""
    components = survey.reading.load_components(["001/C1"])
    prober = Prober(feature="001-sums", errors=frozenset(errors), workbench=make_workbench())
    probes = read_probes([call], scope=find_scope(survey), feature="001")
    version = CodeVersion(files={DOUBLE.path: code}, components=components)
    (outcome,) = prober.run(probes, version)[call]
    return outcome


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return [n, None, 'a']", Outcome(value='[4, null, "a"]', said='returned [4, None, "a"]')),
        ("yield n", Outcome(value="[4]", said="returned [4]")),
        (
            "yield n\n    raise KeyError('no\\nsuch')",
            Outcome(error="not_found", said='raised KeyError("no\\nsuch")'),
        ),
        ("return object", Outcome(said="returned <class 'object'>")),
        ("assert n > 4, 'small'", Outcome(accident="AssertionError", said=SMALL)),
        ("raise SystemExit(3)", Outcome(accident="SystemExit", said="raised SystemExit(3)")),
        ("raise TypeError", Outcome(error="TypeError", said="raised TypeError()")),
    ],
)
def test_outcomes(survey: Survey, body: str, outcome: Outcome) -> None:
    code = f"def double(n: int) -> int:\n    {body}\n"
    assert observe(survey, code, "double(4)", "TypeError") == outcome


def test_asynchronous_results_are_waited_for(survey: Survey) -> None:
    code = "async def double(n: int) -> int:\n    yield n\n    yield 2 * n\n"
    assert observe(survey, code, "double(4)").value == "[4, 8]"


def test_a_long_result_is_told_whole_and_one_that_is_too_long_is_in_no_example(
    survey: Survey,
) -> None:
    code = "def double(n: int) -> int:\n    return 'ü' * n\n"
    assert observe(survey, code, "double(300)").value == f'"{"ü" * 300}"'
    assert observe(survey, code, "double(3000)").cell == ""
    assert observe(survey, code, "double(3000)").accident == ""
