"""What docs/ci.md tells people to copy is held to the program, the action and the hook."""

from __future__ import annotations

import re
import shlex
from typing import Any

import click
import pytest
import yaml

from headwater.cli.check import command
from headwater.cli.formats.choose import FORMATS
from headwater.cli.outputs import pair_outputs
from tests.ci.conftest import ROOT

TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"headwater check((?: +(?:\"[^\"\n]*\"|[\w./-]+))+)", TEXT)
DOCUMENTS: list[Any] = [
    yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", TEXT, re.S)
]


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_are_understood(line: str) -> None:
    with command.make_context("check", shlex.split(line)) as context:
        formats, files = context.params["formats"], context.params["files"]
        assert pair_outputs(context, formats=formats, files=files)


def test_enough_is_checked() -> None:
    assert len(COMMANDS) >= 3
    assert len(DOCUMENTS) == 4


def test_every_option_is_explained() -> None:
    named = {
        name
        for line in re.findall(r"^\| (`-.*?) \|", TEXT, re.M)
        for name in re.findall(r"`(-[\w-]+)", line)
    }
    options = [option for option in command.params if isinstance(option, click.Option)]

    # `--concise` and `--json` are short for formats, which are listed.
    left_out = {"concise", "as_json"}
    assert all(named & set(option.opts) for option in options if option.name not in left_out)
    assert all(f"`{name}`" in TEXT for name in FORMATS)


def test_the_action_is_given_inputs_that_it_has() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    steps = [step for one in DOCUMENTS[:2] for step in one["jobs"]["headwater"]["steps"]]
    given = {
        name for step in steps if "/headwater@" in step["uses"] for name in step.get("with", {})
    }

    assert given == {"base", "sarif"}
    assert given <= inputs.keys()
    for name, entry in inputs.items():
        default = f"`{entry['default']}`" if entry["default"] else "empty"
        assert f"| `{name}` | {default} |" in TEXT


def test_the_hook_is_named_as_it_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert [one["id"] for one in DOCUMENTS[3]["repos"][0]["hooks"]] == [hook["id"]]
