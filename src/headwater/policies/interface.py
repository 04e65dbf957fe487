"""What every reader of policies gives: blocks of text, each line with the spot it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from headwater.spec.article_sources import Spot
    from headwater.spec.model import Problem


class BlockKind(Enum):
    """What a block is; what a reader cannot tell apart is a paragraph."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    ROW = "table row"
    QUOTE = "quotation"
    CODE = "code"


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyLine:
    """A line as a person sees it: without markers of lists and quotations, on its spot."""

    text: str
    spot: Spot


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyBlock:
    """A block.

    Attributes:
        kind: what it is.
        lines: at least one.
        level: of a heading, 1 to 6.
        header: of a table row, the cells of the table's first row; empty for that row itself.
        cells: of a table row.
        table: of a table row, a number that the rows of one table share.
    """

    kind: BlockKind
    lines: tuple[PolicyLine, ...]
    level: int = 0
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    table: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyText:
    """What a policy says.

    Attributes:
        path: of the file, relative to the repository.
        unit: what the lines of spots count, `l.` for lines and `par.` for paragraphs.
        blocks: in the order of the file; none where it cannot be read.
        problems: why the file, or a part of it, cannot be read.
    """

    path: str
    unit: str = "l."
    blocks: tuple[PolicyBlock, ...] = ()
    problems: tuple[Problem, ...] = ()


class Reader(Protocol):
    """Reads one format. Whatever the bytes are, it gives a text and raises nothing."""

    def __call__(self, path: str, data: bytes, /) -> PolicyText:
        """The text of a file; `path` is only for places."""
        ...
