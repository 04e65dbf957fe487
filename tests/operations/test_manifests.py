"""Dependency files and installed packages, as articles are told of them."""

from __future__ import annotations

import pytest

from headwater.operations.standing.installed import find_packages
from headwater.operations.standing.manifests import read_manifest


@pytest.mark.parametrize(
    ("entry", "pinned"),
    [
        ("click==8.1.7", True),
        ("click === 8.1.7", True),
        ("click[extra]==8.1.7 ; python_version > '3.8'", True),
        (f"click @ git+https://example.org/click@{'a1' * 20}", True),
        (f"click @ https://example.org/click.whl#sha256={'a1' * 32}", True),
        ("click==8.1.*", False),
        ("click>=8.1", False),
        ("click~=8.1.0", False),
        ("click", False),
        ("click @ git+https://example.org/click@main", False),
        ("click @ https://example.org/click.whl", False),
    ],
)
def test_one_exact_version_is_told_from_any_other_way(entry: str, pinned: bool) -> None:
    ((dependency,), problems) = read_manifest("requirements.txt", f"# first\n{entry}  # why\n")
    assert (dependency.name, dependency.pinned) == ("click", pinned)
    assert str(dependency.place) == "requirements.txt:2"
    assert problems == []


@pytest.mark.parametrize("line", ["", "# click", "-e .", "-r base.txt", "--no-binary click", "./x"])
def test_what_names_no_package_is_passed_over(line: str) -> None:
    assert read_manifest("requirements.txt", f"{line}\n") == ([], [])


def test_a_project_names_dependencies_in_three_places() -> None:
    text = (
        "[project]\ndependencies = ['click']\n"
        "[project.optional-dependencies]\nweb = [\n  'starlette>=1',\n]\n"
        "[dependency-groups]\ndev = ['pytest', {include-group = 'web'}]\n"
    )
    dependencies, problems = read_manifest("pyproject.toml", text)
    found = [(each.name, each.place.line) for each in dependencies]
    assert found == [("click", 2), ("starlette", 5), ("pytest", 8)]
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "[project]\ndependencies = 'click'\n",
        "project = 3\n",
        "[dependency-groups]\nx = 1\n",
        "",
    ],
)
def test_a_project_of_another_shape_names_none(text: str) -> None:
    assert read_manifest("pyproject.toml", text) == ([], [])


def test_installed_packages_are_known_with_what_they_require() -> None:
    """Of packages that these tests cannot run without."""
    packages = find_packages(["PyTest", "no-such-package-anywhere"])
    assert "pluggy" in packages["pytest"].requires
    assert "pluggy" in packages
    assert "no-such-package-anywhere" not in packages
    assert packages["pytest"].licence == "MIT"


def test_what_only_an_extra_or_another_system_needs_is_not_required() -> None:
    required = find_packages(["pytest"])["pytest"].requires
    assert "hypothesis" not in required  # of the extra `dev`
    assert "colorama" not in required  # of Windows


@pytest.mark.parametrize(
    ("name", "licence"),
    [("pyyaml", "MIT"), ("packaging", "Apache-2.0 OR BSD-2-Clause"), ("coverage", "Apache-2.0")],
)
def test_licences_are_read_from_whatever_says_them(name: str, licence: str) -> None:
    """From a classifier, and from expressions."""
    assert find_packages([name])[name].licence == licence
