"""What Spec Kit's own scripts need to know: which feature is worked on in this checkout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.workspace.files import read_file, resolve_inside, write_file

if TYPE_CHECKING:
    from headwater.workspace.repository import Repository

STATE_FILE = ".specify/feature.json"
"""A state of the checkout, as Spec Kit has it: `init` tells git to ignore it."""


def name_current_feature(repository: Repository, folder: str) -> None:
    """Write the feature's folder where Spec Kit's scripts look for it, if it is not there.

    Raises:
        HeadwaterError: the file is a symbolic link.
    """
    text = json.dumps({"feature_directory": folder}, separators=(",", ":")) + "\n"
    place = resolve_inside(repository.root, STATE_FILE)
    if not place.exists() or read_file(repository.root, STATE_FILE) != text.encode():
        write_file(repository.root, STATE_FILE, text.encode())
