"""Tables of libraries: which are approved and which are not, with version and licence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.policies.spdx import find_licences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.policies.passages import PolicyPassage

_COLUMNS = {
    "name": r"(?:approved |forbidden |prohibited )?(?:name|library|libraries|package|component"
    r"|dependency|module|product)s?\b",
    "version": r"(?:min(?:imum|\.)? |approved |allowed )?versions?\b",
    "licence": r"licen[cs]es?\b",
    "status": r"(?:status|approved|allowed|decision|approval)\b",
}
_FORBIDDEN = (
    r"forbidden|banned|prohibited|rejected|denied|not (?:approved|allowed|permitted)|no\b"
    r"|disallowed|withdrawn|[✗❌✘]"
)
_ALLOWED = r"approved|allowed|permitted|accepted|preferred|yes\b|ok\b|[✓✔✅]"
_STATUS = rf"(?i)(?<!\w)(?:(?P<forbidden>{_FORBIDDEN})|(?P<allowed>{_ALLOWED}))"
_NAME = r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """A row: the name of a library, and whether it may be used. Other cells may be empty."""

    name: str
    allowed: bool
    version: str = ""
    licence: str = ""

    @property
    def licences(self) -> tuple[str, ...]:
        """SPDX ids of its licence, as far as they are known."""
        return find_licences(self.licence)

    def render(self) -> str:
        """`httpx (0.27, BSD-3-Clause)`."""
        more = ", ".join(part for part in (self.version, self.licence) if part)
        return f"`{self.name}` ({more})" if more else f"`{self.name}`"


def read_libraries(passage: PolicyPassage) -> tuple[Library, ...]:
    """The libraries of a table; none where it has no column of names, or no status.

    The status stands in a column, or a heading above says it of all: “Approved libraries”.
    """
    if len(passage.rows) < 2:
        return ()
    columns = _find_columns(passage.rows[0])
    titles = " ".join(passage.headings[-2:])
    if "name" not in columns or ("status" not in columns and not _judge(titles)):
        return ()
    return tuple(_read_rows(passage.rows[1:], columns, titles))


def _find_columns(header: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for number, cell in enumerate(header):
        for name, pattern in _COLUMNS.items():
            if re.match(f"(?i){pattern}", cell.strip(" *_`")):
                columns.setdefault(name, number)
    return columns


def _read_rows(
    rows: Sequence[tuple[str, ...]], columns: dict[str, int], titles: str
) -> Iterator[Library]:
    for row in rows:
        cells = {
            name: row[number].strip(" *_`") if number < len(row) else ""
            for name, number in columns.items()
        }
        status = _judge(cells["status"]) if cells.get("status") else _judge(titles)
        if status and re.fullmatch(_NAME, cells["name"]):
            yield Library(
                name=cells["name"],
                allowed=status == "allowed",
                version=cells.get("version", ""),
                licence=cells.get("licence", ""),
            )


def _judge(text: str) -> str:
    """`allowed` or `forbidden`, by the first word that says so; empty where none does."""
    found = re.search(_STATUS, text)
    if not found:
        return ""
    return "allowed" if found["allowed"] else "forbidden"
