"""What packages that are installed where Headwater runs say of themselves."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

from headwater.workspace.observations import Asked, Question, observe


def read_metadata(name: str) -> str | None:
    """The text of a package's metadata; None where it is not installed."""
    return observe(Question(Asked.PACKAGE, "", (name,)), lambda: _read(name))


def _read(name: str) -> str | None:
    try:
        found = distribution(name)
    except (PackageNotFoundError, ValueError):
        return None
    return found.read_text("METADATA") or found.read_text("PKG-INFO") or found.read_text("")
