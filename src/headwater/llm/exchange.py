"""What one exchange with a provider ends in: an answer, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back, as it came. `cost` is in US dollars, None where no price is known."""

    text: str
    input_tokens: int
    output_tokens: int
    cost: Decimal | None
    truncated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """Why there is no answer.

    `passing` tells that the same request may succeed later; `wait` is the pause in seconds that
    the server asked for, 0 for none.
    """

    message: str
    hint: str
    passing: bool = False
    wait: float = 0.0
