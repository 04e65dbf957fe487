"""The embedded model as a client sees it: fetched, served and joined when it is first asked."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import socket
import sys
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Self

from headwater import __version__
from headwater.llm.endpoint import Endpoint
from headwater.llm.gateway import GatewayModel
from headwater.llm.interface import ModelError
from headwater.llm.join import ServerPlan, join_server
from headwater.llm.leases import is_served
from headwater.llm.pull import find_model, pull_model
from headwater.llm.settings import cache_folder, model_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from headwater.llm.catalog import CatalogEntry
    from headwater.llm.interface import ModelReply, ModelRequest
    from headwater.llm.pull import PullObserver
    from headwater.llm.settings import ModelSettings


class EmbeddedModel:
    """A model of the catalog on this machine; close it, or use `with`.

    Nothing happens before the first request: a build whose answers are all cached loads no model.
    Requests take turns, since the server has one slot. A server that died is started again, once
    a request.

    Args:
        name: as locks record it, `embedded:NAME`.
        plan: makes what is needed to start the server, such as fetching the model.
        timeout: seconds that one answer may take.
    """

    def __init__(self, name: str, *, plan: Callable[[], ServerPlan], timeout: float) -> None:
        self._name = name
        self._plan = plan
        self._timeout = timeout
        self._turn = Lock()
        self._open = ExitStack()
        self._gateway: GatewayModel | None = None
        self._folder: Path | None = None
        self._closed = False

    @property
    def name(self) -> str:
        """`embedded:NAME`."""
        return self._name

    def complete(self, request: ModelRequest) -> ModelReply:
        """Answer one request; see `Model.complete`."""
        with self._turn:
            try:
                return self._join().complete(request)
            except ModelError:
                if self._folder is None or is_served(self._folder):
                    raise
            self._leave()
            return self._join().complete(request)

    def close(self) -> None:
        """Give up the lease for good; the server ends when nobody needs it.

        A call under way in another thread fails at once.
        """
        self._closed = True
        if self._gateway is not None:
            self._gateway.close()
        with self._turn:
            self._leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _join(self) -> GatewayModel:
        if self._closed:
            raise ModelError(f"{self._name} was closed")
        if self._gateway is None:
            plan = self._plan()
            with ExitStack() as opening:
                state = opening.enter_context(join_server(plan))
                endpoint = Endpoint(
                    name=self._name,
                    model=state.model,
                    base_url=f"{state.url}/v1",
                    api_key=state.key,
                    continues=True,
                )
                gateway = GatewayModel(endpoint, timeout=self._timeout, retries=1)
                self._gateway = opening.enter_context(gateway)
                self._open = opening.pop_all()
            self._folder = plan.folder
        return self._gateway

    def _leave(self) -> None:
        self._gateway = self._folder = None
        self._open.close()


def open_embedded(
    entry: CatalogEntry, *, settings: ModelSettings, observer: PullObserver
) -> EmbeddedModel:
    """The catalog's model `entry`, fetched and served when it is first asked."""

    def plan() -> ServerPlan:
        return plan_server(entry, settings=settings, observer=observer)

    return EmbeddedModel(f"embedded:{entry.name}", plan=plan, timeout=settings.timeout)


def plan_server(
    entry: CatalogEntry, *, settings: ModelSettings, observer: PullObserver
) -> ServerPlan:
    """How to serve `entry`; the model is fetched when it is not there.

    Raises:
        ModelError: the extra `local` is not installed, or the model cannot be fetched.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise ModelError(
            "the embedded model needs xllamacpp, which is not installed",
            hint='Install it: python -m pip install "headwater[local]"',
        )
    folder = model_folder()
    model = find_model(entry, folder=folder) or pull_model(
        entry, folder=folder, mirror=settings.mirror, observer=observer
    )
    what = (
        *("--model", str(model), "--name", entry.name, "--context", str(settings.context)),
        *("--threads", str(settings.threads or _count_threads())),
    )
    digest = hashlib.sha256("\0".join((__version__, *what)).encode()).hexdigest()
    # A home shared by several machines has one folder for each: loopback ends at the machine.
    home = cache_folder() / "servers" / socket.gethostname() / f"{entry.name}-{digest[:12]}"
    start = (sys.executable, "-P", "-m", "headwater.llm.serve")
    return ServerPlan(
        folder=home,
        command=(*start, *what, "--idle", str(settings.idle)),
        start_timeout=settings.start_timeout,
    )


def _count_threads() -> int:
    """One thread for each processor that this process may use.

    A build on the embedded model runs one job at a time, so that asking and judging take turns and
    the processors are free while the model writes. docs/decisions/0010 has what other work costs.
    """
    return len(os.sched_getaffinity(0))
