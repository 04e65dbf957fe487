"""Results kept by the content that they follow from, in the user's cache folder.

They never come from a repository: what a repository holds, its authors could have made up.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from time import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MOST_BYTES: Final = 512 * 1024 * 1024
"""Beyond this, results that were not used for longest are forgotten."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID
"""
_BATCH = 500  # SQLite binds at least 999 parameters
_FRESHLY_USED = 24 * 3600  # seconds within which a use is not written down again


class KeptResults:
    """Bytes by key, in one SQLite file that processes share.

    Whatever is wrong with the file (unwritable folder, damage, another program's lock), the answer
    is that nothing was kept: results are only ever saved work.
    """

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._most_bytes = most_bytes

    def find(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys."""
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        if not wanted or not self._path.exists():
            return found
        with suppress(sqlite3.Error, OSError), closing(self._open()) as database:
            used: list[bytes] = []
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                marks = ",".join("?" * len(batch))
                rows = database.execute(
                    f"SELECT key, value, used FROM results WHERE key IN ({marks})",  # noqa: S608
                    batch,
                )
                for key, value, when in rows:
                    found[key] = value
                    if when < time() - _FRESHLY_USED:
                        used.append(key)
            _mark_used(database, used)
        return found

    def keep(self, results: Mapping[bytes, bytes]) -> None:
        """Keep these; what is there under the same key is replaced."""
        if not results:
            return
        with suppress(sqlite3.Error, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._write(results)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self._path.unlink()  # no database, or a damaged one
                self._write(results)

    def _write(self, results: Mapping[bytes, bytes]) -> None:
        with closing(self._open()) as database, database:
            database.execute(_SCHEMA)
            now = int(time())
            database.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                [(key, value, now) for key, value in results.items()],
            )
            self._forget_old(database)

    def _forget_old(self, database: sqlite3.Connection) -> None:
        pages, size, unused = (
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "page_size", "freelist_count")
        )
        if (pages - unused) * size > self._most_bytes:
            database.execute(
                "DELETE FROM results WHERE key IN "
                "(SELECT key FROM results ORDER BY used LIMIT (SELECT count(*) / 2 FROM results))"
            )

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=2)
        # A lost write is only work to be done again.
        database.execute("PRAGMA synchronous = OFF")
        return database


def _mark_used(database: sqlite3.Connection, keys: list[bytes]) -> None:
    with database:
        now = int(time())
        database.executemany(
            "UPDATE results SET used = ? WHERE key = ?", [(now, key) for key in keys]
        )
