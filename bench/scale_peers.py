"""The peers of the scale bench, as their own documents say that they are used."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from bench.scale_tools import edit_once
from bench.scale_tree import list_files

if TYPE_CHECKING:
    from pathlib import Path

    from bench.scale_tree import Requirement


class Doorstop:
    """One item file a requirement, one document a hundred."""

    name = "doorstop"

    def __init__(self, programs: Path) -> None:
        self._program = program = str(programs / "doorstop")
        self.check = [program, "--quiet"]
        self.suspects: list[str] | None = None  # its check tells of suspect links too
        self.matrix = [program, "publish", "--quiet", "--html", "all", "matrix"]

    def write(self, folder: Path, *, total: int) -> None:
        """See `Tool`."""
        for own in list_files(total):
            number = own[0].file
            place = folder / f"a{number}"
            place.mkdir()
            parent = f"  parent: A{own[0].refines[0]}\n" if own[0].refines else ""
            settings = f"settings:\n  digits: 3\n  itemformat: yaml\n{parent}"
            (place / ".doorstop.yml").write_text(f"{settings}  prefix: A{number}\n  sep: '-'\n")
            for item in own:
                (place / f"{_name(item, '-')}.yml").write_text(_write_doorstop(item))
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
        # What was reviewed is known from here on, so that a change makes links suspect.
        for verb in ("clear", "review"):
            command = [self._program, "--quiet", verb, "all"]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    def edit(self, folder: Path) -> None:
        """See `Tool`."""
        edit_once(folder / "a1" / "A1-001.yml")


class StrictDoc:
    """One `.sdoc` document a hundred requirements."""

    name = "strictdoc"

    def __init__(self, programs: Path) -> None:
        program = str(programs / "strictdoc")
        self.check = [program, "export", ".", "--formats", "json", "--output-dir", "out"]
        self.suspects: list[str] | None = None  # it has none
        self.matrix = [program, "export", ".", "--formats", "html", "--output-dir", "html"]

    def write(self, folder: Path, *, total: int) -> None:
        """See `Tool`."""
        (folder / "strictdoc_config.py").write_text(
            "from strictdoc.core.project_config import ProjectConfig\n\n\n"
            "def create_config():\n"
            "    return ProjectConfig(project_features=['TRACEABILITY_MATRIX_SCREEN'])\n"
        )
        for own in list_files(total):
            number = own[0].file
            text = "\n".join([f"[DOCUMENT]\nTITLE: Area {number}\n", *map(_write_sdoc, own)])
            (folder / f"a{number}.sdoc").write_text(text)

    def edit(self, folder: Path) -> None:
        """See `Tool`."""
        edit_once(folder / "a1.sdoc")


class SphinxNeeds:
    """One reStructuredText page a hundred needs, and a page with the table of all."""

    name = "sphinx-needs"

    def __init__(self, programs: Path) -> None:
        program = str(programs / "sphinx-build")
        self.check = [program, "-q", "-b", "needs", ".", "out"]
        self.suspects: list[str] | None = None  # it has none
        self.matrix = [program, "-q", "-b", "html", "-D", "root_doc=matrix", ".", "html"]

    def write(self, folder: Path, *, total: int) -> None:
        """See `Tool`."""
        (folder / "conf.py").write_text(
            "extensions = ['sphinx_needs']\nproject = 'Areas'\nexclude_patterns = ['out', 'html']\n"
        )
        pages = []
        for own in list_files(total):
            number = own[0].file
            title = f"Area {number}"
            text = "\n".join([f"{title}\n{'=' * len(title)}\n", *map(_write_need, own)])
            (folder / f"a{number}.rst").write_text(text)
            pages.append(f"   a{number}\n")
        index = "Areas\n=====\n\n.. toctree::\n\n" + "".join(pages)
        (folder / "index.rst").write_text(index)
        table = ".. needtable::\n   :columns: id;title;links;links_back\n   :style: table\n"
        (folder / "matrix.rst").write_text(
            f"Matrix\n======\n\n{table}\n" + index.partition("\n\n")[2]
        )

    def edit(self, folder: Path) -> None:
        """See `Tool`."""
        edit_once(folder / "a1.rst")


def _name(item: Requirement, sign: str) -> str:
    return f"A{item.file}{sign}{item.number:03d}"


def _name_parent(item: Requirement, sign: str) -> str:
    return f"A{item.refines[0]}{sign}{item.refines[1]:03d}" if item.refines else ""


def _write_doorstop(item: Requirement) -> str:
    links = f"\n- {_name_parent(item, '-')}: null" if item.refines else " []"
    return (
        f"active: true\nderived: false\nheader: ''\nlevel: 1.{item.number}\nlinks:{links}\n"
        f"normative: true\nref: ''\nreviewed: null\ntext: |\n  {item.text}\n"
    )


def _write_sdoc(item: Requirement) -> str:
    relations = (
        f"RELATIONS:\n- TYPE: Parent\n  VALUE: {_name_parent(item, '-')}\n" if item.refines else ""
    )
    return (
        f"[REQUIREMENT]\nUID: {_name(item, '-')}\nTITLE: Step {item.number}\n"
        f"STATEMENT: {item.text}\n{relations}"
    )


def _write_need(item: Requirement) -> str:
    links = f"   :links: {_name_parent(item, '_')}\n" if item.refines else ""
    head = f".. req:: Step {item.number}\n   :id: {_name(item, '_')}\n{links}"
    return f"{head}\n   {item.text}\n"
