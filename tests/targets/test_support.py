"""What the shared support module does with calls and commands, seen from inside one process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.targets.python.emitted.support import (
    ANYTHING,
    check,
    check_call,
    check_run,
    given,
    matching,
    raises,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

COMMANDS = {"py": "python -c", "sh": "sh -c"}


def double(n: int, *, times: int = 1) -> int:
    if n < 0:
        raise ValueError(f"{n} is negative")
    return 2 * n * times


async def slow(n: int) -> int:
    await asyncio.sleep(0)
    return n


async def stream(n: int) -> AsyncIterator[int]:
    for i in range(n):
        yield i


def count(n: int) -> Iterator[int]:
    yield from range(n)


def test_a_call_that_does_as_expected_gives_its_result() -> None:
    assert check_call(double, (2,), 4) == 4
    assert check_call(double, given(2, times=2), 8) == 8
    assert check_call(double, (-1,), raises(ValueError, message="-1 is negative")) is None
    assert check(lambda: slow(3), 3) == 3
    assert check(lambda: stream(n=2), [0, 1]) == [0, 1]
    assert check(lambda: count(2), ANYTHING) == [0, 1]


def leave(code: int) -> None:
    raise SystemExit(code)


def gone(_n: int) -> None:
    raise LookupError


@pytest.mark.parametrize(
    ("call", "expected", "message"),
    [
        (lambda: double(1), 3, "double(1) returned 2, expected 3"),
        (lambda: double(1), 2.5, "double(1) returned 2, expected 2.5"),
        (lambda: 2.0, 2, "2.0 returned 2.0, expected 2"),
        (lambda: True, 1, "True returned True, expected 1"),
        (lambda: double(1), raises(ValueError), "double(1) returned 2, expected ValueError"),
        (lambda: leave(2), 1, "leave(2) raised SystemExit(2), expected 1"),
        (lambda: gone(2), 1, "gone(2) raised LookupError(), expected 1"),
    ],
)
def test_a_failure_says_what_was_called_and_what_came(
    call: Callable[[], object], expected: object, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headwater.targets.python.emitted.support.ROOT", Path("/nowhere"))
    with pytest.raises(AssertionError) as caught:
        check(call, expected)
    assert str(caught.value) == message


def test_named_arguments_are_shown() -> None:
    with pytest.raises(AssertionError, match=r"^double\(2, times=3\) returned 12, expected 1$"):
        check_call(double, given(2, times=3), 1)


def test_texts_that_look_alike_are_told_apart_by_their_type() -> None:
    class Other:
        def __repr__(self) -> str:
            return '"a"'

    other = Other()
    with pytest.raises(AssertionError, match=r'^other returned "a" \(Other\), expected "a"$'):
        check(lambda: other, "a")


def test_what_has_no_name_is_shown_all_the_same() -> None:
    class Caller:
        def __call__(self) -> int:
            return 1

        def __repr__(self) -> str:
            return "caller"

    with pytest.raises(AssertionError, match=r"^caller\(\) returned 1, expected 2$"):
        check_call(Caller(), (), 2)


def test_a_lambda_without_source_is_the_call() -> None:
    call = eval("lambda: 1")
    with pytest.raises(AssertionError, match=r"^the call returned 1, expected 2$"):
        check(call, 2)


def test_a_command_is_run_in_its_folder(tmp_path: Path) -> None:
    check_run(COMMANDS, """py 'open("x", "w").write("a")'""", tmp_path, exit_code=0)
    check_run(COMMANDS, "sh 'cat x; cat >&2; exit 3'", tmp_path, stdin="e", stdout="a", stderr="e")
    check_run(COMMANDS, "sh 'pwd'", tmp_path, stdout=matching(tmp_path.name))
    assert (tmp_path / "x").read_text() == "a"


def test_a_command_that_differs_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError) as caught:
        check_run(COMMANDS, "sh 'echo oops >&2; exit 3'", tmp_path, exit_code=0)
    assert str(caught.value) == "`sh 'echo oops >&2; exit 3'` exited with 3, expected 0 (oops)"
    with pytest.raises(AssertionError) as caught:
        check_run(COMMANDS, "sh 'exit 3'", tmp_path, stdout="a")
    assert str(caught.value) == '`sh \'exit 3\'` printed "" on stdout, expected "a"'


def test_a_command_that_never_ends_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headwater.targets.python.emitted.support.COMMAND_SECONDS", 0.2)
    with pytest.raises(AssertionError, match=r"^`sh 'sleep 5'` took longer than 0\.2 s$"):
        check_run(COMMANDS, "sh 'sleep 5'", tmp_path)
