"""What all questions about one idea share: the idea, what the repository knows, and the count."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Ledger
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.specify.numbers import list_known
from headwater.steps.specify.words import list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.drafting.drafter import Drafter
    from headwater.steps.specify.draft import DraftedRequirement
    from headwater.steps.specify.idea import Idea

# What keeps every prompt short enough for a small model.
_WHOLE_IDEA = 100  # words
_SHOWN_FACTS = 3
_SHOWN_REQUIREMENTS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something that the repository says already: where, and what."""

    source: str
    text: str


@dataclass(kw_only=True)
class Context:
    """One drafting.

    Attributes:
        idea: what is wanted.
        facts: what the repository says about it, the closest first.
        drafter: whom to ask.
        ledger: what the questions cost.
        notes: what a person should know, a sentence each.
    """

    idea: Idea
    facts: tuple[Fact, ...]
    drafter: Drafter
    ledger: Ledger = field(default_factory=Ledger)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def known_numbers(self) -> frozenset[str]:
        """The numbers that the idea or the repository gives."""
        return self.idea.numbers | list_known(fact.text for fact in self.facts)

    def show_idea(self, *, around: str = "") -> str:
        """The idea for a prompt; of a long one the sentences around `around`."""
        if len(self.idea.text.split()) <= _WHOLE_IDEA or not around:
            words = self.idea.text.split()
            text = self.idea.text if len(words) <= _WHOLE_IDEA else " ".join(words[:_WHOLE_IDEA])
            return quote_data("idea", text)
        sentences = self.idea.sentences
        at = sentences.index(around)
        nearby = dict.fromkeys((sentences[0], *sentences[max(at - 2, 0) : at + 2]))
        return quote_data("idea", "\n".join(nearby))

    def show_known(self, *, about: str = "") -> str:
        """What the repository says, for a prompt: the three facts that are closest to `about`."""
        wanted = list_stems(about)
        facts = sorted(self.facts, key=lambda fact: -len(wanted & list_stems(fact.text)))
        lines = [f"{fact.source}: {fact.text}" for fact in facts[:_SHOWN_FACTS]]
        return quote_data("existing", "\n".join(lines) or "nothing yet")


def show_requirements(requirements: Sequence[DraftedRequirement]) -> str:
    """Requirements for a prompt, one a line; of very many the first twelve."""
    lines = [f"{one.id}: {one.text}" for one in requirements[:_SHOWN_REQUIREMENTS]]
    return quote_data("requirements", "\n".join(lines))
