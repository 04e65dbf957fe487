"""What the tests of publishing share: files to derive, and a look at all that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.workspace.commits import commit_files, name_private_ref
from headwater.workspace.repository import read_head

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.workspace.repository import Repository

REF = name_private_ref("b1")
NOTE = "headwater-publish.json"

FILES: dict[str, bytes | None] = {
    "derived/a.py": b"new a\n",
    "derived/gone.py": None,
    "derived/run": b"new\n",
    'derived/deep/n e"w ü.py': b"new\n",
}


def prepare(opened: Repository, files: dict[str, bytes | None] | None = None) -> str:
    return commit_files(
        opened,
        ref=REF,
        base=read_head(opened),
        files=FILES if files is None else files,
        message="Derive",
        trailers={},
    )


def read_all(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
