"""What a plan that is drafted again in part keeps of the draft before."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # defaults are made of it
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.spec.ref_lists import split_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from headwater.spec.model import Decision, Plan
    from headwater.steps.plan.parts import Part
    from headwater.steps.plan.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The part of a draft that stays; nothing where all of a plan is drafted.

    Attributes:
        sections: of decisions and components, by id, as they are written.
        names: of these components, by id.
        needs: names of the components that each of them depends on, by name.
        placed: requirement or scenario to the name of the component that implements it.
        missing: requirements and scenarios that no component implements.
        dependencies: libraries that the plan names and that no decision put in question.
        choosing: ids of decisions that chose one of these.
        reopened: decisions to be made again; their sections stay where that comes to nothing.
        is_partial: there is a draft before, of which only some is drafted again.
    """

    sections: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    placed: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    dependencies: tuple[str, ...] = ()
    choosing: tuple[str, ...] = ()
    reopened: tuple[Decision, ...] = ()
    is_partial: bool = False

    def find_settled(self, parts: Iterable[Part], vocabulary: Vocabulary) -> frozenset[str]:
        """The functions of parts that stay, so that no model is asked for their types again.

        Where a model has yet to say which part sees to what is missing, any may have to change.
        """
        shown = {ref for one in vocabulary.list_callables() for ref in one.refs}
        shown |= {ref for command in vocabulary.commands.values() for ref in command.refs}
        if not self.missing <= shown:
            return frozenset()
        known = set(self.names.values())
        return frozenset(
            name
            for part in parts
            for name in part.functions
            if part.name in known
            and not any(
                self.missing & vocabulary.operations[each].refs.keys() for each in part.functions
            )
        )

    def leave_out_others(self, parts: list[Part], *, known: Collection[str]) -> list[Part]:
        """The parts without new ones for what a person has planned beside the draft.

        Args:
            parts: with what they see to.
            known: names of the components of the draft before.
        """
        asked = self.missing | self.placed.keys()
        return [
            part
            for part in parts
            if not self.is_partial or part.name in known or not asked.isdisjoint(part.refs)
        ]

    def find_staying(self, parts: Iterable[Part]) -> frozenset[str]:
        """The names of the parts that nothing missing comes to, so that they stay as they are."""
        known = set(self.names.values())
        return frozenset(
            part.name for part in parts if part.name in known and self.missing.isdisjoint(part.refs)
        )

    def without(self, ids: Collection[str]) -> Kept:
        """What stays once it is known which decisions and components were drafted after all."""
        return replace(
            self,
            sections={one: text for one, text in self.sections.items() if one not in ids},
            names={one: name for one, name in self.names.items() if one not in ids},
        )


def keep_rest(plan: Plan, *, again: Collection[str], missing: Iterable[str]) -> Kept:
    """What stays of a plan.

    Args:
        plan: the draft before.
        again: ids of the decisions and components that are drafted again.
        missing: requirements and scenarios that no component implements.
    """
    components = [one for one in plan.components if one.id not in again]
    decisions = [one for one in plan.decisions if one.id not in again]
    reopened = tuple(one for one in plan.decisions if one.id in again)
    names = {one.id: one.name for one in plan.components}
    dependencies = tuple(_find_undisputed(plan, decisions, reopened))
    sections = [(one.id, one.span) for one in plan.decisions]
    sections += [(one.id, one.span) for one in components]
    return Kept(
        sections={name: plan.source.text(span) for name, span in sections},
        names={one.id: one.name for one in components},
        needs={one.name: [names[i] for i in one.depends_on if i in names] for one in components},
        placed={ref: one.name for one in plan.components for ref in one.implements},
        missing=frozenset(missing),
        dependencies=dependencies,
        choosing=tuple(one.id for one in decisions if _names_one(one.text, dependencies)),
        reopened=reopened,
        is_partial=True,
    )


def _find_undisputed(
    plan: Plan, decisions: Sequence[Decision], reopened: Sequence[Decision]
) -> Iterator[str]:
    """The libraries that the plan names, but for those that only reopened decisions speak of."""
    fields = plan.context.fields if plan.context else {}
    listed = next((value for name, value in fields.items() if "dependenc" in name.lower()), "")
    for name in split_list(listed):
        disputed = any(_names_one(one.text, [name]) for one in reopened)
        if not disputed or any(_names_one(one.text, [name]) for one in decisions):
            yield name


def _names_one(text: str, dependencies: Iterable[str]) -> bool:
    """Whether a text names one of these libraries, in any version."""
    packages = (re.split(r"[=<>~! \[]", one, maxsplit=1)[0] for one in dependencies)
    return any(re.search(rf"(?i)(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in packages)
