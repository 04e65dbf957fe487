"""Decisions: what has to be decided, two or three ways to do it, and one of them with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import choose_from, choose_some, list_of, narrow
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.plan.forms import Choice, Option, Options, Topic, Topics
from headwater.steps.plan.wording import quote_duties, quote_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Decision
    from headwater.steps.plan.interview import Interview
    from headwater.steps.plan.packages import AllowedPackages, FindFacts
    from headwater.workspace.package_index import PackageFacts

MOST_DECISIONS = 3
_MOST_PACKAGES = 5
_STANDARD = Option(
    name="The standard library only",
    good="nothing to install, pin or audit",
    bad="more code of its own",
    package="",
)
_UNDECIDED = "Left undecided"
_NO_FACTS = "No facts on packages could be had."


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """An option, with what the package index says of the library that it needs."""

    option: Option
    facts: PackageFacts | None = None

    @property
    def unknown(self) -> bool:
        """Whether it needs a library that the index says nothing of."""
        return bool(self.option.package) and self.facts is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """One decision.

    Attributes:
        chosen: the place of the option taken, from 0.
        unknown: packages were weighed, and the index said nothing of one.
    """

    title: str
    context: str
    options: tuple[Weighed, ...]
    chosen: int
    rationale: str
    serves: tuple[str, ...]

    @property
    def unknown(self) -> bool:
        """Whether a package was weighed that nothing is known of."""
        return any(one.option.package and one.facts is None for one in self.options)

    @property
    def package(self) -> str:
        """The library that the chosen option needs; empty for none."""
        return self.options[self.chosen].option.package


@dataclass(kw_only=True, slots=True)
class Decider:
    """Asks for the decisions of one plan; at most so many packages are looked up in all."""

    functions: Sequence[str]
    research: Sequence[str]
    interview: Interview
    allowed: AllowedPackages
    find_facts: FindFacts
    lookups: int = _MOST_PACKAGES

    def decide(self, *, most: int = MOST_DECISIONS) -> list[Decided]:
        """Up to so many decisions; one that no model can argue for is left out."""
        if not most or not self.interview.duties:
            return []
        topics = self._ask_topics(most)
        decided = (self._decide(number, topic) for number, topic in enumerate(topics, 1))
        return [one for one in decided if one]

    def decide_again(self, decision: Decision) -> Decided | None:
        """A decision that was made before, of the same title; None where it stays as it is."""
        serves = [ref for ref in decision.serves if ref in self.interview.duties]
        if not serves:
            self.interview.remark(
                "Serves nothing that still holds, and is left to you", decision.id
            )
            return None
        topic = Topic.model_construct(title=decision.title, serves=serves)
        return self._decide(int(decision.id[1:]), topic)

    def _ask_topics(self, most: int) -> Sequence[Topic]:
        duties = self.interview.duties
        topic = narrow(Topic, serves=choose_some(duties, least=1, most=min(4, len(duties))))
        question = Question(
            template="plan/topics",
            values={
                "language": self._language,
                "functions": ", ".join(self.functions) or "none yet",
                "requirements": quote_duties(duties, duties),
                "research": quote_lines("research", [one[:200] for one in self.research[:6]]),
                "most": str(most),
            },
            kind=narrow(Topics, choices=list_of(topic, most=most)),
            about="choices",
            check=_find_repeated,
            tokens=260,
        )
        answer = self.interview.ask(
            question,
            otherwise="No model named the choices that matter; there are no decisions",
            about="",
        )
        return answer.choices if answer else []

    def _decide(self, number: int, topic: Topic) -> Decided | None:
        options = self._ask_options(number, topic)
        if options is None:
            return None
        admitted = self._admit(options.options)
        weighed = self._drop_unpinned([self._weigh(option) for option in admitted])
        if len(weighed) == 1:
            self.interview.remark("Only one way is allowed", topic.title)
            return None
        choice = self._ask_choice(number, topic, weighed)
        if choice is None:
            return None
        return Decided(
            title=topic.title,
            context=options.context,
            options=tuple(weighed),
            chosen=choice.option - 1,
            rationale=choice.rationale,
            serves=tuple(dict.fromkeys(topic.serves)),
        )

    def _ask_options(self, number: int, topic: Topic) -> Options | None:
        known = ", ".join(sorted(self.allowed.allowed or ()))
        packages = f"Libraries that may be used: {known or 'none'}." if self._is_closed else ""
        question = Question(
            template="plan/options",
            values={**self._describe(topic), "packages": packages},
            kind=Options,
            about=f"D{number}",
            check=lambda answer: _find_repeated_options(answer.options),
            tokens=400,
        )
        return self.interview.ask(question, otherwise=_UNDECIDED, about=topic.title)

    @property
    def _language(self) -> str:
        return self.interview.target.describe().language

    @property
    def _is_closed(self) -> bool:
        return self.allowed.allowed is not None

    def _admit(self, options: Sequence[Option]) -> list[Option]:
        """Options that the constitution allows; beside a library there is always none at all."""
        admitted = [one for one in options if not one.package or self.allowed.permits(one.package)]
        if len(admitted) < len(options):
            left = ", ".join(one.name for one in options if one not in admitted)
            self.interview.remark("Not weighed, since no article allows it", left)
        if all(one.package for one in admitted):
            admitted.append(_STANDARD)
        return admitted

    def _drop_unpinned(self, weighed: Sequence[Weighed]) -> list[Weighed]:
        """Without libraries whose version is unknown, where an article wants one exact version."""
        kept = [one for one in weighed if not (self.allowed.pinned and one.unknown)]
        if len(kept) < len(weighed):
            left = ", ".join(one.option.name for one in weighed if one.unknown)
            self.interview.remark("Not weighed, since no version of it is known to pin", left)
        return kept

    def _weigh(self, option: Option) -> Weighed:
        if not option.package or self.lookups <= 0:
            return Weighed(option=option)
        self.lookups -= 1
        return Weighed(option=option, facts=self.find_facts(option.package))

    def _ask_choice(self, number: int, topic: Topic, weighed: Sequence[Weighed]) -> Choice | None:
        lines = [
            f"{place}. {one.option.name}: good: {one.option.good}; bad: {one.option.bad}"
            for place, one in enumerate(weighed, 1)
        ]
        known = [str(one.facts) for one in weighed if one.facts]
        considered = any(one.option.package for one in weighed)
        facts = quote_lines("package-index", known) if known else _NO_FACTS if considered else ""
        question = Question(
            template="plan/choice",
            values={
                **self._describe(topic),
                "options": quote_lines("options", lines),
                "facts": facts,
            },
            kind=narrow(Choice, option=choose_from(range(1, len(weighed) + 1))),
            about=f"D{number}",
            tokens=160,
        )
        return self.interview.ask(question, otherwise=_UNDECIDED, about=topic.title)

    def _describe(self, topic: Topic) -> dict[str, str]:
        return {
            "language": self._language,
            "topic": quote_data("topic", topic.title),
            "requirements": quote_duties(topic.serves, self.interview.duties, words=120),
        }


def _find_repeated(answer: Topics) -> list[str]:
    titles = [one.title.casefold() for one in answer.choices]
    return ["the same choice is named twice"] if len(set(titles)) < len(titles) else []


def _find_repeated_options(options: Sequence[Option]) -> list[str]:
    names = [one.name.casefold() for one in options]
    return ["the same option is named twice"] if len(set(names)) < len(names) else []
