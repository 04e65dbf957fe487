"""One line a finding, for `grep`, editors and short logs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.cli.formats.summary import list_closing_lines, list_shown
from headwater.cli.render import render_problem

if TYPE_CHECKING:
    from headwater.cli.formats.interface import Checked


def render(checked: Checked, /) -> str:
    """`path:line:column: error[rule]: message`, without the hint."""
    findings = (render_problem(replace(one, hint="")) for one in list_shown(checked))
    return "\n".join((*findings, *list_closing_lines(checked)))
