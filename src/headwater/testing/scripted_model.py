"""A model that answers from a script: the same requests give the same answers, and none is paid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from headwater.errors import UsageError
from headwater.llm.interface import ModelError, ModelReply, ModelRequest, Usage

if TYPE_CHECKING:
    from pathlib import Path

ScriptedAnswer = str | Exception | Callable[[ModelRequest], str]
"""A text, an error to raise, or a function that writes the text."""


class ScriptedModel:
    """Answers each request with the next entry of its script, and records every request.

    Args:
        answers: a sequence for all requests; or a mapping from purpose (`implement 001/C1`) to
            such a sequence, where the purpose `*` serves all that have none of their own.
        name: the model's name.

    A text is an answer as it is: it should begin with the request's prefill, and where it does
    not, the prefill is put before it, as a model does that continues a text.
    """

    def __init__(
        self,
        answers: Sequence[ScriptedAnswer] | Mapping[str, Sequence[ScriptedAnswer]],
        *,
        name: str = "scripted:model",
    ) -> None:
        scripts = answers if isinstance(answers, Mapping) else {_ANY: answers}
        self._scripts = {purpose: list(script) for purpose, script in scripts.items()}
        self._name = name
        self._lock = Lock()
        self._requests: list[ModelRequest] = []

    @property
    def name(self) -> str:
        """The name given to it."""
        return self._name

    @property
    def requests(self) -> tuple[ModelRequest, ...]:
        """Every request so far, in order, those that failed included."""
        with self._lock:
            return tuple(self._requests)

    @property
    def remaining(self) -> int:
        """Answers that nobody has asked for."""
        with self._lock:
            return sum(len(script) for script in self._scripts.values())

    def complete(self, request: ModelRequest) -> ModelReply:
        """The script's next answer to `request`, which costs a token every four characters.

        Raises:
            ModelError: the script has run dry.
            Exception: the script says so.
        """
        answer = self._take(request)
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else answer(request)
        if not text.startswith(request.prefill):
            text = request.prefill + text
        usage = Usage(
            calls=1,
            input_tokens=_count_tokens(request.system + request.prompt + request.prefill),
            output_tokens=_count_tokens(text),
        )
        return ModelReply(
            text=text, model=self._name, output_tokens=usage.output_tokens, usage=usage
        )

    def _take(self, request: ModelRequest) -> ScriptedAnswer:
        with self._lock:
            self._requests.append(request)
            key = request.purpose if request.purpose in self._scripts else _ANY
            script = self._scripts.get(key, [])
            if script:
                return script.pop(0)
            given = len(self._requests) - 1
        raise ModelError(
            f"the script has no answer left for `{request.purpose or 'a request'}` "
            f"({given} requests came before)",
            hint="Add an answer to the script, or see why one more request was made.",
        )


def load_scripted_model(path: Path) -> ScriptedModel:
    """The model that a JSON file scripts: a list of texts, or an object of such lists by purpose.

    An entry `{"error": "…"}` raises a `ModelError` with that message.

    Raises:
        UsageError: the file cannot be read or is something else.
    """
    try:
        content = _FILE.validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"the script {path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise UsageError(
            f"the script {path} should be a list of texts or an object of such lists: "
            f"{error.errors()[0]['msg']}",
        ) from error
    name = f"scripted:{path.name}"
    if isinstance(content, list):
        return ScriptedModel([_read_entry(entry) for entry in content], name=name)
    scripts = {key: [_read_entry(entry) for entry in script] for key, script in content.items()}
    return ScriptedModel(scripts, name=name)


_ANY = "*"

_Entry = str | dict[str, str]

_FILE: TypeAdapter[list[_Entry] | dict[str, list[_Entry]]] = TypeAdapter(
    list[_Entry] | dict[str, list[_Entry]]
)


def _read_entry(entry: _Entry) -> ScriptedAnswer:
    return entry if isinstance(entry, str) else ModelError(entry.get("error", "scripted error"))


def _count_tokens(text: str) -> int:
    return -(-len(text) // 4)
