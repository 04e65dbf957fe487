"""Tells what a call comes to: its result in JSON form, or the error that it fails with.

A probe is a test that always fails, and says in its failure what it saw.
"""

import asyncio
import inspect
import json
from collections.abc import Callable, Iterator
from typing import NoReturn

from headwater.targets.python.emitted.forms import json_form, take_elements


def tell(call: Callable[[], object]) -> NoReturn:
    """Fail with what a lambda comes to, as JSON: `value`, `errors` by nearness, or neither."""
    __tracebackhide__ = True
    told: dict[str, object] = {}
    try:
        told = _state(_settle(call()))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever derived code raises
        told = {"errors": [kind.__name__ for kind in type(error).__mro__ if kind is not object]}
    raise AssertionError(json.dumps(told)) from None


def _state(result: object) -> dict[str, object]:
    """The result, where JSON can state it."""
    form = json_form(take_elements(result) if isinstance(result, Iterator) else result)
    try:
        json.dumps(form, allow_nan=False)
    except (TypeError, ValueError):
        return {}
    return {"value": form}


def _settle(value: object) -> object:
    return asyncio.run(_wait_for(value)) if inspect.isawaitable(value) else value


async def _wait_for(value: object) -> object:
    return await value  # type: ignore[misc]  # `inspect.isawaitable` was asked
