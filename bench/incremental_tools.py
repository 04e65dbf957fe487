"""What the incremental bench asks of a tool, and Headwater as the first of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bench.incremental_project import reformat_documents, write_answers, write_documents
from bench.measured import run_measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.incremental_project import Project
    from bench.measured import Measured


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What a step did: components, and calls of the model; None where a tool has no such thing."""

    regenerated: int | None
    verified: int | None
    calls: int | None
    measured: Measured


class Tool(Protocol):
    """One tool at work on the project, in a folder of its own."""

    name: str

    def write(self, project: Project, *, reformatted: bool = False) -> None:
        """Put the project's sources there, or the same meaning in another form."""
        ...

    def build(self, step: str, project: Project) -> Counted:
        """Bring everything up to date; a scripted model knows the right code."""
        ...

    def forget(self) -> int:
        """Lose what is known to be verified; how many components that were, 0 for unable."""
        ...


class Headwater:
    """Specs and plans; `headwater build` with a scripted model."""

    name = "headwater"

    def __init__(self, place: Path) -> None:
        self._folder = place / "project"
        self._script = place / "script.json"
        self._program = str(Path(sys.executable).with_name("headwater"))
        self._environment = {**os.environ, "HEADWATER_CACHE": str(place / "cache")}
        self._folder.mkdir()
        self._run(self._program, "init", "--yes")
        for key, value in (("name", "Bench"), ("email", "bench@example.org")):
            self._run("git", "config", f"user.{key}", value)

    def write(self, project: Project, *, reformatted: bool = False) -> None:
        """See `Tool`."""
        documents = write_documents(project)
        write_files(self._folder, reformat_documents(documents) if reformatted else documents)
        self._commit()

    def build(self, step: str, project: Project) -> Counted:
        """See `Tool`."""
        self._script.write_text(json.dumps(write_answers(project)), encoding="utf-8")
        model = f"scripted:{self._script}"
        command = [self._program, "build", "--quiet", "--yes", "--json", "--model", model]
        measured = run_measured(
            step, command, self._folder, environment=self._environment, codes=(0,)
        )
        if measured.failed:
            return Counted(regenerated=None, verified=None, calls=None, measured=measured)
        report = json.loads(measured.output)
        actions = [component["action"] for component in report["components"]]
        return Counted(
            regenerated=actions.count("generated"),
            verified=actions.count("verified"),
            calls=report["usage"]["calls"],
            measured=measured,
        )

    def forget(self) -> int:
        """See `Tool`; one feature's verifications."""
        lines = list((self._folder / "specs" / "001-area-1").rglob("*.verified.jsonl"))
        for path in lines:
            path.unlink()
        self._commit()
        return len(lines)

    def _commit(self) -> None:
        self._run("git", "add", "--all")
        self._run("git", "commit", "--quiet", "--allow-empty", "--message", "Change")

    def _run(self, *command: str) -> None:
        subprocess.run(
            command, cwd=self._folder, env=self._environment, check=True, capture_output=True
        )


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files with their folders."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")
