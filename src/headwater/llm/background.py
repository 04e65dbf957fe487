"""An event loop in a thread of its own, for asynchronous clients behind synchronous calls."""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


class BackgroundLoop:
    """Runs coroutines for any number of threads; connections live as long as it does."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="model-calls", daemon=True)
        self._gate = Lock()
        self._closed = False
        self._thread.start()

    def run(self, coroutine: Coroutine[None, None, T]) -> T:
        """The coroutine's result. An interrupt in the calling thread cancels it and passes.

        Raises:
            CancelledError: the loop was closed before or meanwhile.
        """
        with self._gate:
            if self._closed:
                coroutine.close()
                raise CancelledError
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self, last: Coroutine[None, None, None]) -> None:
        """Cancel what runs, run `last`, and end the loop."""
        with self._gate:
            self._closed = True
        asyncio.run_coroutine_threadsafe(_end(last), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _end(last: Coroutine[None, None, None]) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await last
    await asyncio.get_running_loop().shutdown_asyncgens()
