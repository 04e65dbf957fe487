"""The statements of a plan and of a task list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.graph.statement import Statement, Topic
from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Component, Decision, Plan, TaskList

_LABEL = r"[ \t]*(?:[-*+][ \t]+)?\*\*"
_CHOICE = (
    rf"(?m)^{_LABEL}(?:Choice|Decision|Chosen)\*\*:[ \t]*"
    rf"(?P<choice>.+(?:\n(?!{_LABEL}|[ \t]*$).+)*)"
)


def state_plan(plan: Plan, *, feature: str) -> Iterator[Statement]:
    """What a plan says where Headwater knows what it is."""
    for name, value in plan.context.fields.items() if plan.context else ():
        yield Statement(
            topic=Topic.CONTEXT,
            key=name,
            text=normalise_prose(value),
            place=plan.context.place if plan.context else plan.source.place(0),
        )
    for decision in plan.decisions:
        yield from _state_decision(decision, feature)
    for component in plan.components:
        yield from _state_component(component, feature)


def state_tasks(tasks: TaskList, *, feature: str) -> Iterator[Statement]:
    """What a task list says; whether a task is done counts for nothing."""
    for task in tasks.tasks:
        ref = qualify(task.id, feature=feature)
        flags = f"[{task.story}] " if task.story else ""
        text = flags + normalise_prose(task.text)
        yield Statement(topic=Topic.TASK, ref=ref, text=text, place=task.place)


def _state_decision(decision: Decision, feature: str) -> Iterator[Statement]:
    """A choice is told apart from its reasons: a reversal is what matters most."""
    ref = qualify(decision.id, feature=feature)
    chosen = re.search(_CHOICE, decision.text)
    text = decision.text
    if chosen:
        text = text[: chosen.start()] + text[chosen.end() :]
        choice = normalise_prose(chosen["choice"])
        yield Statement(topic=Topic.CHOICE, ref=ref, text=choice, place=decision.place)
    text = f"{decision.title}\n\n{normalise_prose(text)}"
    yield Statement(topic=Topic.DECISION, ref=ref, text=text, place=decision.place)


def _state_component(component: Component, feature: str) -> Iterator[Statement]:
    ref, place = qualify(component.id, feature=feature), component.place
    needs = ", ".join(sorted(component.depends_on)) or "none"
    yield Statement(topic=Topic.DEPENDENCY, ref=ref, text=needs, place=place)
    interface = component.interface.strip()
    if interface:
        yield Statement(
            topic=Topic.INTERFACE, ref=ref, text=interface, place=component.interface_place
        )
    # The section without its interface: any field in it, known or not, may matter to a person.
    text = normalise_prose(component.text, without_code=component.interface)
    name = f"{component.name}\n\n{_without_needs(text)}"
    yield Statement(topic=Topic.COMPONENT, ref=ref, text=name, place=place)


def _without_needs(text: str) -> str:
    """The section's text without what is stated as a dependency already."""
    return re.sub(r"\s*\*\*Depends on\*\*:.*?(?=\s*\*\*[A-Z]|\n|\Z)", "", text)
