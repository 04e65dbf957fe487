"""The number of a new feature: free here and on every other branch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.read_project import SPECS_FOLDER
from headwater.workspace.branches import read_branch_folders
from headwater.workspace.new_branch import list_branch_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.workspace.repository import Repository

_NUMBER = re.compile(r"(\d+)(?:-|$)")
_LONGEST_NUMBER = 6  # more digits are a date


def find_free_number(repository: Repository, present: Iterable[str]) -> str:
    """One more than the greatest number of any feature, three digits at least.

    Args:
        repository: whose local and remote branches are asked, for their names and their folders.
        present: folder names here, `001-wallet`.
    """
    elsewhere = read_branch_folders(repository.root, SPECS_FOLDER).values()
    names = (
        *present,
        *list_branch_names(repository),
        *(folder for folders in elsewhere for folder in folders),
    )
    found = (_NUMBER.match(name) for name in names)
    numbers = [int(one[1]) for one in found if one and len(one[1]) <= _LONGEST_NUMBER]
    return f"{max(numbers, default=0) + 1:03}"
