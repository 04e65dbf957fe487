"""Reading a text file that a person names on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError, UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

MOST_BYTES = 100_000


def read_text_file(path: Path) -> str:
    """The text of a file of at most 100 kB.

    Raises:
        UsageError: it is larger.
        HeadwaterError: it cannot be read, or is no UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise HeadwaterError(
            f"cannot read {path}: {error.strerror}",
            hint="Name a text file that is there; paths are relative to where you stand.",
        ) from error
    return _decode(data, str(path))


def read_text_stream(stream: TextIO) -> str:
    """The text of a stream, as `read_text_file` reads a file.

    Raises:
        UsageError: it is larger.
        HeadwaterError: it is no UTF-8 text.
    """
    return _decode(stream.buffer.read(MOST_BYTES + 1), "standard input")


def _decode(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise UsageError(
            f"expected at most 100 kB in {name}, found more",
            hint="Take out of it what one feature is about.",
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise HeadwaterError(f"expected UTF-8 text in {name}: {error.reason}") from error
