"""Command lines in reports, with what they should print and how they should end."""

from __future__ import annotations

import pytest

from headwater.steps.triage.claims import Claim
from headwater.steps.triage.runs import find_run_claims, read_run_claim

COMMANDS = ("till", "punch")


def find(text: str) -> list[tuple[str, ...]]:
    return [claim.cells for claim in find_run_claims(text, commands=COMMANDS)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("`till 10 4` is slow", ("`till 10 4`", "—", "—")),
        ("$ till 10 4\n6 coins\n", ("`till 10 4`", "—", "—")),
        ('> till pay "two words"', ("`till pay 'two words'`", "—", "—")),
        ('`till 10 4` should print "6 coins".', ("`till 10 4`", '`"6 coins\\n"`', "—")),
        ("`till 10 4` must say `6 coins`", ("`till 10 4`", '`"6 coins\\n"`', "—")),
        (
            '`till 10 4` printed 6; expected it to print "6 coins\\n"',
            ("`till 10 4`", '`"6 coins\\n"`', "—"),
        ),
        (
            "$ till 3 4\nTraceback ...\nIt should exit with code 1.",
            ("`till 3 4`", "—", "`1`"),
        ),
        (
            '`till 3 4` should print "" and must exit with 1',
            ("`till 3 4`", '`""`', "`1`"),
        ),
        ('`till a|b` should print "a|b"', ("`till 'a\\|b'`", '`"a\\|b\\n"`', "—")),
    ],
)
def test_a_command_line_with_what_is_said_of_it(text: str, cells: tuple[str, ...]) -> None:
    assert find(text) == [cells]


@pytest.mark.parametrize(
    "text",
    ["the till is empty", "`other 1 2`", "`till 'open`", "$ cat till", "`till10`", ""],
)
def test_what_is_no_command_line(text: str) -> None:
    assert find(text) == []


def test_what_is_said_belongs_to_the_line_before_it() -> None:
    text = (
        '`till 1 1` works. `till 10 4` should print "6 coins", and `punch 60` should exit with 2.'
    )
    assert find(text) == [
        ("`till 1 1`", "—", "—"),
        ("`till 10 4`", '`"6 coins\\n"`', "—"),
        ("`punch 60`", "—", "`2`"),
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('till 10 4 = "6 coins\\n"', ("`till 10 4`", '`"6 coins\\n"`', "—")),
        ('$ till 10 4 → "6 coins"', ("`till 10 4`", '`"6 coins"`', "—")),
        ('till 10 4 = "6 coins\\n", exit 0', ("`till 10 4`", '`"6 coins\\n"`', "`0`")),
        ("till 3 4 => exit 1", ("`till 3 4`", "—", "`1`")),
        ("till 3 4 = /too little/", ("`till 3 4`", "/too little/", "—")),
        ("`till 3 4` = `exit 1`", ("`till 3 4`", "—", "`1`")),
        (
            'till 60 < "a\\n" = "b\\n", exit 0',
            ("`till 60`", '`"a\\n"`', '`"b\\n"`', "`0`"),
        ),
    ],
)
def test_a_whole_row(text: str, cells: tuple[str, ...]) -> None:
    claim = read_run_claim(text, commands=COMMANDS)
    assert claim is not None
    assert claim.cells == cells
    assert len(claim.header) == len(cells)


@pytest.mark.parametrize(
    ("text", "stdin"),
    [
        ("$ echo '1:00 shop' | till 60", '`"1:00 shop\\n"`'),
        ("`echo 1:00 shop | till 60` is slow", '`"1:00 shop\\n"`'),
        ("$ printf 'a\\nb\\n' | till 60", '`"a\\nb\\n"`'),
        ('`till 60 < "a\\nb"` is slow', '`"a\\nb"`'),
    ],
)
def test_what_a_command_is_given_to_read(text: str, stdin: str) -> None:
    (claim,) = find_run_claims(text, commands=COMMANDS)
    assert claim.header == ("Run", "Stdin", "Stdout", "Exit")
    assert claim.cells == ("`till 60`", stdin, "—", "—")
    assert claim.shown == f"`till 60 < {stdin[1:]}"


def test_what_is_piped_between_other_programs_is_no_input() -> None:
    assert find("$ cat log | till 60") == []
    assert find("$ echo 'open | till 60") == []


@pytest.mark.parametrize(
    "text", ["till 10 4", "till 10 4 =", "other 1 = exit 0", "till 1 = 5", "average([]) = 0"]
)
def test_what_is_no_row(text: str) -> None:
    assert read_run_claim(text, commands=COMMANDS) is None


def test_what_is_wanted_is_told_on_one_line() -> None:
    claim = read_run_claim('till 10 4 = "6 coins\\n", exit 0', commands=COMMANDS)
    assert claim == Claim(
        function="till",
        call="`till 10 4`",
        result='`"6 coins\\n"`',
        exit_code="`0`",
        is_command=True,
    )
    assert claim.wanted == '`"6 coins\\n"`, exit `0`'
