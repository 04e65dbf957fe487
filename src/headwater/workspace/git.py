"""The `git` executable, run so that neither settings nor environment change what it does."""

from __future__ import annotations

import json
import os
import subprocess
from functools import partial
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.observations import Asked, Question, observe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Who the user is and which settings are theirs. Every other GIT_ variable could point the command
# at another repository, index or object store.
_KEPT = frozenset(
    {
        "GIT_AUTHOR_DATE",
        "GIT_AUTHOR_EMAIL",
        "GIT_AUTHOR_NAME",
        "GIT_COMMITTER_DATE",
        "GIT_COMMITTER_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
    }
)
_OPTIONS = (
    "--literal-pathspecs",
    "--no-optional-locks",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "i18n.commitEncoding=UTF-8",
    "-c",
    "i18n.logOutputEncoding=UTF-8",
    "-c",
    "user.useConfigOnly=true",
)


class GitError(HeadwaterError):
    """A git command that failed; `stderr` is what it said."""

    def __init__(self, message: str, *, stderr: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.stderr = stderr


def run_git(
    folder: Path,
    arguments: Sequence[str],
    *,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    accepted: Sequence[int] = (0,),
) -> bytes:
    """Run one git command in `folder` and return what it printed.

    No hook, file watcher or prompt runs, messages are English, paths are taken literally.
    `environment` adds variables; exit codes outside `accepted` are errors.

    Raises:
        GitError: the command failed.
        HeadwaterError: git is not installed.
    """
    asked = json.dumps([[*arguments], stdin.decode("latin-1"), environment, [*accepted]])
    question = Question(Asked.GIT, str(folder), (asked,))
    return observe(question, partial(_run, folder, arguments, stdin, environment, accepted))


def read_line(folder: Path, arguments: Sequence[str]) -> str:
    """The one line that a git command prints, without its end; empty when it prints nothing."""
    return os.fsdecode(run_git(folder, arguments)).removesuffix("\n")


def _run(
    folder: Path,
    arguments: Sequence[str],
    stdin: bytes,
    environment: Mapping[str, str] | None,
    accepted: Sequence[int],
) -> bytes:
    try:
        finished = subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=folder,
            input=stdin,
            env={**_clean_environment(), **(environment or {})},
            capture_output=True,
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        if not folder.is_dir():
            raise HeadwaterError(f"expected a folder, found none at {folder}") from error
        raise HeadwaterError(
            "expected the `git` program, found none on the PATH", hint="Install git 2.34 or newer."
        ) from error
    if finished.returncode not in accepted:
        said = finished.stderr.decode(errors="replace").strip()
        raise GitError(f"`git {arguments[0]}` failed: {said}", stderr=said)
    return finished.stdout


def _clean_environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    return {**kept, "LC_ALL": "C", "LANGUAGE": "", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"}
