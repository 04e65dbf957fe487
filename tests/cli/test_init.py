"""What `headwater init` says it made, and what it makes only when asked."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import Project

if TYPE_CHECKING:
    from pathlib import Path


def test_init_says_what_it_made(empty: Project) -> None:
    empty.write(".kiro/specs/auth/requirements.md", "# Auth\n")

    first, second = empty.run("init"), empty.run("init")

    assert (first.code, second.code) == (0, 0)
    assert "created  headwater.toml" in first.stdout
    assert "found    Kiro in .kiro/specs/ (1 spec): read as it is" in first.stdout
    assert "Commit these files" in first.stdout
    assert "unchanged  headwater.toml" in second.stdout
    assert "Commit" not in second.stdout


def test_init_as_json(empty: Project) -> None:
    document = empty.run("init", "--json").document

    assert document["repository_created"] is False
    assert document["files"] == [
        {"path": ".gitattributes", "change": "created"},
        {"path": ".gitignore", "change": "created"},
        {"path": "headwater.toml", "change": "created"},
    ]


def test_init_makes_no_repository_unasked(
    git_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard input is no terminal here, so nothing can be asked."""
    plain = Project(root=tmp_path / "plain", capture=capsys)
    plain.root.mkdir()

    refused = plain.run("init")
    assert refused.code == 1
    assert "init --yes" in refused.stderr
    assert list(plain.root.iterdir()) == []

    made = plain.run("init", "--yes")
    assert made.code == 0
    assert "created  git repository" in made.stdout
    assert (plain.root / ".git").is_dir()


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_a_person_at_a_terminal_is_asked(
    git_settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: int,
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    plain = Project(root=tmp_path / "plain", capture=capsys)
    plain.root.mkdir()
    monkeypatch.setattr("sys.stdin", Terminal(answer))

    finished = plain.run("init")

    assert finished.code == code
    assert "Make one?" in finished.stderr
    assert (plain.root / ".git").exists() is (code == 0)
