"""Fetches a model file over HTTP into a partial file, and goes on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from headwater.llm.interface import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TRIES = 5
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def download_file(url: str, *, partial: Path, size: int, progress: Callable[[int], None]) -> None:
    """Complete `partial` from `url`; it then holds `size` bytes, not yet verified.

    A cut connection is taken up again with a range request, a few times. `progress` gets the
    bytes that are there.

    Raises:
        ModelError: the address cannot be reached, refuses, or sends another amount of bytes. What
            was fetched stays in `partial` when it may be a beginning of the file.
    """
    failure = ""
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
        for _ in range(_TRIES):
            if _size(partial) >= size:
                return
            try:
                _fetch_rest(client, url, partial=partial, size=size, progress=progress)
            except httpx.TransportError as error:
                failure = str(error) or type(error).__name__
    if _size(partial) >= size:
        return
    raise ModelError(
        f"the download from {url} stopped at {_size(partial)} of {size} bytes"
        + (f": {failure}" if failure else ""),
        hint="Run the command again to go on from there, or set `model.mirror = true`.",
    )


def _fetch_rest(
    client: httpx.Client, url: str, *, partial: Path, size: int, progress: Callable[[int], None]
) -> None:
    start = _size(partial)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            partial.unlink()
            return
        _check_status(response, url)
        # A server that ignores the range, or answers another one, sends from the start or nonsense.
        resumed = response.headers.get("content-range", "").startswith(f"bytes {start}-")
        with partial.open("ab" if resumed else "wb") as file:
            done = start if resumed else 0
            for chunk in response.iter_raw():  # as they come: a cut loses nothing
                done += len(chunk)
                _check_size(done, url, partial=partial, size=size)
                file.write(chunk)
                progress(done)


def _check_status(response: httpx.Response, url: str) -> None:
    if response.status_code in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        return
    raise ModelError(
        f"{url} answered {response.status_code} {response.reason_phrase}",
        hint="Try again later, or set `model.mirror = true` to fetch the same bytes elsewhere.",
    )


def _check_size(done: int, url: str, *, partial: Path, size: int) -> None:
    if done <= size:
        return
    partial.unlink()
    raise ModelError(
        f"{url} sent more than the {size} bytes that the model has; it was thrown away",
        hint="Set `model.mirror = true`, or fetch the file by hand and point a server at it.",
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
