"""Articles on the files of a repository: dependency files, required documents, secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.operations.check import check
from headwater.spec.model import Severity
from tests.operations.builders import PLAN_PATH, TARGETS
from tests.operations.enforcing import find, refuse, start

if TYPE_CHECKING:
    from pathlib import Path


def test_dependency_files_are_judged_line_by_line(repository: Path) -> None:
    checkout = start(repository, 'check: dependencies.pinned, scope: "*"')
    checkout.write(
        "requirements.txt",
        "# tools\nclick==8.1.7  # pinned\nhttpx>=0.27 ; python_version > '3'\n-r other.txt\n"
        "attrs==24.* \\\n    --hash=sha256:00\n",
    )
    checkout.write(
        "pyproject.toml",
        '[project]\nname = "x"\ndependencies = [\n    "rich==13.9.4",\n    "pyyaml",\n]\n'
        '[dependency-groups]\ndev = ["ruff~=0.14", {include-group = "x"}]\n',
    )
    checkout.commit()
    assert [str(one.place) for one in find(checkout, "dependency-not-pinned")] == [
        "pyproject.toml:5",
        "pyproject.toml:8",
        "requirements.txt:3",
        "requirements.txt:5",
    ]
    assert len(refuse(checkout)) == 4


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("requirements.txt", "click\nnot a package !\n", "requirements.txt:2"),
        ("pyproject.toml", "[project\n", "pyproject.toml:1"),
    ],
)
def test_an_unreadable_dependency_file_is_told(
    repository: Path, path: str, text: str, place: str
) -> None:
    checkout = start(repository, "check: dependencies.allowed, packages: [click]")
    checkout.write(path, text)
    (found,) = find(checkout, "dependency-unreadable")
    assert str(found.place) == place
    assert found.severity is Severity.WARNING


def test_a_required_document_is_asked_for_until_it_is_there(repository: Path) -> None:
    checkout = start(repository, 'check: documents.required, paths: [SECURITY.md, "docs/adr/*.md"]')
    assert len(refuse(checkout)) == 2
    checkout.write("SECURITY.md", "Write to us.\n")
    checkout.write("docs/adr/0001-x.md", "# X\n")
    assert find(checkout, "document-missing") == []


def test_a_secret_in_a_document_or_a_named_file_is_refused(repository: Path) -> None:
    token = "ghp_" + "a1B2c3D4" * 5
    checkout = start(repository, "check: secrets.forbidden, paths: [app.toml]")
    checkout.write("app.toml", f"[x]\ntoken = '{token}'\n")
    checkout.write("notes.txt", token)
    checkout.write(PLAN_PATH, checkout.read(PLAN_PATH) + f"\nUse `{token}`.\n")
    checkout.commit()
    problems = refuse(checkout)
    assert [problem.place.path for problem in problems] == ["app.toml", PLAN_PATH]
    assert not any(token in str(problem) for problem in problems)


def test_a_file_that_goes_missing_is_new_in_a_difference(repository: Path) -> None:
    checkout = start(repository, 'check: documents.required, paths: ["docs/**/*.md"]')
    checkout.write("docs/adr/0001-x.md", "# X\n")
    checkout.commit()
    base = checkout.head
    checkout.git("rm", "--quiet", "docs/adr/0001-x.md")
    checkout.commit()
    report = check(checkout.root, targets=TARGETS, base=base)
    assert [one.code for one in report.findings] == ["document-missing"]
