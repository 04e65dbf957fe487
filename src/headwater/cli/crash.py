"""The report file of an unexpected error: a traceback and versions, and nothing of the user's."""

from __future__ import annotations

import platform
import secrets
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from headwater import __version__
from headwater.errors import HeadwaterError
from headwater.llm.settings import cache_folder
from headwater.workspace.files import write_file
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER = ".headwater/reports"


def write_crash_report(error: BaseException, *, folder: Path) -> Path:
    """Write a report of `error` and return where it is.

    It lies in the repository that holds `folder`, else in the user's cache folder. The environment
    and the command line, which may hold secrets, are not in it.

    Raises:
        OSError: neither place can be written.
    """
    now = datetime.now(UTC)
    name = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.txt"
    text = _render(error, now)
    try:
        root = open_repository(folder).root
        write_file(root, f"{_FOLDER}/{name}", text.encode(errors="backslashreplace"))
    except (HeadwaterError, OSError):
        place = cache_folder() / "reports"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8", errors="backslashreplace")
        return place / name
    return root / _FOLDER / name


def _render(error: BaseException, now: datetime) -> str:
    lines = (
        "Unexpected error in Headwater.",
        "",
        f"time      {now:%Y-%m-%d %H:%M:%S} UTC",
        f"headwater {__version__}",
        f"python    {platform.python_version()} on {platform.system()} {platform.release()}",
        "",
        "".join(traceback.format_exception(error)),
    )
    return "\n".join(lines)
