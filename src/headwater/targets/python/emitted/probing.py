"""Tells what calls and commands come to: results in JSON form, errors, and what was printed.

A probe is a test that always fails, and says in its failure what it saw, a step at a time.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from headwater.targets.python.emitted.forms import json_form, show, take_elements
from headwater.targets.python.emitted.support import ANYTHING, check, run_line, show_error

LONGEST = 2000  # characters of a result; a longer one is in no example


class ToldError(AssertionError):
    """What a probe saw, as JSON; the report of a run takes it whole, by this name."""


class Probe:
    """Takes the steps of a probe one after the other, and ends where one of them fails.

    Of a call it tells `said`, and `value` or `errors` by nearness if it can; of a command `stdout`,
    `stderr` and `exit`.
    """

    def __init__(self) -> None:
        self.told: list[dict[str, object]] = []

    def take(self, call: Callable[[], object]) -> object:
        """Do what a lambda holds; the result is for the steps that follow."""
        __tracebackhide__ = True
        try:
            result = check(lambda: _take(call()), ANYTHING)
        except AssertionError as failure:
            error = failure.__context__ or failure
            names = [kind.__name__ for kind in type(error).__mro__ if kind is not object]
            self.told.append({"said": f"raised {show_error(error)}", "errors": names})
            self.end()
        self.told.append({"said": f"returned {show(result)}", **_state(result)})
        return result

    def run(self, commands: Mapping[str, str], line: str, folder: Path, *, stdin: str = "") -> None:
        """Run a command line."""
        __tracebackhide__ = True
        try:
            done = run_line(commands, line, folder, stdin=stdin)
        except AssertionError as failure:
            self.told.append({"said": str(failure)})
            self.end()
        texts = {
            "stdout": done.stdout.decode("utf-8", "replace"),
            "stderr": done.stderr.decode("utf-8", "replace"),
        }
        step: dict[str, object] = {"said": _describe_run(texts, done.returncode)}
        if all(len(text) <= LONGEST and str(folder) not in text for text in texts.values()):
            step |= {**texts, "exit": done.returncode}
        self.told.append(step)

    def end(self) -> NoReturn:
        """Fail with what was seen."""
        __tracebackhide__ = True
        raise ToldError(json.dumps(self.told)) from None


def _take(result: object) -> object:
    """A result with all that it has still to compute, so that an error in it is the call's."""
    return take_elements(result) if isinstance(result, Iterator) else result


def _state(result: object) -> dict[str, object]:
    """The result, where JSON can state it."""
    form = json_form(result)
    try:
        text = json.dumps(form, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return {}
    return {"value": form} if len(text) <= LONGEST else {}


def _describe_run(texts: Mapping[str, str], code: int) -> str:
    printed = [f"printed {show(text)} on {name}" for name, text in texts.items() if text]
    return f"{', '.join(printed) or 'printed nothing'}, and exited with {code}"
