"""The one module that speaks to Pydantic AI. Importing it takes a second: import it late."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

import httpx2
from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UserError,
)
from pydantic_ai.messages import (
    ModelMessage,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    UserPromptPart,
)
from pydantic_ai.messages import (
    ModelRequest as RequestMessage,
)
from pydantic_ai.models import (
    ModelRequestParameters,
    create_async_httpx2_client,
    infer_model,
)
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers import infer_provider_class
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings as RequestSettings

from headwater.llm.exchange import Answer, Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from typing import Any

    from pydantic_ai.models import Model as PydanticModel
    from pydantic_ai.providers import Provider

    from headwater.llm.endpoint import Endpoint
    from headwater.llm.interface import ModelRequest


def connect(endpoint: Endpoint) -> Connection | Failure:
    """Open a connection; no request is sent yet.

    It fails when there is no such provider, or its key or its package is missing.
    """
    # Models that reason take no temperature; that they ignore it is no news to a user.
    warnings.filterwarnings("ignore", message="Sampling parameters", category=UserWarning)
    try:
        return Connection(endpoint)
    except (UserError, ValueError) as error:
        return Failure(
            message=str(error),
            hint="Check `model.name`, and that the provider's API key is set.",
        )
    except ImportError as error:
        provider = endpoint.model.partition(":")[0]
        return Failure(
            message=f"a package is not installed: {error}",
            hint=f'Install it: python -m pip install "pydantic-ai-slim[{provider}]"',
        )


class Connection:
    """One model through Pydantic AI. Belongs to one event loop."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client: httpx2.AsyncClient | None = None
        self._model = self._open_model()

    async def ask(self, request: ModelRequest, *, timeout: float) -> Answer | Failure:
        """Send one request, once."""
        try:
            response = await model_request(
                self._model,
                _write_messages(request, continues=self._endpoint.continues),
                model_settings=self._write_settings(request, timeout=timeout),
                model_request_parameters=self._write_parameters(request),
            )
            return self._read_answer(response)
        except (AgentRunError, UserError) as error:
            return _explain(error)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            # What the client's parser makes of an answer that is JSON but nothing like a reply.
            return _explain_nonsense(error)

    async def close(self) -> None:
        """Close what was opened."""
        await self._model.__aexit__(None, None, None)
        if self._client is not None:
            await self._client.aclose()

    def _open_model(self) -> PydanticModel:
        endpoint = self._endpoint
        if not endpoint.base_url:
            return infer_model(endpoint.model, self._open_provider)
        # A server on this machine is reached directly, whatever proxy the environment names.
        transport = httpx2.AsyncHTTPTransport(trust_env=False) if endpoint.local else None
        self._client = create_async_httpx2_client(transport=transport)
        provider = OpenAICompatibleProvider(
            "openai-compatible",
            base_url=endpoint.base_url,
            api_key=endpoint.api_key or None,
            http_client=self._client,
            profile=OpenAIModelProfile(
                openai_chat_supports_max_completion_tokens=False,
                supports_json_schema_output=True,
            ),
        )
        return OpenAIChatModel(endpoint.model, provider=provider)

    def _open_provider(self, name: str) -> Provider[Any]:
        # Every provider that takes a key takes it by this name; `Provider` itself declares none.
        provider: Callable[..., Provider[Any]] = infer_provider_class(name)
        return provider(api_key=self._endpoint.api_key) if self._endpoint.api_key else provider()

    def _write_settings(self, request: ModelRequest, *, timeout: float) -> RequestSettings:
        settings = RequestSettings(
            temperature=request.temperature,
            seed=request.seed,
            max_tokens=request.max_tokens,
            timeout=timeout,
            request_timeout=timeout,
            max_retries=0,  # the gateway's own retries are bounded and counted
        )
        if request.stop:
            settings["stop_sequences"] = list(request.stop)
        if self._endpoint.continues:
            settings["extra_body"] = {"cache_prompt": True}
        for name in self._model.unsupported_settings:
            settings.pop(name, None)
        return settings

    def _write_parameters(self, request: ModelRequest) -> ModelRequestParameters:
        """How the answer is to look: held to the schema where the server can do that."""
        if not request.schema:
            return ModelRequestParameters()
        held = self._model.profile.get("supports_json_schema_output", False)
        return ModelRequestParameters(
            output_mode="native" if held else "prompted",
            output_object=OutputObjectDefinition(
                json_schema=json.loads(request.schema), name="answer"
            ),
        )

    def _read_answer(self, response: ModelResponse) -> Answer:
        return Answer(
            text="".join(part.content for part in response.parts if isinstance(part, TextPart)),
            input_tokens=response.usage.input_tokens,
            output_tokens=response.usage.output_tokens,
            cost=None if self._endpoint.base_url else _find_cost(response),
            truncated=response.finish_reason == "length",
        )


