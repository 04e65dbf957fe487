"""Who declares which type and error, who sees to which requirement, and who depends on whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.order import find_cycles
from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import choose_from, choose_some, narrow
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.plan.forms import Duty, Placement
from headwater.steps.plan.wording import quote_duties, quote_lines, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.plan.interview import Interview
    from headwater.steps.plan.parts import Part
    from headwater.steps.plan.settle import Signatures
    from headwater.steps.plan.vocabulary import Vocabulary

_DUTY_WORDS = 120


def place_declarations(
    parts: list[Part], signatures: Signatures, *, vocabulary: Vocabulary
) -> list[Part]:
    """Give every type and error to one part; parts that need each other's become one.

    A type belongs to the first part that gives its values, else to the first that takes them.
    """
    for name in signatures.types:
        owner = _find_owner(name, parts, signatures, vocabulary)
        owner.types.append(name)
    for error, functions in signatures.errors.items():
        holders = [part for part in parts if set(functions) & set(part.functions)]
        typed = [
            part
            for part in parts
            for name in part.types
            if {name, *(one.name for one in signatures.types[name].methods)} & set(functions)
        ]
        [*holders, *typed, *parts][0].errors.append(error)
    return _merge_entangled(parts, signatures)


def place_duties(
    parts: Sequence[Part],
    *,
    vocabulary: Vocabulary,
    interview: Interview,
    before: Mapping[str, str],
) -> None:
    """Give every requirement and scenario to the parts whose rows it has, else to one that fits.

    What has no rows stays with the part that had it `before`, where that is there.
    """
    by_name = {part.name: part for part in parts}
    for part in parts:
        members = [vocabulary.operations[name] for name in part.functions]
        for name in part.types:
            used = vocabulary.types.get(name)
            members += [used.maker, *used.methods.values()] if used else []
        if part.command:
            part.refs |= vocabulary.commands[part.command].refs
        part.refs |= {ref: None for one in members for ref in one.refs}
    placed = {ref for part in parts for ref in part.refs}
    order = list(interview.duties)
    for ref in order:
        if ref not in placed:
            home = by_name.get(before.get(ref, "")) or _ask_place(ref, parts, interview)
            home.refs[ref] = None
    for part in parts:
        known = sorted((ref for ref in part.refs if ref in order), key=order.index)
        stories = [ref for ref in part.refs if ref not in order]
        part.refs = dict.fromkeys([*known, *stories])


def connect_parts(
    parts: Sequence[Part],
    signatures: Signatures,
    *,
    interview: Interview,
    staying: Mapping[str, Sequence[str]],
) -> None:
    """What each part does, which functions of others it calls, and so which parts it needs.

    A call that would lead back is left out: components do not depend on each other in a circle.

    Args:
        parts: with what they declare and see to.
        signatures: of what they declare.
        interview: who is asked.
        staying: parts that need what they needed before, of which nothing is asked.
    """
    owners = {name: part for part in parts for name in part.functions}
    needs = _find_needs(parts, signatures)
    for part in parts:
        part.needs = list(staying.get(part.name, needs[part.name]))
    for part in parts:
        if part.name in staying:
            continue
        others = [name for name, owner in owners.items() if owner is not part]
        part.does, calls = _ask_duty(part, others, interview)
        for name in calls:
            _add_call(part, name, owners[name], parts)
        if part.command and not part.needs:
            part.needs = [other.name for other in parts if not other.command]


def _add_call(part: Part, name: str, owner: Part, parts: Sequence[Part]) -> None:
    if owner.name not in part.needs:
        needs = {one.name: list(one.needs) for one in parts}
        needs[part.name].append(owner.name)
        if find_cycles(needs):
            return
        part.needs.append(owner.name)
    part.calls.append(name)


def _find_owner(
    name: str, parts: Sequence[Part], signatures: Signatures, vocabulary: Vocabulary
) -> Part:
    functions = signatures.functions
    for part in parts:
        if any(name in functions[one].result.names for one in part.functions):
            return part
    used = vocabulary.types.get(name)
    refs = set(used.maker.refs) if used else set()
    for part in parts:
        if name in part.list_used_types(signatures):
            return part
        if refs & {ref for one in part.functions for ref in vocabulary.operations[one].refs}:
            return part
    return parts[0]


def _merge_entangled(parts: list[Part], signatures: Signatures) -> list[Part]:
    while cycles := find_cycles(_find_needs(parts, signatures)):
        inside = set(cycles[0])
        first, *rest = [part for part in parts if part.name in inside]
        for part in rest:
            first.functions += part.functions
            first.types += part.types
            first.errors += part.errors
        parts = [part for part in parts if part not in rest]
    return parts


def _find_needs(parts: Sequence[Part], signatures: Signatures) -> dict[str, list[str]]:
    """Whose types and errors each part uses."""
    needs = {}
    for part in parts:
        used = part.list_used_types(signatures)
        raised = {error for error, by in signatures.errors.items() if set(by) & {*part.functions}}
        needs[part.name] = [
            other.name
            for other in parts
            if other is not part and (used & set(other.types) or raised & set(other.errors))
        ]
    return needs


def _ask_place(ref: str, parts: Sequence[Part], interview: Interview) -> Part:
    if len(parts) == 1:
        return parts[0]
    by_name = {part.name: part for part in parts}
    lines = [f"{part.name}: {', '.join(part.functions) or part.command}" for part in parts]
    question = Question(
        template="plan/place",
        values={
            "components": quote_lines("components", lines),
            "duty": quote_data("duty", shorten(interview.duties[ref], words=80)),
        },
        kind=narrow(Placement, component=choose_from(by_name)),
        about=ref,
        tokens=30,
    )
    last = parts[-1].name
    otherwise = f"No model placed what has no example, and {last} got it"
    answer = interview.ask(question, otherwise=otherwise, about=ref)
    return by_name[answer.component if answer else last]


def _ask_duty(part: Part, others: Sequence[str], interview: Interview) -> tuple[str, list[str]]:
    names = ", ".join([*part.functions, *([f"the command {part.command}"] if part.command else [])])
    fields: dict[str, object] = {"calls": choose_some(others, most=min(6, len(others)))}
    question = Question(
        template="plan/duty",
        values={
            "functions": names,
            "duties": quote_duties(part.refs, interview.duties, words=_DUTY_WORDS),
            "others": ", ".join(others) or "none",
        },
        kind=narrow(Duty, **fields) if others else Duty,
        about=part.name,
        check=lambda answer: (
            ["there are no other functions"] if answer.calls and not others else []
        ),
        tokens=160,
    )
    otherwise = "The responsibility only names requirements"
    answer = interview.ask(question, otherwise=otherwise, about=part.name)
    if answer is None:
        return f"See to {', '.join(part.refs)}.", []
    does = answer.does if answer.does.endswith((".", "!")) else f"{answer.does}."
    return does, list(dict.fromkeys(answer.calls))
