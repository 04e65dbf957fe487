"""The names that a feature's examples may use, and which component declares each."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.facts import CodeInterface, Declared
    from headwater.graph.index import Index


@dataclass(frozen=True, kw_only=True, slots=True)
class Owned:
    """A declared name with the component that declares it."""

    component: str
    declared: Declared


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Names in reach of one feature.

    Attributes:
        order: components in plan order, those of other features after the feature's own.
        local: component ids as written (`C1`, and `002/C1` for another feature's) to refs.
        names: each name to all who declare it; the feature's own hide those of others.
        commands: first words of Run rows to the components that they start.
        complete: every interface was read without error; otherwise a missing name proves nothing.
    """

    order: Mapping[str, int]
    local: Mapping[str, str]
    names: Mapping[str, tuple[Owned, ...]]
    commands: Mapping[str, tuple[str, ...]]
    complete: bool

    def find_names(self, name: str, *, component: str = "") -> tuple[Owned, ...]:
        """Who declares `name`; only `component` (`C2`, as written) is asked when it is given."""
        found = self.names.get(name, ())
        if not component:
            return found
        return tuple(owned for owned in found if owned.component == self.local.get(component))


def read_scope(feature: str, *, index: Index, interfaces: Mapping[str, CodeInterface]) -> Scope:
    """The scope of the feature with this number: its components and those they depend on."""
    own = list(index.plans.get(feature, ()))
    needed = dict.fromkeys(ref for component in own for ref in index.dependencies[component])
    foreign = [ref for ref in needed if ref in index.components and ref not in own]
    reach = [*own, *foreign]
    names = _gather_names(foreign, interfaces) | _gather_names(own, interfaces)
    commands: dict[str, tuple[str, ...]] = {}
    for ref in reach:
        for word in index.components[ref].commands:
            commands[word] = (*commands.get(word, ()), ref)
    return Scope(
        order={ref: number for number, ref in enumerate(reach)},
        local={ref: ref for ref in reach} | {ref.rpartition("/")[2]: ref for ref in own},
        names=names,
        commands=commands,
        complete=all(_was_read(interfaces.get(ref)) for ref in reach),
    )


def suggest_names(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest known names, or empty when none is near."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(f'`{candidate}`' for candidate in near)}?" if near else ""


def _gather_names(
    components: Sequence[str], interfaces: Mapping[str, CodeInterface]
) -> dict[str, tuple[Owned, ...]]:
    names: dict[str, tuple[Owned, ...]] = {}
    for ref in components:
        interface = interfaces.get(ref)
        for declared in interface.names if interface else ():
            owned = Owned(component=ref, declared=declared)
            names[declared.name] = (*names.get(declared.name, ()), owned)
    return names


def _was_read(interface: CodeInterface | None) -> bool:
    return interface is not None and not any(
        problem.severity is Severity.ERROR for problem in interface.problems
    )
