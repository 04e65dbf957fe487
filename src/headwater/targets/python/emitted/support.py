"""Compares what calls and commands do with what the examples expect.

Shared by the tests of this folder. A failure says in one line what was called, what it did and
what was expected.
"""

import ast
import asyncio
import inspect
import linecache
import os
import shlex
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from headwater.targets.python.emitted.expectations import (
    ANYTHING,
    Given,
    Raises,
    given,
    matching,
    messages_of,
    near,
    number,
    raises,
    same,
)
from headwater.targets.python.emitted.forms import show, take_elements

__all__ = [
    "ANYTHING",
    "check",
    "check_call",
    "check_run",
    "given",
    "matching",
    "near",
    "number",
    "raises",
]

ROOT = Path(__file__).resolve().parents[2]
STUB_MARK = ROOT / ".headwater-stub-reached"
COMMAND_SECONDS = 20


class StubReached(BaseException):
    """A stub was reached, though what it raised was hidden."""


def check_call(
    function: Callable[..., object], arguments: tuple[object, ...] | Given, expected: object
) -> object:
    """Call `function` and compare what it does with `expected`."""
    if not isinstance(arguments, Given):
        arguments = Given(arguments, {})
    shown = [show(value) for value in arguments.arguments]
    shown += [f"{name}={show(value)}" for name, value in arguments.named.items()]
    text = f"{getattr(function, '__name__', function)}({', '.join(shown)})"
    return _check(text, lambda: function(*arguments.arguments, **arguments.named), expected)


def check(call: Callable[[], object], expected: object) -> object:
    """Do what a lambda holds, compare it with `expected`, and return the result."""
    return _check(_source_of(call), call, expected)


def check_run(
    commands: Mapping[str, str],
    line: str,
    folder: Path,
    *,
    stdin: str = "",
    stdout: object = ANYTHING,
    stderr: object = ANYTHING,
    exit_code: int | None = None,
) -> None:
    """Run a command line in `folder` and compare what it prints and how it ends."""
    done = run_line(commands, line, folder, stdin=stdin)
    printed = {"stdout": (done.stdout, stdout), "stderr": (done.stderr, stderr)}
    crash = _last_line(done.stderr) if done.returncode else ""
    for name, (data, expected) in printed.items():
        text = data.decode("utf-8", "replace")
        if not same(text, expected):
            hint = f" (it ended with {crash})" if crash and name == "stdout" else ""
            _fail(f"`{line}` printed {show(text)} on {name}, expected {show(expected)}{hint}")
    if exit_code is not None and done.returncode != exit_code:
        hint = f" ({crash})" if crash else ""
        _fail(f"`{line}` exited with {done.returncode}, expected {exit_code}{hint}")


def run_line(
    commands: Mapping[str, str], line: str, folder: Path, *, stdin: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in `folder`; `commands` says what its first word starts."""
    word, *arguments = shlex.split(line)
    try:
        done = subprocess.run(
            [*_find_program(shlex.split(commands[word])), *arguments],
            cwd=folder,
            env=_environment(folder),
            input=stdin.encode(),
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        _fail(f"`{line}` took longer than {COMMAND_SECONDS} s")
    _look_for_stub()
    return done


def _check(text: str, call: Callable[[], object], expected: object) -> object:
    try:
        result = _settle(call())
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever derived code raises
        _look_for_stub()
        if isinstance(expected, Raises) and expected.accepts(error):
            return None
        place = "" if isinstance(expected, Raises) else _place_of(error)
        _fail(f"{text} raised {show_error(error)}{place}, expected {show(expected)}")
    _look_for_stub()
    if isinstance(result, Iterator):
        result = take_elements(result)
    if isinstance(expected, Raises):
        _fail(f"{text} returned {show(result)}, expected {expected!r}")
    if not same(result, expected):
        shown, wanted = show(result), show(expected)
        kind = f" ({type(result).__name__})" if shown == wanted else ""
        _fail(f"{text} returned {shown}{kind}, expected {wanted}")
    return result


def show_error(error: BaseException) -> str:
    """An error as `ValueError("message")`."""
    if isinstance(error, SystemExit):
        return f"SystemExit({error.code!r})"
    message = messages_of(error)[-1]
    return f"{type(error).__name__}({show(message) if message else ''})"


def _fail(message: str) -> NoReturn:
    __tracebackhide__ = True
    raise AssertionError(message) from None


def _look_for_stub() -> None:
    if STUB_MARK.exists():
        raise StubReached from None


def _settle(value: object) -> object:
    """The result of an awaitable, the elements of an asynchronous iterator, else the value."""
    if inspect.isawaitable(value):
        return asyncio.run(_wait_for(value))
    if inspect.isasyncgen(value):
        return asyncio.run(_collect(value))
    return value


async def _wait_for(value: object) -> object:
    return await value  # type: ignore[misc]  # `inspect.isawaitable` was asked


async def _collect(value: object) -> list[object]:
    return [item async for item in value]  # type: ignore[attr-defined]  # as above


def _place_of(error: BaseException) -> str:
    """` at src/wallet/ledger.py:12`: the last line of derived code that the error passed."""
    frames = traceback.extract_tb(error.__traceback__)
    tests = str(ROOT / "tests")
    for frame in reversed(frames):
        name = frame.filename
        if name.startswith(str(ROOT)) and not name.startswith(tests):
            return f" at {Path(name).relative_to(ROOT).as_posix()}:{frame.lineno}"
    return ""


def _source_of(call: Callable[[], object]) -> str:
    """The text of a lambda's body, as the test has it."""
    code = call.__code__
    source = "".join(linecache.getlines(code.co_filename))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno:
            text = ast.get_source_segment(source, node.body) or ""
            return " ".join(text.split())
    return "the call"


def _last_line(data: bytes) -> str:
    lines = data.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""


def _find_program(command: list[str]) -> list[str]:
    """The command with this interpreter for `python`, and files of the project by full path."""
    first, *rest = command
    program = sys.executable if first in {"python", "python3"} else first
    return [program, *(str(ROOT / part) if (ROOT / part).is_file() else part for part in rest)]


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(folder),
    }
