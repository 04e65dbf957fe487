from __future__ import annotations

import pytest

from bench.value_types import infer_optional_type


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], "int"),
        ([1, 0.5], "float"),
        ([True], "bool"),
        ([True, 1], "bool | int"),
        (["a", 1], "int | str"),
        (["a", None], "str | None"),
        ([None], "None"),
        ([], "object"),
        ([[], [1]], "list[int]"),
        ([[]], "list[object]"),
        ([[1, None]], "list[int | None]"),
        ([[[1]], [[]]], "list[list[int]]"),
        ([[1, [2]]], "list[object]"),
        ([[1], "a"], "object"),
        ([[1], {"a": 1}, None], "object"),
        ([{"a": 1}, {}], "dict[str, int]"),
        ([{"a": ["x"]}], "dict[str, list[str]]"),
        ([{"a": 1, "b": [2]}], "dict[str, object]"),
    ],
)
def test_the_type_fits_every_value(values: list[object], expected: str) -> None:
    assert infer_optional_type(values) == expected
