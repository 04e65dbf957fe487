"""What is asked of a repository while something is found out, so that it can be asked again.

Whatever follows from the answers alone still holds where every answer is the same as it was: the
same program that got the same answers asks the same next question, and comes to the same end
(a "constructive trace": Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", 2018). All
that this package reads of a work tree or of git is asked through `observe`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import NamedTuple, TypeVar

from headwater.errors import HeadwaterError

T = TypeVar("T")


class Asked(Enum):
    """What a question is about; `ask_again` knows how each is answered."""

    DOCUMENTS = "documents"
    CONTENT = "content"
    DIGESTS = "digests"
    EXISTING = "existing"
    FOLDERS = "folders"
    REGULAR = "regular"
    GIT = "git"
    PACKAGE = "package"


class Question(NamedTuple):
    """One question about the files below a folder, to git in it, or about what is installed."""

    asked: Asked
    folder: str
    details: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class Observations:
    """Questions in their order, each with a digest of its answer.

    `complete` is False where the result follows from something that cannot be asked again, or from
    something that changed meanwhile.
    """

    answers: dict[Question, str] = field(default_factory=dict)
    complete: bool = True

    def note(self, question: Question, digest: str) -> None:
        """Note an answer; one that changes while it is being used can be relied on by nobody."""
        if self.answers.setdefault(question, digest) != digest:
            self.complete = False


@contextmanager
def note_observations() -> Iterator[Observations]:
    """Note all that this thread asks in the meantime."""
    observations = Observations()
    token = _OBSERVATIONS.set(observations)
    try:
        yield observations
    finally:
        _OBSERVATIONS.reset(token)


def observe(question: Question, ask: Callable[[], T]) -> T:
    """The answer, noted where anyone wants to know; a refusal is an answer too."""
    observations = _OBSERVATIONS.get()
    if observations is None:
        return ask()
    try:
        answer = ask()
    except HeadwaterError as refusal:
        observations.note(question, digest_refusal(refusal))
        raise
    except BaseException:
        observations.complete = False
        raise
    observations.note(question, digest_answer(answer))
    return answer


def observe_beyond() -> None:
    """Note that the result follows from what cannot be asked again, such as what a tool found."""
    observations = _OBSERVATIONS.get()
    if observations is not None:
        observations.complete = False


def digest_answer(answer: object) -> str:
    """The same for the same answer: bytes, or texts and numbers in collections."""
    if isinstance(answer, bytes):
        return sha256(answer).hexdigest()
    ordered = sorted(answer) if isinstance(answer, Set) else answer
    return sha256(f"as text: {ordered!r}".encode(errors="surrogatepass")).hexdigest()


def digest_refusal(refusal: HeadwaterError) -> str:
    """The same for a refusal of the same kind in the same words."""
    return digest_answer(("refused", type(refusal).__name__, refusal.message, refusal.hint))


_OBSERVATIONS: ContextVar[Observations | None] = ContextVar("observations", default=None)
