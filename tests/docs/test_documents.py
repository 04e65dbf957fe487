"""The documents are held to the program: their examples are read, their lists compared."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.config import SETTINGS_FILE, Settings, load_settings
from headwater.graph.make_units import make_units
from headwater.graph.states import State
from headwater.rules.articles.apply import check_constitution
from headwater.rules.articles.registry import RULES
from headwater.spec.read_project import CONSTITUTION_PATH, read_project
from headwater.targets.python.expected import NEUTRAL
from headwater.targets.python.interface import read_interface
from tests.graph.builders import check_project, index_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Problem, Project

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (
    "README.md",
    "docs/ci.md",
    "docs/design.md",
    "docs/evidence.md",
    "docs/formats.md",
    "docs/interop.md",
    "docs/tutorial.md",
)


def read_text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def find_blocks(text: str, *, language: str = "markdown") -> list[str]:
    """The fenced blocks of one language, without their fences."""
    fences = re.finditer(rf"^(`{{3,}}){language}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    return [fence[2] for fence in fences]


def find_rows(path: str, *, heading: str) -> dict[str, str]:
    """The first two cells of every row of the first table below a heading, without back-ticks."""
    table = re.search(
        rf"^#+ {re.escape(heading)}$.*?^\| -[^\n]*\n((?:\|[^\n]*\n)+)",
        read_text(path),
        re.MULTILINE | re.DOTALL,
    )
    assert table, f"{path} has no table below {heading}"
    rows = [row.replace("`", "").split("|") for row in table[1].splitlines()]
    return {row[1].strip(): row[2].strip() for row in rows}


def tutorial_documents() -> dict[str, bytes]:
    spec, plan, constitution, *_ = find_blocks(read_text("docs/tutorial.md"))
    return {
        "specs/001-titles/spec.md": spec.encode(),
        "specs/001-titles/plan.md": plan.encode(),
        CONSTITUTION_PATH: constitution.encode(),
    }


def reference_documents() -> dict[str, bytes]:
    spec, _, plan, tasks, constitution = find_blocks(read_text("docs/formats.md"))
    return {
        "specs/001-wallet/spec.md": spec.encode(),
        "specs/001-wallet/plan.md": plan.encode(),
        "specs/001-wallet/tasks.md": tasks.encode(),
        CONSTITUTION_PATH: constitution.encode(),
    }


def example_documents() -> dict[str, bytes]:
    folder = ROOT / "examples" / "punch"
    paths = [*folder.glob("specs/*/*.md"), folder / CONSTITUTION_PATH]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def find_problems(project: Project) -> Iterator[Problem]:
    """Everything that `headwater check` says about documents alone."""
    yield from project.problems
    assert project.constitution is not None
    yield from project.constitution.problems
    yield from check_constitution(project.constitution)
    interfaces = {
        f"{feature.number}/{component.id}": read_interface(component)
        for feature in project.features
        for component in (feature.plan.components if feature.plan else ())
    }
    index = index_project(project, interfaces)
    yield from check_project(project, interfaces, targets={"python"})
    for feature in project.features:
        for document in (feature.spec, feature.plan, feature.tasks):
            yield from document.problems if document else ()
        units, problems = make_units(feature, index=index, interfaces=interfaces)
        assert units
        yield from problems


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param(tutorial_documents(), id="tutorial"),
        pytest.param(reference_documents(), id="formats"),
        pytest.param(example_documents(), id="punch"),
    ],
)
def test_examples_in_the_documents_are_read_without_a_problem(documents: dict[str, bytes]) -> None:
    project = read_project(documents)

    assert [f"{one.place}: {one.message}" for one in find_problems(project)] == []
    assert project.features
    assert all(feature.plan and feature.plan.components for feature in project.features)


def test_readme_quotes_the_example() -> None:
    """What the README shows stands so in examples/punch, lines left out apart."""
    shown = [
        line.strip()
        for block in find_blocks(read_text("README.md"))
        for line in block.splitlines()
        if line.strip()
    ]
    present = {
        line.strip() for data in example_documents().values() for line in data.decode().splitlines()
    }

    assert shown
    assert [line for line in shown if line not in present] == []


@pytest.mark.parametrize("section", dataclasses.fields(Settings), ids=lambda item: item.name)
def test_settings_reference_is_complete_and_states_the_defaults(
    section: dataclasses.Field[object],
) -> None:
    rows = find_rows("docs/formats.md", heading=f"[{section.name}]")
    defaults = dataclasses.asdict(getattr(Settings(), section.name))

    assert rows == {name: json.dumps(default) for name, default in defaults.items()}


def test_settings_example_is_accepted(tmp_path: Path) -> None:
    (example,) = find_blocks(read_text("docs/formats.md"), language="toml")
    (tmp_path / SETTINGS_FILE).write_text(example, encoding="utf-8")
    named = {f"{name}.{key}" for name, table in tomllib.loads(example).items() for key in table}

    settings = load_settings(tmp_path, overrides={}, environment={})

    changed = {
        f"{section.name}.{key}"
        for section in dataclasses.fields(Settings)
        for key, value in dataclasses.asdict(getattr(settings, section.name)).items()
        if value != getattr(getattr(Settings(), section.name), key)
    }
    assert changed == named


@pytest.mark.parametrize("path", ["README.md", "docs/design.md"])
def test_every_state_is_explained(path: str) -> None:
    named = {name for cell in find_rows(path, heading="States") for name in cell.split(" / ")}

    assert named == {state.value for state in State}


def test_every_check_is_explained() -> None:
    text = read_text("docs/formats.md")

    assert all(f"| `{name}` |" in text for name in RULES)


def test_every_neutral_error_is_explained() -> None:
    text = read_text("docs/formats.md")
    for name, errors in NEUTRAL.items():
        raised = ", ".join(f"`{error}`" for error in errors)
        assert f"| `{name}` | {raised} |" in text


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_between_documents_lead_somewhere(path: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", read_text(path))
    folder = (ROOT / path).parent

    assert [target for target in targets if not (folder / target).exists()] == []


def test_layout_in_the_design_names_every_package() -> None:
    """Section 8 lists the folders and files at the top of the package, and no others."""
    layout = find_blocks(read_text("docs/design.md"), language="text")[0]
    lines = [line for line in layout.splitlines() if line.startswith("  ") and line[2] != " "]
    named = {
        name.rstrip("/")
        for line in lines
        if "(planned)" not in line
        for name in re.findall(r"^\s+((?:[a-z_]+(?:/|\.py)\s+)+)", line)
        for name in name.split()
    }
    package = ROOT / "src" / "headwater"
    present = {
        path.name
        for path in package.iterdir()
        if (path.is_dir() and path.name != "__pycache__") or path.suffix == ".py"
    }

    assert named == present - {"__init__.py"}
