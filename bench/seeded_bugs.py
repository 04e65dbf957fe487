"""The seeded bugs of `bench/bugs`: what is wrong, how it is reported, and what should be said."""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bench.altered_code import alter_code
from bench.planning import begin_repository, run_command
from headwater.errors import ExitCode, HeadwaterError
from headwater.operations.triage.report import Verdict
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BUGS = Path(__file__).resolve().parent / "bugs"
_ROOT = BUGS.parent.parent
_VERDICTS = {"generation": Verdict.GENERATION, "gap": Verdict.GAP}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bug:
    """One seeded bug.

    Attributes:
        name: its file's, `05-empty-average`.
        project: what it is in.
        form: `traceback`, `test`, `issue` or `example`.
        report: what `headwater triage` is given.
        component, ref: where it is, and what decides or is silent.
        verdict: who is wrong.
        altered: code in place of what was derived, by component.
        answers: what the scripted model answers, by purpose.
    """

    name: str
    project: str
    form: str
    report: str
    component: str
    ref: str
    verdict: Verdict
    altered: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def arguments(self) -> tuple[str, ...]:
        """How the report is given on the command line."""
        report = self.report.strip("\n")
        if self.form == "example":
            return ("--example", report)
        # A derived test is named; the output of another one is a text.
        return ("--test", report) if "\n" not in report and self.form == "test" else (report,)


def read_bugs(names: Sequence[str] = ()) -> list[Bug]:
    """The bugs of these names; all of them without any.

    Raises:
        HeadwaterError: there is no such bug.
    """
    found = [_read_bug(path) for path in sorted(BUGS.glob("*.toml"))]
    chosen = [bug for bug in found if not names or bug.name in names]
    if not chosen:
        known = ", ".join(bug.name for bug in found)
        raise HeadwaterError("there is no such bug", hint=f"There are: {known}.")
    return chosen


def build_project(name: str, folder: Path) -> None:
    """A project in a fresh repository, built by a model that answers with the right code.

    Raises:
        HeadwaterError: the build does not succeed.
    """
    project = tomllib.loads((BUGS / "projects" / f"{name}.toml").read_text(encoding="utf-8"))
    folder.mkdir()
    begin_repository(folder)
    if "documents" in project:
        shutil.copytree(_ROOT / project["documents"] / "specs", folder / "specs")
    for path, text in project.get("files", {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    run_git(folder, ["add", "--all"])
    run_git(folder, ["commit", "--quiet", "--message", "Specify"])
    answers = {
        **{
            f"implement {ref}": [f"```python\n{code}```\n"] for ref, code in project["code"].items()
        },
        **{f"write a test for {ref}": [code] for ref, code in project.get("tests", {}).items()},
    }
    script = folder.with_suffix(".json")
    script.write_text(json.dumps(answers), encoding="utf-8")
    built = run_command("build", ("build", "--json", "--model", f"scripted:{script}"), folder)
    if built.code != ExitCode.DONE:
        raise HeadwaterError(f"the project {name} could not be built: {built.printed}")


def seed_bug(bug: Bug, template: Path, folder: Path) -> None:
    """A copy of a built project with the bug in it."""
    shutil.copytree(template, folder, symlinks=True)
    for component, code in bug.altered.items():
        alter_code(folder, component, code)


def _read_bug(path: Path) -> Bug:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    verdict = _VERDICTS[values.pop("verdict")]
    return Bug(name=path.stem, verdict=verdict, **values)
