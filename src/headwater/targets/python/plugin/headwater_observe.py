"""A pytest plugin that reports what the calls of emitted tests come to, whatever they expect.

Like the other plugins it is loaded by its folder alone, inside the sandbox. It lets the checks that
a test module imported expect anything; they come from the module that the tests of a folder share.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

REPORT = ".headwater-observed.jsonl"
LONGEST = 2000  # characters of a result
_CHECKS = ("check", "check_call")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Put checks that report in the place of those that judge, for as long as one test runs."""
    module: Any = item.module  # type: ignore[attr-defined]  # emitted tests are functions
    judging = {name: getattr(module, name) for name in _CHECKS if hasattr(module, name)}
    for name, check in judging.items():
        setattr(module, name, _report(check, item))
    try:
        return (yield)
    finally:
        for name, check in judging.items():
            setattr(module, name, check)


def _report(check: Callable[..., object], item: pytest.Item) -> Callable[..., object]:
    """The check, expecting anything and reporting what it sees."""
    support: Any = sys.modules[check.__module__]
    forms: Any = sys.modules[support.show.__module__]

    def reporting(*arguments: object) -> object:
        try:
            result = check(*arguments[:-1], support.ANYTHING)
        except AssertionError as failure:
            error = type(failure.__context__)
            _write(item, error=[kind.__name__ for kind in error.__mro__])
            raise
        _write(item, value=forms.json_form(result))
        return result

    return reporting


def _write(item: pytest.Item, **event: object) -> None:
    try:
        line = json.dumps({"node": item.nodeid, **event}, allow_nan=False)
    except (TypeError, ValueError, RecursionError):  # what JSON cannot say
        return
    if len(line) <= LONGEST:
        with (Path(item.config.rootpath) / REPORT).open("a", encoding="utf-8") as report:
            report.write(f"{line}\n")
