"""Stories like those of examples: rows that run one after the other, with one value changed."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from headwater.spec.examples import CallRow
from headwater.spec.write_expression import write_expression, write_value
from headwater.steps.probing.turns import take_turns, vary_one
from headwater.steps.probing.values import vary_value
from headwater.steps.probing.vary import vary_expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.examples import Row, RunRow
    from headwater.steps.probing.pool import Pool


def vary_stories(units: Iterable[TestUnit], *, pool: Pool) -> Iterator[TestUnit]:
    """The sequences and command tables among the units as they are, then others like them.

    As they are, since a row may leave open what it comes to. Units take turns, so that a bound
    leaves something of each.

    Args:
        units: what is varied; those that are one call by itself are passed over.
        pool: further values to try.
    """
    seen: set[str] = set()
    stories = [unit for unit in units if unit.lone_call is None]
    for story in take_turns(_vary_story(unit, pool) for unit in stories):
        if story.key not in seen:
            seen.add(story.key)
            yield story


def describe_rows(rows: Iterable[Row]) -> str:
    """What rows do, on one line."""
    return "; ".join(map(describe_row, rows))


def describe_row(row: Row) -> str:
    """What a row does, as its first cell has it; of a command also what it is given to read."""
    if isinstance(row, CallRow):
        call = write_expression(row.expression)
        return f"{row.binds} = {call}" if row.binds else call
    given = f" < {write_value(row.stdin)}" if row.stdin else ""
    return f"{shlex.join(row.words)}{given}"


def _vary_story(unit: TestUnit, pool: Pool) -> Iterator[TestUnit]:
    for rows in (unit.rows, *vary_one(unit.rows, partial(_vary_row, pool=pool))):
        yield replace(unit, key=describe_rows(rows), rows=rows, digest="")


def _vary_row(row: Row, pool: Pool) -> Iterator[Row]:
    if isinstance(row, CallRow):
        for expression in vary_expression(row.expression, pool=pool):
            yield replace(row, expression=expression)
        return
    yield from take_turns([_vary_words(row, pool), _vary_input(row, pool)])


def _vary_words(row: RunRow, pool: Pool) -> Iterator[RunRow]:
    command, *words = row.words
    for others in _list_words(words, pool):
        yield replace(row, words=(command, *others))


def _list_words(words: Sequence[str], pool: Pool) -> Iterator[Sequence[str]]:
    if words:
        yield words[:-1]
        yield [*words, words[-1]]
    yield from vary_one(words, partial(_vary_word, pool=pool))


def _vary_word(word: str, pool: Pool) -> Iterator[str]:
    """Numbers near one; else texts near it."""
    if word.isascii() and word.isdecimal():
        yield from (str(value) for value in vary_value(int(word), pool=pool))
    yield from (str(value) for value in vary_value(word, pool=pool))


def _vary_input(row: RunRow, pool: Pool) -> Iterator[RunRow]:
    if row.stdin:
        for text in vary_value(row.stdin, pool=pool):
            yield replace(row, stdin=str(text))
