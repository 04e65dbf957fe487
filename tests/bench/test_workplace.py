from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.exercism import read_exercise
from bench.workplace import open_workplace
from headwater.cli.progress import SilentProgress
from headwater.wiring import Watchers
from tests.bench.exercises import HALVES, write_exercise

if TYPE_CHECKING:
    from pathlib import Path

WATCHERS = Watchers(build=SilentProgress(), pull=SilentProgress())


@pytest.mark.usefixtures("git_settings")
def test_nobody_sees_what_is_held_out_or_judged(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, "halves", HALVES))
    script = tmp_path / "script.json"
    script.write_text("[]", encoding="utf-8")
    overrides: dict[str, object] = {"model.name": f"scripted:{script}"}
    with open_workplace(exercise, overrides=overrides, watchers=WATCHERS) as place:
        assert len(place.shown) == len(exercise.given) - 1
        assert set(map(id, place.shown)) < set(map(id, exercise.given))
        assert sum(len(file.tests) for file in place.visible) == len(place.shown)
        assert sum(len(file.tests) for file in place.judging) == len(exercise.judged)
        spec = (place.root / "specs/001-halves/spec.md").read_text(encoding="utf-8")
        assert all(f"halve_it({case.arguments['value']})" not in spec for case in exercise.judged)
        assert place.score("", tests=place.judging).passed == 0
    assert not place.root.exists()
