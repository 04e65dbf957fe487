"""Lets pytest find the code below `src/` and the root, and what the tests of this folder share."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

for folder in (ROOT, ROOT / "src", HERE):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Forget a test module of another folder that has the same name as this one."""
    loaded = sys.modules.get(module_path.stem)
    if loaded is not None and getattr(loaded, "__file__", None) != str(module_path):
        del sys.modules[module_path.stem]
