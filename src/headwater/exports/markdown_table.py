"""Tables in Markdown, whatever text stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Whatever could begin markup, a link, an image or raw HTML; a bar would end the cell.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&$@])")
# GitHub makes links of bare addresses; a sign that is escaped inside them keeps it from that.
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)


def render_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table's lines; cells must be escaped already."""
    names = tuple(header)
    yield f"| {' | '.join(names)} |"
    yield "| --- " * len(names) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def escape(text: str) -> str:
    """The text as it is; addresses in it are no links either."""
    return _ADDRESS.sub(r"\\\g<0>", _MARKUP.sub(r"\\\1", text))
