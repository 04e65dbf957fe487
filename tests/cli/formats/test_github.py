from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from headwater.cli.formats.github import render
from headwater.spec.model import Severity
from tests.cli.formats.samples import make_checked, make_problem

_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it."""
    match = _COMMAND.fullmatch(line)
    assert match, line
    pairs = (pair.split("=", 1) for pair in match[2].split(","))
    properties = {
        name: unescape(value.replace("%3A", ":").replace("%2C", ",")) for name, value in pairs
    }
    return match[1], properties, unescape(match[3])


def unescape(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


@given(st.text(st.sampled_from("a%,:;=\n0A25 —")), st.text(st.sampled_from("a%,:=/ é"), min_size=1))
def test_any_text_arrives_as_it_was(message: str, path: str) -> None:
    command, _ = render(make_checked(make_problem(path=path, column=3, message=message))).split(
        "\n"
    )

    kind, properties, text = read_command(command)

    assert (kind, text) == ("error", message)
    assert properties == {"file": path, "line": "7", "col": "3", "title": "sample-rule"}


def test_no_text_can_begin_a_command_of_its_own() -> None:
    text = "x\n::add-mask::y\r::stop-commands::z"
    output = render(make_checked(make_problem(message=text, hint=text, path="a\n::error::b")))

    lines = re.split(r"[\r\n]", output)

    assert len(lines) == 2
    assert lines[0].startswith("::error file=")


def test_only_as_many_as_are_shown_and_errors_first() -> None:
    warnings = [make_problem("a", line=n, severity=Severity.WARNING) for n in range(1, 13)]
    errors = [make_problem("b", path="z.md", line=n) for n in range(1, 15)]

    *commands, counts = render(make_checked(*warnings, *errors)).split("\n")

    kinds = [read_command(command)[0] for command in commands]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert read_command(commands[-1])[2] == "6 findings more; `headwater check` lists all of them"
    assert counts.endswith("14 errors, 12 warnings, 0 not fresh")


def test_a_sound_repository_has_no_annotation() -> None:
    assert render(make_checked()) == "1 feature, 0 components: 0 errors, 0 warnings, 0 not fresh"
