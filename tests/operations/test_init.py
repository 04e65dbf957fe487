from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.init import FileChange, find_specs, init
from headwater.spec.origin import Origin
from headwater.workspace.repository import NoRepositoryError

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.init import InitReport

SETTINGS = "# all defaults\n[model]\n"
ATTRIBUTES = b"**/headwater.lock/** linguist-generated\n**/headwater.lock/*.jsonl merge=union\n"

IGNORED = b".headwater/\n.specify/feature.json\n"


def run_init(path: Path, *, create_repository: bool = False) -> InitReport:
    return init(
        path,
        create_repository=create_repository,
        settings_file="headwater.toml",
        settings_text=SETTINGS,
    )


def changes(report: InitReport) -> dict[str, FileChange]:
    return {file.path: file.change for file in report.files}


def test_makes_every_file_and_then_nothing_more(repository: Path) -> None:
    first = run_init(repository)

    assert not first.repository_created
    assert set(changes(first).values()) == {FileChange.CREATED}
    assert (repository / ".gitattributes").read_bytes() == ATTRIBUTES
    assert (repository / ".gitignore").read_bytes() == IGNORED
    assert (repository / "headwater.toml").read_text(encoding="utf-8") == SETTINGS
    assert set(changes(run_init(repository)).values()) == {FileChange.UNCHANGED}


def test_works_from_a_folder_below_the_top(repository: Path) -> None:
    (repository / "docs").mkdir()

    assert run_init(repository / "docs").root == repository
    assert (repository / ".gitignore").is_file()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", IGNORED),
        (b"*.pyc\n", b"*.pyc\n" + IGNORED),
        (b"*.pyc", b"*.pyc\n" + IGNORED),
        (b"*.pyc\r\n", b"*.pyc\r\n" + IGNORED.replace(b"\n", b"\r\n")),
        (b"caf\xe9\n", b"caf\xe9\n" + IGNORED),
        (b"/.headwater\nx\n/.specify/feature.json\n", b"/.headwater\nx\n/.specify/feature.json\n"),
        (b".headwater/\r\nx", b".headwater/\r\nx\r\n.specify/feature.json\r\n"),
        (b"# .headwater/\n", b"# .headwater/\n" + IGNORED),
    ],
)
def test_appends_what_is_missing_and_keeps_every_other_byte(
    repository: Path, before: bytes, after: bytes
) -> None:
    (repository / ".gitignore").write_bytes(before)

    report = run_init(repository)

    assert (repository / ".gitignore").read_bytes() == after
    expected = FileChange.UNCHANGED if before == after else FileChange.CHANGED
    assert changes(report)[".gitignore"] is expected


def test_keeps_settings_and_constitution_that_are_there(repository: Path) -> None:
    present = {"headwater.toml": "[model]\nseed = 3\n", ".specify/memory/constitution.md": "# C\n"}
    for path, text in present.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")

    run_init(repository)

    for path, text in present.items():
        assert (repository / path).read_text(encoding="utf-8") == text


def test_verifications_merge_by_union(repository: Path) -> None:
    """Git itself reads the line as it is meant."""
    run_init(repository)
    path = "specs/001-wallet/headwater.lock/C1.verified.jsonl"

    printed = subprocess.run(
        ["git", "check-attr", "merge", "linguist-generated", "--", path],
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert f"{path}: merge: union" in printed
    assert f"{path}: linguist-generated: set" in printed


def test_makes_a_repository_only_when_told_to(git_settings: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()

    with pytest.raises(NoRepositoryError):
        run_init(folder)
    assert list(folder.iterdir()) == []
    assert run_init(folder, create_repository=True).repository_created
    assert (folder / ".git").is_dir()


def test_writes_nothing_when_one_file_is_a_link(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"")
    (repository / "headwater.toml").symlink_to(outside)

    with pytest.raises(HeadwaterError, match="symbolic link"):
        run_init(repository)
    assert not (repository / ".gitignore").exists()
    assert outside.read_bytes() == b""


def test_finds_specs_of_other_tools(tmp_path: Path) -> None:
    for path in (
        "specs/001-a/spec.md",
        "specs/002-b/spec.md",
        "specs/notes.md",
        ".specify/memory/constitution.md",
        "openspec/specs/auth/spec.md",
        "openspec/specs/platform/sign-in/spec.md",
        ".kiro/specs/crash/bugfix.md",
        ".kiro/steering/product.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x", encoding="utf-8")

    found = [(one.kind, one.specs) for one in find_specs(tmp_path)]

    assert found == [(Origin.NATIVE, 2), (Origin.OPENSPEC, 2), (Origin.KIRO, 1)]


def test_finds_nothing_where_nothing_is(tmp_path: Path) -> None:
    assert find_specs(tmp_path) == ()
