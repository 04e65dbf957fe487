"""Writing a result to the file that a person names."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from headwater.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def write_output(path: Path, text: str) -> None:
    """Put `text` in `path` as UTF-8, in one step: a reader sees the old file or the new one, whole.

    Line ends are written as they are.

    Raises:
        UsageError: it cannot be written.
    """
    temporary = path.with_name(f".headwater-{secrets.token_hex(8)}")
    try:
        if path.is_dir():
            raise UsageError(f"expected a file to write, found a folder at {path}")
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}",
            hint="Name a file in a folder that is there and yours to write.",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
