"""Errors that nobody expected: each leaves a report, without a traceback on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import headwater
from headwater.cli import status
from tests.cli.projects import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("as_json", [False, True])
def test_an_unexpected_error_leaves_a_report(
    empty: Project, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    """The report has a traceback and a version, and no secret of the environment."""
    monkeypatch.setenv("SOME_TOKEN", "s3cret-of-mine")
    monkeypatch.setattr(status, "report_status", fail)

    finished = empty.run("status", *(["--json"] if as_json else []))

    assert finished.code == 3
    (report,) = (empty.root / ".headwater" / "reports").iterdir()
    assert str(report) in (finished.stdout if as_json else finished.stderr)
    assert "Traceback" not in finished.stdout + finished.stderr
    text = report.read_text(encoding="utf-8")
    assert "KeyError: 'gone'" in text
    assert "Traceback" in text
    assert headwater.__version__ in text
    assert "s3cret-of-mine" not in text


def test_outside_a_repository_the_report_is_in_the_cache(
    git_settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(status, "report_status", fail)
    plain = Project(root=tmp_path, capture=capsys)

    assert plain.run("status").code == 3
    (report,) = (tmp_path / "cache" / "reports").iterdir()
    assert "KeyError" in report.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_printed(
    git_settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(status, "report_status", fail)
    (tmp_path / "cache").write_text("a file in the way", encoding="utf-8")

    finished = Project(root=tmp_path, capture=capsys).run("status")

    assert finished.code == 3
    assert "Traceback" in finished.stderr


def fail(*_: object, **__: object) -> None:
    raise KeyError("gone")
