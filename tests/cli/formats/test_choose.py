from __future__ import annotations

import subprocess
import sys

import pytest

from headwater.cli.formats.choose import FORMATS

PROGRAM = """\
import sys
import headwater.cli.check
from headwater.cli.formats.choose import load_format
load_format(sys.argv[1])
print(*(name.removeprefix("headwater.cli.formats.") for name in sys.modules))
"""


@pytest.mark.parametrize(
    ("name", "own"), [("text", "excerpt"), ("sarif", "sarif_rules"), ("junit", "xml.etree")]
)
def test_only_the_chosen_format_is_imported(name: str, own: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM, name], check=True, capture_output=True, text=True
    )
    loaded = set(finished.stdout.split())

    assert own in loaded
    assert loaded & set(FORMATS.values()) == {FORMATS[name]}
    assert not {"excerpt", "sarif_rules", "xml.etree"} & loaded - {own}
