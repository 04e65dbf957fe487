"""Where Python files go and what they are called: modules, test folders, test functions."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

STUB_MARK = ".headwater-stub-reached"
REPORT = ".headwater-report.jsonl"


@lru_cache(maxsize=10_000)
def module_name(path: str) -> str:
    """The dotted name that `path` is imported by: below `src/`, else below the root."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    if parts[0] == "src" and len(parts) > 1:
        parts = parts[1:]
    if parts[-1] == "__init__" and len(parts) > 1:
        parts = parts[:-1]
    return ".".join(parts)


def locate_module(name: str) -> tuple[str, ...]:
    """Files that `import name` would read if the project has them, below `src/` and the root."""
    parts = name.split(".")
    stems = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return tuple(
        f"{root}{stem}{end}"
        for root in ("src/", "")
        for stem in stems
        for end in (".py", "/__init__.py")
    )


def test_folder(feature: str) -> str:
    """`001-wallet` → `tests/001_wallet`."""
    return f"tests/{slug(feature)}"


def test_path(feature: str, component: str) -> str:
    """The test file of a component, or of the whole feature when `component` is empty."""
    return f"{test_folder(feature)}/test_{slug(component) or 'feature'}.py"


def support_module(folder: str) -> str:
    """The support module of a test folder; its name is unique, since all share one `sys.path`."""
    return f"support_{PurePosixPath(folder).name}"


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """`FR-001` → `fr_001`: lower case, every run of other characters as one underscore."""
    return re.sub(r"\W+", "_", text.lower()).strip("_")


def split_ref(ref: str) -> tuple[str, str]:
    """`001/FR-003` → `("001", "FR-003")`; the number is empty where there is none."""
    number, _, local = ref.rpartition("/")
    return number, local
