"""Who git takes the person at the keyboard for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.git import GitError, read_line

if TYPE_CHECKING:
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """A person by name and e-mail."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


def read_identity(repository: Repository) -> Identity:
    """Whose name the next commit will carry.

    Raises:
        HeadwaterError: git knows no name or e-mail.
    """
    try:
        line = read_line(repository.root, ["var", "GIT_AUTHOR_IDENT"])
    except GitError as error:
        raise HeadwaterError(
            "expected git to know who you are, found no name or e-mail",
            hint='Set both: `git config user.name "Your Name"` and '
            "`git config user.email you@example.org`.",
        ) from error
    name, _, rest = line.partition(" <")
    return Identity(name=name, email=rest.partition(">")[0])
