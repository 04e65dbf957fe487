"""The tools of this target: pytest, and ruff as formatter and as checker."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.spec.model import Place, Problem
from headwater.targets.interface import ToolCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLUGIN = Path(__file__).parent / "plugin"
_RULES = "E9,F50,F52,F63,F7,F82,PLE"  # what is wrong whatever the style
_FINDING = re.compile(
    r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<code>[\w-]+):? (?P<message>.*)"
)
PYTEST = (
    *("-q", "--no-header", "--tb=no", "--disable-warnings", "--strict-markers"),
    *("-p", "headwater_report", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
    *("-c", os.devnull, "--rootdir=.", "--confcutdir=.", "--import-mode=importlib"),
    *("--basetemp=.headwater-tmp", "--continue-on-collection-errors"),
)


def test_command(paths: Sequence[str], *, measured: Sequence[str]) -> ToolCommand:
    """Runs test files by pytest, free of the user's settings and plugins."""
    plugins = ("-p", "headwater_coverage") if measured else ()
    return _build_tests(
        "-m", "pytest", *PYTEST, *plugins, *paths, HEADWATER_MEASURED="\n".join(measured)
    )


def mutation_command() -> ToolCommand:
    """Runs tests on mutants as the plan in the folder says."""
    return _build_tests("-m", "headwater_mutants")


def format_command(paths: Sequence[str]) -> ToolCommand:
    """Formats files in place, in the one style that all derived code has."""
    options = ("format", "--isolated", "--no-cache", "--quiet", "--line-length", "100")
    return build_command(("-m", "ruff", *options, "--", *paths))


def lint_command(paths: Sequence[str]) -> ToolCommand:
    """Finds what is wrong whatever the style: undefined names, bad formats, stray returns."""
    options = ("check", "--isolated", "--no-cache", "--quiet", "--output-format", "concise")
    return build_command(("-m", "ruff", *options, "--select", _RULES, "--", *paths))


def read_lint(output: str) -> list[Problem]:
    """The problems in what `lint_command` printed; other lines are passed over."""
    return [_read_finding(found) for found in map(_FINDING.match, output.splitlines()) if found]


def _read_finding(found: re.Match[str]) -> Problem:
    line = int(found["line"])
    return Problem(
        code=found["code"],
        message=f"line {line}: {found['message']}",
        place=Place(path=found["path"], line=line, column=int(found["column"])),
    )


def build_command(arguments: tuple[str, ...], **environment: str) -> ToolCommand:
    """A run of this interpreter that sees nothing of the user's environment but what is given."""
    return ToolCommand(
        arguments=(sys.executable, "-P", *arguments),
        readable=_find_readable(),
        environment={
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            **environment,
        },
    )


def _build_tests(*arguments: str, **environment: str) -> ToolCommand:
    return build_command(
        arguments,
        PYTHONPATH=str(_PLUGIN),
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        **environment,
    )


def _find_readable() -> tuple[Path, ...]:
    """The interpreter, its library, installed packages, and the plugin."""
    folders = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    return tuple(dict.fromkeys([*map(Path, folders), _PLUGIN]))
