"""What builds, approvals and reviews may do, as their user set it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["constitution", "spec", "plan", "tasks"]
"""The documents that can be approved."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildSettings:
    """How `build` runs.

    Attributes:
        workers: components derived side by side; 0 means one a processor.
        frozen: build from lock and cache alone, and fail rather than call a model.
        confirm_above: a person at a terminal is asked first when more components than this would
            be regenerated; 0 means never.
        mutation: measure afterwards how strong the examples of what is verified are.
        mutants: small changes to one component that are tried at most.
        more_examples: measure, and propose rows where examples are weaker than
            `rules.example_strength`.
        require_approval: documents whose approval must hold before anything is derived from them.
        block_suspect: nothing is derived while a component of the feature is suspect.
    """

    workers: int = 0
    frozen: bool = False
    confirm_above: int = 20
    mutation: bool = False
    mutants: int = 60
    more_examples: bool = False
    require_approval: tuple[DocumentKind, ...] = ()
    block_suspect: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ApproveSettings:
    """Who may approve.

    Attributes:
        not_author: nobody approves a document that they changed last themselves.
    """

    not_author: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewSettings:
    """What a review comes to.

    Attributes:
        block: an article that a model judges violated gives exit code 1.
        findings: what a model may find in one feature at most, beside what is found without one.
    """

    block: bool = False
    findings: int = 5
