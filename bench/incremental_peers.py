"""The incremental project for hashloom and jaunt."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

from bench.incremental_project import list_examples
from bench.incremental_tools import Counted, write_files
from bench.measured import Measured, run_measured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.incremental_project import Node, Project


class Hashloom:
    """Contracts in YAML with tests. It asks no model itself: an agent writes the code before."""

    name = "hashloom"

    def __init__(self, place: Path, programs: Path) -> None:
        self._folder = place / "project"
        self._folder.mkdir()
        self._program = str(programs / "hashloom")
        self._call("init")

    def write(self, project: Project, *, reformatted: bool = False) -> None:
        """See `Tool`."""
        for node in project.values():
            write_files(self._folder, dict(_write_unit(node, project, reformatted=reformatted)))

    def build(self, step: str, project: Project) -> Counted:
        """See `Tool`; indexes the contracts and asks for every verification."""
        indexed = self._call("index")
        verified = self._call("verify", *(f"count_{number}" for number in project))
        both = Measured(
            step=step,
            seconds=indexed.seconds + verified.seconds,
            megabytes=max(indexed.megabytes, verified.megabytes),
            failed=indexed.failed or verified.failed,
        )
        return Counted(
            regenerated=None,
            verified=verified.output.count('"pass"'),
            calls=None,
            measured=both,
        )

    def forget(self) -> int:
        """See `Tool`; the store can be made anew."""
        number = len(list((self._folder / "contracts").glob("*.yaml")))
        for path in (self._folder / ".hashloom").glob("store.db*"):
            path.unlink()
        return number

    def _call(self, *arguments: str) -> Measured:
        command = [self._program, *arguments]
        return run_measured("", command, self._folder, environment=os.environ, codes=(0,))


def _write_unit(node: Node, project: Project, *, reformatted: bool) -> Iterator[tuple[str, str]]:
    name = f"count_{node.number}"
    fields = {
        "name": name,
        "signature": node.signature.partition(name)[2],
        "deps": [f"count_{need}" for need in node.needs],
        "invariants": [node.prose],
        "examples": [
            {"in": str(value), "out": str(result)} for value, result in list_examples(project, node)
        ],
        "tests": [f"tests/test_{name}.py::test_{name}"],
        "impl": f"src/{name}.py::{name}",
    }
    if reformatted:
        fields = dict(reversed(fields.items()))
    # JSON is YAML.
    yield f"contracts/{name}.yaml", json.dumps(fields, indent=4 if reformatted else 2) + "\n"
    imports = "".join(f"from count_{need} import count_{need}\n" for need in node.needs)
    yield f"src/{name}.py", f"{imports}\n\n{node.code}"
    checks = "".join(
        f"    assert {name}({value}) == {result}\n"
        for value, result in list_examples(project, node)
    )
    yield f"tests/test_{name}.py", f"from {name} import {name}\n\n\ndef test_{name}():\n{checks}"
    yield "conftest.py", 'import sys\n\nsys.path.insert(0, "src")\n'


class Jaunt:
    """Spec modules with docstrings; a stand-in for its agent knows the right code."""

    name = "jaunt"

    def __init__(self, place: Path, programs: Path) -> None:
        self._folder = place / "project"
        self._answers, self._calls = place / "answers", place / "calls"
        agent = place / "agent"
        for folder in (self._folder, self._answers, agent):
            folder.mkdir()
        self._program = str(programs / "jaunt")
        stand_in = agent / "codex"
        stand_in.write_text(f"#!{programs / 'python'}\n{_STAND_IN}", encoding="utf-8")
        stand_in.chmod(0o755)
        self._environment = {
            **os.environ,
            "PATH": f"{agent}{os.pathsep}{os.environ['PATH']}",
            "BENCH_ANSWERS": str(self._answers),
            "BENCH_CALLS": str(self._calls),
        }
        write_files(self._folder, {"jaunt.toml": _JAUNT, "src/area/__init__.py": ""})

    def write(self, project: Project, *, reformatted: bool = False) -> None:
        """See `Tool`."""
        for node in project.values():
            spec = _write_spec_module(node, reformatted=reformatted)
            write_files(self._folder, {f"src/area/count_{node.number}.py": spec})
            code = f"{_import_needs(node)}\n\n{node.code}"
            write_files(self._answers, {f"count_{node.number}.py": code})

    def build(self, step: str, project: Project) -> Counted:  # noqa: ARG002  # all is written
        """See `Tool`; its builds verify nothing beside what they generate."""
        shutil.rmtree(self._calls, ignore_errors=True)
        self._calls.mkdir()
        measured = run_measured(
            step,
            [self._program, "build", "--json"],
            self._folder,
            environment=self._environment,
            codes=(0,),
        )
        report = json.loads(measured.output) if measured.output.startswith("{") else {}
        return Counted(
            regenerated=len(report["generated"]) if "generated" in report else None,
            verified=None,
            calls=len(list(self._calls.iterdir())),
            measured=measured,
        )

    def forget(self) -> int:
        """See `Tool`; it keeps no verifications of what it builds."""
        return 0


_JAUNT = """\
version = 1

[paths]
source_roots = ["src"]
test_roots = ["tests"]
generated_dir = "__generated__"
"""

# Its prompt comes on standard input; the file to write lies in the folder that `-C` names.
_STAND_IN = """\
import json, os, pathlib, shutil, sys, uuid

sys.stdin.read()
pathlib.Path(os.environ["BENCH_CALLS"], uuid.uuid4().hex).touch()
folder = pathlib.Path(sys.argv[sys.argv.index("-C") + 1])
for path in folder.rglob("__generated__/count_*.py"):
    shutil.copyfile(pathlib.Path(os.environ["BENCH_ANSWERS"], path.name), path)
message = {"type": "agent_message", "text": "ADVISORIES: none"}
print(json.dumps({"type": "item.completed", "item": message}))
print(json.dumps({"type": "turn.completed", "usage": {"input_tokens": 1, "output_tokens": 1}}))
"""


def _write_spec_module(node: Node, *, reformatted: bool) -> str:
    comment = "# The same as before.\n\n\n" if reformatted else ""
    needs = ", ".join(f"count_{need}" for need in node.needs)
    prose = node.prose.replace(" to a value", "\n    to  a value") if reformatted else node.prose
    return (
        f"import jaunt\n\n{_import_needs(node)}\n\n{comment}@jaunt.magic(deps=[{needs}])\n"
        f'{node.signature}:\n    """{prose}."""\n    ...\n'
    )


def _import_needs(node: Node) -> str:
    return "".join(f"from area.count_{need} import count_{need}\n" for need in node.needs)


def find_python(wanted: str) -> str:
    """A Python that jaunt runs on, 3.12 or newer; empty where none is found.

    Args:
        wanted: the one to take; empty to look for one.
    """
    names = [wanted] if wanted else [f"python3.{minor}" for minor in range(12, 16)]
    if not wanted and sys.version_info >= (3, 12):
        return sys.executable
    for name in names:
        program = shutil.which(name)
        if program and not _probe(program).failed:
            return program
    return ""


def _probe(program: str) -> Measured:
    from pathlib import Path  # noqa: PLC0415

    command = [program, "-c", "import sys; sys.exit(sys.version_info < (3, 12))"]
    return run_measured("", command, Path(), environment=os.environ, codes=(0,))
