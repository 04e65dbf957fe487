"""The files that emitted tests share: how results are compared, and where modules are found."""

from __future__ import annotations

from importlib import resources
from pathlib import PurePosixPath

from headwater.targets.python.layout import test_folder

_PACKAGE = "headwater.targets.python.emitted"
_PARTS = ("support", "expectations", "forms")
_NOTE = "# Written by headwater; do not edit.\n\n"


def emit_support(feature: str) -> dict[str, str]:
    """The shared files of a feature's tests, path to text.

    `conftest.py` makes `pytest tests/001_wallet` work by hand too: it puts `src`, the root and the
    folder itself on the import path.
    """
    folder = test_folder(feature)
    texts = {f"{folder}/conftest.py": _NOTE + _read("path_setup.py")}
    for part in _PARTS:
        texts[f"{folder}/{part}_{PurePosixPath(folder).name}.py"] = _NOTE + _place(part, folder)
    return texts


def emit_probing(folder: str) -> str:
    """What a file of probes in a test folder begins with."""
    return _place("probing", folder)


def _place(part: str, folder: str) -> str:
    """A part's text; what it imports of the others goes by the names that they have there."""
    text = _read(f"{part}.py")
    for other in _PARTS:
        text = text.replace(
            f"from {_PACKAGE}.{other} import", f"from {other}_{PurePosixPath(folder).name} import"
        )
    return text


def _read(name: str) -> str:
    return (resources.files(_PACKAGE) / name).read_text(encoding="utf-8")
