from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from headwater.cli.settings_file import render_settings
from headwater.config import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_as_it_is_it_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "headwater.toml").write_text(render_settings(), encoding="utf-8")

    tables = tomllib.loads(render_settings())

    assert all(table == {} for table in tables.values())
    assert load_settings(tmp_path, overrides={}, environment={}) == Settings()


def test_every_setting_stands_there_with_its_default(tmp_path: Path) -> None:
    """Taking the `#` away before every key gives the defaults, said in full."""
    text = re.sub(r"^#(?=\w+ = )", "", render_settings(), flags=re.MULTILINE)
    (tmp_path / "headwater.toml").write_text(text, encoding="utf-8")

    tables = tomllib.loads(text)

    assert load_settings(tmp_path, overrides={}, environment={}) == Settings()
    assert tables["model"]["seed"] == 0
    assert tables["sandbox"]["kind"] == "auto"


def test_settings_are_explained() -> None:
    text = render_settings()

    assert re.search(r"^# .*answer tokens that one component may cost.*\n#tokens = ", text, re.M)
    assert max(map(len, text.splitlines())) <= 100
