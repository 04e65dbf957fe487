"""Which functions go into one component: as a model groups them, else by the requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import choose_some, list_of, narrow
from headwater.steps.plan.forms import Group, Grouping
from headwater.steps.plan.parts import Part
from headwater.steps.plan.wording import quote_duties, quote_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.steps.plan.interview import Interview
    from headwater.steps.plan.vocabulary import Operation, Vocabulary
    from headwater.targets.interface import Target

# Up to here one file is no burden, and a second one would be.
FEW = 3
_MOST = 8


def group_functions(
    vocabulary: Vocabulary, *, before: Mapping[str, str], name: str, interview: Interview
) -> list[Part]:
    """Components that together hold every function once, and one for each command.

    Args:
        vocabulary: what the spec names.
        before: function to component in the draft before: there it stays.
        name: of the only component of a small feature.
        interview: who is asked.
    """
    operations, target = vocabulary.operations, interview.target
    kept = {one: part for one, part in before.items() if one in operations}
    if kept:
        # A new component leaves those that are there as they are: nothing of them is stale.
        groups = _complete(operations, kept, alone=True)
    elif len(operations) <= FEW:
        some = bool(operations or vocabulary.types)
        groups = {_find_free_name(name, operations, target): list(operations)} if some else {}
    elif asked := _ask(operations, interview):
        groups = _complete(operations, asked, alone=False)
    else:
        groups = group_by_order(operations)
    order = list(operations)
    groups = dict(sorted(groups.items(), key=lambda item: [order.index(one) for one in item[1]]))
    parts = [Part(name=name, functions=functions) for name, functions in groups.items()]
    return [*parts, *_list_commands(vocabulary, {*groups, *operations}, target)]


def _list_commands(vocabulary: Vocabulary, taken: set[str], target: Target) -> Iterator[Part]:
    for word in vocabulary.commands:
        several = len(vocabulary.commands) > 1
        name = _find_free_name(f"{_make_name(word)}_cli" if several else "cli", taken, target)
        taken.add(name)
        yield Part(name=name, command=word)


def group_by_order(operations: Mapping[str, Operation]) -> dict[str, list[str]]:
    """Functions whose rows share a requirement go together; small groups join their neighbours."""
    groups: list[tuple[set[str], list[str]]] = []
    for operation in operations.values():
        refs, names = set(operation.refs), [operation.name]
        for other in [one for one in groups if one[0] & refs]:
            groups.remove(other)
            refs, names = refs | other[0], other[1] + names
        groups.append((refs, names))
    joined: list[list[str]] = []
    for _, names in sorted(groups, key=lambda group: list(operations).index(group[1][0])):
        if joined and len(joined[-1]) + len(names) <= FEW:
            joined[-1] += names
        else:
            joined.append(names)
    named: dict[str, list[str]] = {}
    for names in joined:
        named[_name_group(names[0], (*named, *operations))] = names
    return named


def _complete(
    operations: Mapping[str, Operation], homes: Mapping[str, str], *, alone: bool
) -> dict[str, list[str]]:
    """The groups that functions are at home in; one without a home joins one of its requirement.

    Where none shares a requirement, it is `alone`, or joins that of the function before it.
    """
    groups: dict[str, list[str]] = {}
    last = next(iter(homes.values()))
    for name, operation in operations.items():
        home = homes.get(name) or _find_related(operation, groups, operations)
        if not home:
            new = _name_group(name, (*groups, *homes.values(), *operations))
            home = new if alone else last
        groups.setdefault(home, []).append(name)
        last = home
    return groups


def _find_related(
    operation: Operation,
    groups: Mapping[str, list[str]],
    operations: Mapping[str, Operation],
) -> str:
    for home, names in groups.items():
        if any(operation.refs.keys() & operations[name].refs.keys() for name in names):
            return home
    return ""


def _ask(operations: Mapping[str, Operation], interview: Interview) -> dict[str, str]:
    """Function to file, of nearly all functions; empty where no model grouped them."""
    most = min(_MOST, (len(operations) + 1) // 2)

    def check(answer: Grouping) -> list[str]:
        return _find_faults(answer, operations, interview.target)

    group = narrow(Group, functions=choose_some(operations, least=1, most=len(operations)))
    refs = dict.fromkeys(ref for one in operations.values() for ref in one.refs)
    question = Question(
        template="plan/components",
        values={
            "functions": quote_lines(
                "functions", [f"{name}: {', '.join(one.refs)}" for name, one in operations.items()]
            ),
            "requirements": quote_duties(refs, interview.duties, words=160),
            "most": str(most),
        },
        kind=narrow(Grouping, components=list_of(group, least=1, most=most)),
        about="components",
        check=check,
        tokens=400,
    )
    otherwise = "No model grouped the functions; those that stand together in the spec share a file"
    answer = interview.ask(question, otherwise=otherwise, about="")
    homes: dict[str, str] = {}
    for one in answer.components if answer else ():
        for name in one.functions:
            homes.setdefault(name, one.name)
    return homes


def _find_faults(
    answer: Grouping, operations: Mapping[str, Operation], target: Target
) -> list[str]:
    placed = {name for one in answer.components for name in one.functions}
    names = [one.name for one in answer.components]
    missing = [name for name in operations if name not in placed]
    few = len(missing) * 3 <= len(operations)
    faults = [] if few else [f"these are in no file: {', '.join(missing)}"]
    faults += [f"two files are called {name}" for name in set(names) if names.count(name) > 1]
    faults += [f"no file can be called {name}" for name in names if not target.is_name(name)]
    return faults + [f"`{name}` is a function, not a file" for name in names if name in operations]


def _name_group(function: str, taken: Iterable[str]) -> str:
    """`parse_duration` → `duration`, counted where that is taken."""
    name = function.rpartition("_")[2]
    return _count_up(name if name != function else f"{name}_rules", taken)


def _find_free_name(name: str, taken: Iterable[str], target: Target) -> str:
    return _count_up(name if target.is_name(name) else "core", taken)


def _count_up(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    numbers = (f"{name}_{number}" for number in range(2, len(known) + 3))
    return next(one for one in (name, *numbers) if one not in known)


def _make_name(word: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in word.lower()).strip("_")
