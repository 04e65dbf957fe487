"""Tells what a call comes to: its result in JSON form, or the error that it fails with.

A probe is a test that always fails, and says in its failure what it saw.
"""

import json
from collections.abc import Callable, Iterator
from typing import NoReturn

from headwater.targets.python.emitted.forms import json_form, show, take_elements
from headwater.targets.python.emitted.support import ANYTHING, check, show_error

LONGEST = 2000  # characters of a result; a longer one is in no example


class ToldError(AssertionError):
    """What a probe saw, as JSON; the report of a run takes it whole, by this name."""


def tell(call: Callable[[], object]) -> NoReturn:
    """Fail with what a lambda comes to: `said`, and `value` or `errors` by nearness if it can."""
    __tracebackhide__ = True
    told: dict[str, object]
    try:
        result = check(lambda: _take(call()), ANYTHING)
    except AssertionError as failure:
        error = failure.__context__ or failure
        names = [kind.__name__ for kind in type(error).__mro__ if kind is not object]
        told = {"said": f"raised {show_error(error)}", "errors": names}
    else:
        told = {"said": f"returned {show(result)}", **_state(result)}
    raise ToldError(json.dumps(told)) from None


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
