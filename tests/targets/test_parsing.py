"""Parsing from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from headwater.targets.python.parsing import parse_expression, parse_module


class Loop:
    """Rubbish for the collector, whose finalizer lets other threads run while a tree is built."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        sum(range(200))


def test_threads_that_parse_at_once_do_not_disturb_each_other() -> None:
    """In CPython 3.11 `ast.parse` itself fails here every few runs."""
    code = "\n".join(f"def f{number}(x): return [x, (x, {{x: (x,)}})]" for number in range(60))

    def parse(_: int) -> int:
        loops = [Loop() for _ in range(20)]
        return len(parse_module(code).body) + len(loops)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(parse, range(100))) == {80}


def test_an_expression_is_given_without_its_wrapper() -> None:
    assert type(parse_expression("a + b")).__name__ == "BinOp"
