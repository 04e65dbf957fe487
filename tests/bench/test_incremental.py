from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bench.incremental import main
from bench.incremental_peers import find_python
from bench.incremental_project import (
    change_node,
    find_hub,
    find_leaf,
    list_dependents,
    list_examples,
    make_project,
    reformat_documents,
    write_documents,
)
from bench.measured import run_measured
from headwater.operations.standing.reading import read_repository
from headwater.targets.python.target import PythonTarget

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest


def test_every_step_costs_what_it_must(
    capsys: pytest.CaptureFixture[str], git_settings: Path
) -> None:
    """Regenerated, verified again and model calls, of four components round a hub."""
    assert main(["4", "--alone"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split(" | ") for line in lines if line.startswith("| headwater")]
    assert [(row[1], *row[2:5]) for row in rows] == [
        ("first build", "4", "0", "4"),
        ("no change", "0", "0", "0"),
        ("wrapped, renumbered, moved", "0", "0", "0"),
        ("leaf changed", "1", "0", "1"),
        ("hub: another body", "1", "3", "1"),
        ("hub: another interface", "4", "0", "4"),
        ("4 verified anew", "0", "4", "0"),
    ]


def test_the_project_has_hubs_diamonds_chains_and_leaves() -> None:
    project = make_project(200)
    hub = find_hub(project)
    assert hub.ref == "001/C1"
    assert {node.feature for node in list_dependents(project, hub)} == {1, 2}
    assert any(len(node.needs) == 2 for node in project.values())
    assert find_leaf(project).needs == ()
    assert all(need < node.number for node in project.values() for need in node.needs)


def test_the_code_gives_what_the_examples_say() -> None:
    """Also after each edit."""
    project = make_project(60)
    for edited in (
        project,
        change_node(project, 1, text="at once"),
        change_node(project, 60, added=7),
    ):
        names: dict[str, object] = {}
        for node in edited.values():
            exec(node.code, names)
            function = names[f"count_{node.number}"]
            assert callable(function)
            for value, result in list_examples(edited, node):
                assert function(value) == result


def test_another_form_is_another_text_of_the_same_meaning(tmp_path: Path) -> None:
    documents = write_documents(make_project(30))
    other = reformat_documents(documents)
    assert documents.keys() == other.keys()
    assert all(documents[path] != other[path] for path in documents)
    assert read_digests(tmp_path / "a", documents) == read_digests(tmp_path / "b", other)


def read_digests(folder: Path, documents: Mapping[str, str]) -> dict[str, str]:
    for path, text in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    reading = read_repository(folder, targets={"python": PythonTarget()})
    assert not reading.problems
    units = {unit.key: unit.digest for unit in reading.all_units}
    return {ref: item.digest for ref, item in reading.index.items.items()} | units


def test_what_a_command_leaves_behind_is_measured_too(tmp_path: Path) -> None:
    """A grandchild that nobody waits for; without it the command takes next to nothing."""
    burn = "import time\nwhile time.process_time() < 0.2: pass"
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    measured = run_measured("burn", [sys.executable, "-c", leave], tmp_path, environment=os.environ)
    assert measured.seconds > 0.2
    assert not measured.failed


def test_a_command_that_fails_says_how(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('out of ink')"]
    measured = run_measured("print", command, tmp_path, environment=os.environ, codes=(0,))
    assert measured.failed == "out of ink"


def test_no_python_for_jaunt_is_no_error() -> None:
    assert find_python("/nowhere/python3.12") == ""
