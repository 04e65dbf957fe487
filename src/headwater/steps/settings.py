"""What the deriving steps may spend, and how they search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchSettings:
    """Bounds of the search for one component, on one model of the ladder.

    Attributes:
        tokens: answer tokens that one component may cost before the search gives up.
        attempts: candidates that may be asked for, whatever they cost.
        answer_tokens: upper bound of one answer.
        held_out_retries: fresh samples after a candidate that fails held-out tests only.
        written_attempts: answers asked for to get one valid test from prose.
        large_diff: when a regenerated file passes and differs by more lines than this share of
            it, and by more than ten, one more update is asked for and the smaller difference wins;
            2 asks never.
        held_out_share: part of a feature's tests that implementing models never see.
    """

    tokens: int = 6000
    attempts: int = 32
    answer_tokens: int = 600
    held_out_retries: int = 2
    written_attempts: int = 6
    large_diff: float = 0.5
    held_out_share: float = 0.2
