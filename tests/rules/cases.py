"""A rule's cases as repositories, in surroundings that are sound."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from headwater.graph.vouching import list_carried
from headwater.rules.sample import PLAN, REQUIREMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.rules.interface import Case

FOLDER = "specs/001-ledger"

_SPEC = """\
# Feature Specification: Ledger

## User Scenarios & Testing

### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **Given** an account that holds 10, **When** a clerk asks for it, **Then** the ledger answers 10.

## Requirements

### Functional Requirements

{case}

## Success Criteria

- **SC-001**: A clerk reads a balance in at most 2 steps.
"""


def expand_case(case: Case) -> Mapping[str, str]:
    """The documents of a case, by path in a repository."""
    if isinstance(case, str):
        return {f"{FOLDER}/spec.md": _SPEC.format(case=case.strip("\n"))}
    documents = dict(case)
    for path in [path for path in documents if path.endswith("requirements")]:
        text = documents.pop(path).strip("\n")
        documents[f"{path.removesuffix('requirements')}spec.md"] = _SPEC.format(case=text)
    if "tasks.md" in documents:
        documents.setdefault("plan.md", PLAN)
    if "plan.md" in documents:
        documents.setdefault("spec.md", _SPEC.format(case=REQUIREMENTS.strip("\n")))
    return {path if "/" in path else f"{FOLDER}/{path}": text for path, text in documents.items()}


def write_case(root: Path, case: Case) -> None:
    """Write a case's documents below `root`."""
    documents = expand_case(case)
    for path, text in documents.items():
        if ":" in path:
            _commit_on_branch(root, *path.split(":"), text=text)
    for path, text in documents.items():
        if ":" not in path:
            _write(root / path, text)
    _vouch(root, documents)


def _vouch(root: Path, documents: Mapping[str, str]) -> None:
    """Let a commit say of the lock records in a case that they were written by the program."""
    digests = list_carried({path: text.encode() for path, text in documents.items()})
    if digests:
        message = ["-m", "Draft", "-m", f"Recorded: {', '.join(digests)}"]
        commit = ["git", "-C", str(root), "commit", "--quiet", "--allow-empty", *message]
        subprocess.run(commit, check=True)


def _commit_on_branch(root: Path, branch: str, path: str, *, text: str) -> None:
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "switch", "--quiet", "-c", branch], check=True)
    _write(root / path, text)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", f"Work on {branch}"], check=True)
    subprocess.run([*git, "switch", "--quiet", "-"], check=True)


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
