"""Every format of one sample, as it is kept in the folder beside this file.

`RENEW_SNAPSHOTS=1 pytest tests/cli/formats` writes the files anew; look at the difference before
it is committed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from headwater.cli.formats.choose import FORMATS, load_format
from tests.cli.formats.samples import COMPARED, SAMPLE

if TYPE_CHECKING:
    from headwater.cli.formats.interface import Checked

FOLDER = Path(__file__).with_name("snapshots")
SUFFIXES = {"json": "json", "sarif": "sarif.json", "junit": "xml"}


def render(name: str, checked: Checked) -> str:
    text = click.unstyle(load_format(name)(checked)) + "\n"
    return trim_sarif(text) if name == "sarif" else text


def trim_sarif(text: str) -> str:
    """Without the rules that are not in the sample, which come and go, and the version."""
    document: dict[str, Any] = json.loads(text)
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    used = {result["ruleId"] for result in run["results"]}
    for result in run["results"]:
        assert driver["rules"][result.pop("ruleIndex")]["id"] == result["ruleId"]
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in used]
    driver.pop("version")
    return json.dumps(document, indent=2) + "\n"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("prefix", "checked"), [("", SAMPLE), ("compared-", COMPARED)])
def test_a_format_is_as_it_was(
    name: str, prefix: str, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    place = FOLDER / f"{prefix}{name}.{SUFFIXES.get(name, 'txt')}"
    text = render(name, checked)
    if os.environ.get("RENEW_SNAPSHOTS"):
        place.write_text(text, encoding="utf-8", errors="strict")

    assert text == place.read_text(encoding="utf-8")


def test_no_snapshot_is_left_over() -> None:
    names = {
        f"{p}{name}.{SUFFIXES.get(name, 'txt')}" for name in FORMATS for p in ("", "compared-")
    }

    assert {path.name for path in FOLDER.iterdir()} == names
