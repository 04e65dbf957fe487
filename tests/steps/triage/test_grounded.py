"""Values that come from a text, and values that a model made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.steps.triage.grounded import find_ungrounded

if TYPE_CHECKING:
    from pydantic import JsonValue


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "It fails for 5."),
        (-5, "It fails for -5."),
        (1000, "It fails for 1,000 euros."),
        (0.5, "half is 0.5"),
        (3, "three of them"),
        (7, "3 and 4 are added"),
        (12, "3 times 4"),
        (0, "with an empty list"),
        (-2, "a negative number"),
        ([], "an empty list"),
        ("", "without a name"),
        ("Blog", "the project blog"),
        ([1, "a", None, True], "a list of 1 and a"),
        ({"name": "Ada", "age": 36}, "Ada is 36"),
    ],
)
def test_a_value_that_stands_in_the_text_or_follows_from_it(value: JsonValue, text: str) -> None:
    assert find_ungrounded(value, text) == []


@pytest.mark.parametrize(
    ("value", "text", "fault"),
    [
        (6, "It fails for 5.", "the number 6"),
        (1, "It fails.", "the number 1"),
        (5, "It fails in v1.5.2 at 15:50", "the number 5"),
        ("x", "It fails.", "the text 'x'"),
        ("", "It fails.", "the text ''"),
        ([], "It fails.", "an empty list"),
        ([1, 9], "It fails for 1.", "the number 9"),
        ({"a": "b"}, "It fils.", "the text 'b'"),
    ],
)
def test_a_value_that_was_made_up(value: JsonValue, text: str, fault: str) -> None:
    (found,) = find_ungrounded(value, text)
    assert found.startswith(fault)
