"""Any model behind one address: a provider's by name, or an OpenAI-compatible server's."""

from __future__ import annotations

import time
from concurrent.futures import CancelledError
from threading import Lock
from typing import TYPE_CHECKING, Self

from headwater.llm.background import BackgroundLoop
from headwater.llm.exchange import Answer, Failure
from headwater.llm.interface import EmptyAnswerError, ModelError, ModelReply, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.llm.endpoint import Endpoint
    from headwater.llm.interface import ModelRequest
    from headwater.llm.provider import Connection

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0


class GatewayModel:
    """A model reached over the network. Opened at the first call; close it, or use `with`.

    Args:
        endpoint: which model, and where.
        timeout: seconds that one attempt may take.
        retries: attempts after the first when a failure may pass: 429, 5xx, no connection.
        clock: seconds, rising.
        sleep: waits between attempts, in seconds; longer each time, as the server asks if it does.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        timeout: float = 600.0,
        retries: int = 4,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._timeout = timeout
        self._retries = retries
        self._clock = clock
        self._sleep = sleep
        self._opening = Lock()
        self._closed = False
        self._loop: BackgroundLoop | None = None
        self._connection: Connection | None = None

    @property
    def name(self) -> str:
        """`provider:model` or `address#model`."""
        return self._endpoint.name

    def complete(self, request: ModelRequest) -> ModelReply:
        """Answer one request; see `Model.complete`.

        The answer is cut at the first stop sequence also where the provider has none. Its cost is
        known for providers with public prices (genai-prices).
        """
        started = self._clock()
        answer = self._ask(request)
        prefill = request.prefill if self._endpoint.continues else ""
        # llama.cpp repeats the prefill before the continuation; others send the latter alone.
        whole = answer.text.removeprefix(prefill)
        text = _cut(whole, stop=request.stop)
        if not text.strip():
            raise EmptyAnswerError(
                f"{self.name} answered nothing{_purpose(request)}",
                hint="Try another seed or model, or raise the bound on the answer's length.",
            )
        usage = Usage(
            calls=1,
            input_tokens=answer.input_tokens,
            output_tokens=answer.output_tokens,
            seconds=self._clock() - started,
            cost=answer.cost,
        )
        return ModelReply(
            text=prefill + text,
            model=self.name,
            output_tokens=answer.output_tokens,
            usage=usage,
            truncated=answer.truncated and text == whole,
        )

    def close(self) -> None:
        """Close connections for good; calls under way in other threads fail at once."""
        with self._opening:
            self._closed = True
            loop, connection = self._loop, self._connection
            self._loop = self._connection = None
        if loop is not None and connection is not None:
            loop.close(connection.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: ModelRequest) -> Answer:
        attempt = 0
        while True:
            loop, connection = self._open()
            try:
                outcome = loop.run(connection.ask(request, timeout=self._timeout))
            except CancelledError:
                raise self._say_closed() from None
            if isinstance(outcome, Answer):
                return outcome
            if not outcome.passing or attempt == self._retries:
                tries = f" ({attempt + 1} attempts)" if attempt else ""
                raise ModelError(
                    f"{self.name} gave no answer{_purpose(request)}{tries}: {outcome.message}",
                    hint=outcome.hint,
                )
            self._sleep(_pause(attempt, outcome))
            attempt += 1

    def _open(self) -> tuple[BackgroundLoop, Connection]:
        # Imported here for start-up cost: Pydantic AI takes a second.
        from headwater.llm.provider import connect  # noqa: PLC0415

        with self._opening:
            if self._closed:
                raise self._say_closed()
            if self._loop is None or self._connection is None:
                connection = connect(self._endpoint)
                if isinstance(connection, Failure):
                    raise ModelError(
                        f"the model {self.name} cannot be opened: {connection.message}",
                        hint=connection.hint,
                    )
                self._connection = connection
                self._loop = BackgroundLoop()
            return self._loop, self._connection

    def _say_closed(self) -> ModelError:
        return ModelError(f"the connection to {self.name} was closed")


def _pause(attempt: int, failure: Failure) -> float:
    return min(max(_FIRST_PAUSE * (1 << attempt), failure.wait), _LONGEST_PAUSE)


def _cut(text: str, *, stop: tuple[str, ...]) -> str:
    ends = [found for mark in stop if (found := text.find(mark)) >= 0]
    return text[: min(ends, default=len(text))]


def _purpose(request: ModelRequest) -> str:
    return f" to `{request.purpose}`" if request.purpose else ""
