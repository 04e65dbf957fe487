"""The promises about the code itself, which no single module can keep."""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import headwater

ROOT = Path(__file__).resolve().parent.parent
MAXIMUM_LINES = 300

# Packages that take long to import: only what needs them may load them, and only when it does.
HEAVY = {"httpx", "openai", "pydantic", "pydantic_ai", "pytest", "rich", "xllamacpp", "yaml"}
HEAVY_ALLOWED = {"headwater.spec": {"yaml"}}  # the constitution's `enforce:` blocks are YAML
LIGHT_PACKAGES = (
    "headwater.errors",
    "headwater.paths",
    "headwater.engine",
    "headwater.workspace",
    "headwater.spec",
    "headwater.graph",
    "headwater.rules",
    "headwater.interop",
)
COMMAND_LINE = "headwater.cli.main"

# Spelled so that this file does not match itself.
MACHINE_PATHS = re.compile(
    rb"(?:^|[^a-zA-Z0-9_.])/(?:work|farm)[/-]"
    rb"|--(?:extra-)?index-ur[l]"
    rb"|\"resolved\": *\"http"
    rb"|registry *= *.?http",
    re.MULTILINE,
)


def list_files(*patterns: str) -> list[Path]:
    """Files that git has, or would take."""
    finished = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in sorted(set(finished.stdout.split("\0"))) if name)
    return [path for path in paths if path.is_file()]


def list_modules(package: str) -> list[str]:
    spec = find_spec(package)
    assert spec is not None
    places = spec.submodule_search_locations
    below = pkgutil.walk_packages(places, prefix=f"{package}.") if places else ()
    return [package, *(module.name for module in below)]


def test_imports_point_down() -> None:
    """The contracts stand in pyproject.toml."""
    finished = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_no_module_is_longer_than_one_can_read_at_a_time() -> None:
    files = list_files("src/*.py", "bench/*.py", "tests/*.py")  # also in folders below
    lengths = {path: len(path.read_bytes().splitlines()) for path in files}
    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > MAXIMUM_LINES} == {}


def test_every_module_says_what_it_owns() -> None:
    modules = list_files("src/**/*.py")
    assert modules
    silent = [path for path in modules if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert silent == []


def test_package_files_hold_a_docstring_and_nothing_to_re_export() -> None:
    """Only the root names something of its own: the version."""
    for path in list_files("src/headwater/*/__init__.py", "src/headwater/*/*/__init__.py"):
        assert len(ast.parse(path.read_bytes()).body) == 1, path


@pytest.mark.parametrize(
    "package",
    [*LIGHT_PACKAGES, *([COMMAND_LINE] if find_spec(COMMAND_LINE) else [])],
)
def test_importing_is_cheap(package: str) -> None:
    """What stands below the models and the screen must load neither; nor must the start-up."""
    names = list_modules(package)
    program = f"import sys, {', '.join(names)}; print(*{{n.split('.')[0] for n in sys.modules}})"
    finished = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    loaded = set(finished.stdout.split())
    assert "headwater" in loaded
    assert loaded & (HEAVY - HEAVY_ALLOWED.get(package, set())) == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode(errors='replace')}"
        for path in list_files()
        if (match := MACHINE_PATHS.search(path.read_bytes()))
    ]
    assert found == []


@pytest.mark.parametrize("text", [b"see /%b/main" % b"work", b"--index-%b x" % b"url"])
def test_a_machine_path_is_recognised(text: bytes) -> None:
    assert MACHINE_PATHS.search(text)
    assert not MACHINE_PATHS.search(b"an editor's clean/work-in-progress tree, ../homework/x")


def test_every_pinned_dependency_has_a_hash_and_none_a_place() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^(\S+)==\S+(?: ; [^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}", lock, re.M)
    assert len(pins) == len(re.findall(r"^[a-zA-Z]", lock, re.M))
    assert "://" not in lock


def test_the_version_is_one_that_packaging_reads() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+)?", headwater.__version__)
