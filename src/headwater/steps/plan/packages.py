"""Which libraries a decision may weigh, and who is asked about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.workspace.package_index import PackageFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.model import Constitution

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9])?"
# An article may allow them; what a program is made of they are not.
_TEST_TOOLS = frozenset({"coverage", "hypothesis", "mypy", "pytest", "pytest-cov", "ruff", "tox"})

FindFacts = Callable[[str], PackageFacts | None]
"""What the index says of a package; None where it has none, or cannot be reached."""


def find_nothing(_: str) -> PackageFacts | None:
    """No index is asked."""
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class AllowedPackages:
    """Which packages a plan may name; `allowed` is None where all are that are not forbidden.

    `pinned` tells that an article wants one exact version of each, which has to be known then.
    """

    allowed: frozenset[str] | None
    forbidden: frozenset[str]
    pinned: bool = False

    def permits(self, name: str) -> bool:
        """Whether a plan may depend on a package."""
        known = normalise_package(name)
        inside = self.allowed is None or known in self.allowed
        barred = known in self.forbidden or known in _TEST_TOOLS
        return bool(re.fullmatch(_NAME, name)) and inside and not barred


def read_allowed(constitution: Constitution | None) -> AllowedPackages:
    """What the checks of all articles say of imports and dependencies."""
    allowed: frozenset[str] | None = None
    forbidden: set[str] = set()
    pinned = False
    for article in constitution.articles if constitution else ():
        for check in article.checks:
            subject, _, verb = check.check.partition(".")
            if subject not in ("imports", "dependencies"):
                continue
            names = frozenset(_list_names(check.arguments.values()))
            if verb == "forbidden":
                forbidden |= names
            elif verb == "allowed":
                allowed = names if allowed is None else allowed & names
            pinned = pinned or verb == "pinned"
    return AllowedPackages(allowed=allowed, forbidden=frozenset(forbidden), pinned=pinned)


def normalise_package(name: str) -> str:
    """`Google.Cloud_Storage` → `google-cloud-storage` (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _list_names(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        for entry in value if isinstance(value, list | tuple) else ():
            found = re.match(r"[\w.-]+", entry) if isinstance(entry, str) else None
            if found:
                yield normalise_package(found[0])