def _write_messages(request: ModelRequest, *, continues: bool) -> list[ModelMessage]:
    parts: list[SystemPromptPart | UserPromptPart] = []
    if request.system:
        parts.append(SystemPromptPart(request.system))
    parts.append(UserPromptPart(request.prompt))
    messages: list[ModelMessage] = [RequestMessage(parts)]
    if request.prefill and continues:
        messages.append(ModelResponse([TextPart(request.prefill)]))
    return messages


def _find_cost(response: ModelResponse) -> Decimal | None:
    try:
        return response.cost().total_price
    except (LookupError, ValueError, AssertionError):
        return None


_LONGEST_BODY = 500

_NO_REPLY = "Check that the address is an OpenAI-compatible server's and ends in `/v1`."

_TOO_LONG = "The prompt is too long: split the component or its requirements."

_LLAMA_TOO_LONG = "exceed_context_size_error"

_PASSING = (ModelRateLimitError, ModelUnavailableError, ModelServerError)

_REMEDIES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (ModelAuthenticationError, "Check the API key and what it may use."),
    (ModelQuotaExceededError, "The account has no quota or credit left; choose another model."),
    (ModelNotFoundError, "Check the model's name and the address."),
    (ModelContextWindowExceededError, _TOO_LONG),
    (ModelRequestRejectedError, "The server refuses the request as it is; see its message."),
    ((ModelRequestTimeout, ModelTimeoutError), "Raise `model.timeout`, or use a faster model."),
    (ModelConnectionError, "Check that the server runs and that the address is right."),
    (_PASSING, "Try again later, or choose another model."),
    (UserError, "Check `model.name` and the provider's API key."),
)


def _explain(error: AgentRunError | UserError) -> Failure:
    # The parser of a strange answer says more than anyone wants to read after its first line.
    message = error.message.strip().partition("\n")[0]
    if isinstance(error, ModelHTTPError):
        message = f"the server answered {error.status_code}: {str(error.body)[:_LONGEST_BODY]}"
    return Failure(
        message=message,
        hint=_find_remedy(error),
        passing=_may_pass(error),
        wait=(error.retry_after or 0.0) if isinstance(error, ModelAPIError) else 0.0,
    )


def _find_remedy(error: AgentRunError | UserError) -> str:
    if isinstance(error, ModelAPIError) and error.provider_error_type == _LLAMA_TOO_LONG:
        return _TOO_LONG
    return next((text for kinds, text in _REMEDIES if isinstance(error, kinds)), _NO_REPLY)


def _may_pass(error: Exception) -> bool:
    if isinstance(error, ModelTimeoutError):
        return error.phase in ("connect", "pool")
    if isinstance(error, (*_PASSING, ModelConnectionError)):
        return True
    return isinstance(error, ModelHTTPError) and (
        error.status_code == httpx2.codes.TOO_MANY_REQUESTS
        or error.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR
    )


def _explain_nonsense(error: Exception) -> Failure:
    message = f"what came back is no model's reply: {type(error).__name__}: {error}"
    return Failure(message=message, hint=_NO_REPLY)
