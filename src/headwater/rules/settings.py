"""How rules are set: their severity, the documents that they look at, and their bounds."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # settings are read by their types
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["off", "warning", "error"]


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSettings:
    """The table `[rules]` of `headwater.toml`.

    Attributes:
        severity: `{vague-word = "off"}`: a level by rule, in place of the rule's own.
        scope: `{vague-word = ["specs/0*/**"]}`: globs of the documents that a rule looks at.
        clarifications: open clarifications that one spec may have.
        sentence_words: words that one sentence of a requirement may have.
        duplicate_similarity: share of common word pairs, from 0 to 1, from which two requirements
            say the same, or a plan repeats its spec.
        example_strength: share of small changes to the code, from 0 to 1, that the examples of a
            requirement have to notice, where that was measured.
        spec_words: words that one specification may have.
        plan_words: words that one plan may have.
        tasks_words: words that one task list may have.
        constitution_words: words that the constitution may have.
    """

    severity: Mapping[str, Level] = field(default_factory=dict)
    scope: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clarifications: int = 3
    sentence_words: int = 40
    duplicate_similarity: float = 0.8
    # Some changes make no difference at all, and nobody can tell those by a row: with three or
    # four of ten such, sound examples are still above this.
    example_strength: float = 0.6
    # Twice what the planning steps may draft: a person may have more to say.
    spec_words: int = 1800
    plan_words: int = 1800
    tasks_words: int = 1000
    constitution_words: int = 3000
