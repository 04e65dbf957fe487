"""A repository's own facts: what its files of settings already hold people and tools to."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from headwater.policies.facts_of_dependencies import find_dependencies
from headwater.policies.facts_of_documents import find_documents
from headwater.policies.facts_of_settings import find_settings
from headwater.policies.facts_of_workflows import find_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from headwater.policies.interface import PolicyText
    from headwater.policies.statements import Statement

_FINDERS: Mapping[str, tuple[Callable[[PolicyText], Iterator[Statement]], ...]] = {
    "pyproject.toml": (find_dependencies, find_settings),
    "requirements*.txt": (find_dependencies,),
    "package.json": (find_dependencies,),
    "go.mod": (find_dependencies,),
    "ruff.toml": (find_settings,),
    ".ruff.toml": (find_settings,),
    "mypy.ini": (find_settings,),
    ".coveragerc": (find_settings,),
    ".editorconfig": (find_settings,),
    ".eslintrc.json": (find_settings,),
    "SECURITY.md": (find_documents,),
    "LICENSE*": (find_documents,),
    "LICENCE*": (find_documents,),
    "CODEOWNERS": (find_documents,),
    "*.yml": (find_commands,),
    "*.yaml": (find_commands,),
}

FACT_PATTERNS: Final = (
    *(name for name in _FINDERS if not name.startswith("*.")),
    ".github/SECURITY.md",
    ".github/CODEOWNERS",
    "docs/CODEOWNERS",
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    ".gitlab-ci.yml",
)
"""Where a repository keeps them, as globs."""


def find_facts(policy: PolicyText) -> Iterator[Statement]:
    """What one of these files says; nothing where its name is none of theirs."""
    name = PurePosixPath(policy.path).name
    for pattern, finders in _FINDERS.items():
        if policy.blocks and fnmatchcase(name, pattern):
            for find in finders:
                yield from find(policy)
