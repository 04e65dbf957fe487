"""The security scanner of this target: bandit, where it is installed."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

from headwater.spec.model import Place, Problem
from headwater.targets.python.commands import build_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.targets.interface import ToolCommand

# `--ignore-nosec`: a comment in derived code is no reason to look away.
_OPTIONS = ("--quiet", "--format", "json", "--exit-zero", "--ignore-nosec")


def scan_command(paths: Sequence[str]) -> ToolCommand | None:
    """Scans files by bandit, which reads and never runs them; None where it is not installed."""
    if find_spec("bandit") is None:
        return None
    return build_command(("-m", "bandit", *_OPTIONS, *paths))


def read_scan(output: str) -> list[Problem]:
    """What bandit found, with its test ids such as `B602` as codes.

    Raises:
        ValueError: the output is not bandit's.
    """
    try:
        results = json.loads(output)["results"]
        return [
            Problem(
                code=str(found["test_id"]),
                message=str(found["issue_text"]).strip().rstrip("."),
                place=Place(
                    path=str(found["filename"]).removeprefix("./"), line=found["line_number"]
                ),
            )
            for found in results
        ]
    except (KeyError, TypeError) as error:
        raise ValueError(f"bandit wrote something else than its report: {error}") from error
