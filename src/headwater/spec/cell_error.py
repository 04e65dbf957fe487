"""The error that parsers of one cell raise; the table's reader turns it into a located problem."""

from __future__ import annotations


class CellError(Exception):
    """A cell that cannot be read.

    Args:
        code: the problem's stable code.
        message: what was expected and what was found.
        index: the offending character in the cell's text.
        hint: what to do about it.
    """

    def __init__(self, code: str, message: str, *, index: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.index = index
        self.hint = hint
