"""Three-way merges of texts, by git's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.workspace.git import run_git

_MOST_CONFLICTS = 127  # git's own bound on the exit code that counts them


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """The merged bytes; where `conflicts` is not 0 they hold that many marked places."""

    data: bytes
    conflicts: int


def merge_texts(*, base: bytes, current: bytes, proposed: bytes) -> Merged:
    """Bring what changed from `base` to `proposed` into `current`.

    Raises:
        GitError: a text is binary.
    """
    with TemporaryDirectory(prefix="headwater-merge-") as folder:
        texts = {"current": current, "base": base, "proposed": proposed}
        for name, data in texts.items():
            (Path(folder) / name).write_bytes(data)
        labels = ("-L", "as it is", "-L", "as it was drafted last", "-L", "as it is drafted now")
        arguments = ["merge-file", "--stdout", "--diff3", *labels, *texts]
        counts = range(_MOST_CONFLICTS + 1)
        # The exit code is the number of conflicts, so the marks are counted instead.
        data = run_git(Path(folder), arguments, accepted=counts)
    return Merged(data=data, conflicts=_count_marks(data) - _count_marks(current))


def _count_marks(data: bytes) -> int:
    return sum(line.startswith(b"<<<<<<< ") for line in data.splitlines())
