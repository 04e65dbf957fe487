"""Which components a row of an example uses, and every name in it that cannot be right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.declarations import (
    NEUTRAL_ERRORS,
    find_wrong_argument,
    is_builtin_error,
    list_members,
)
from headwater.graph.facts import DeclaredKind
from headwater.graph.scope import suggest_names
from headwater.spec.examples import (
    ArrayOf,
    Attribute,
    Call,
    CallRow,
    Literal,
    Name,
    ObjectOf,
    Raises,
)
from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.facts import Declared
    from headwater.graph.scope import Owned, Scope
    from headwater.spec.examples import Expression, Row, RunRow
    from headwater.spec.model import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """What rows use: each component, with whether its derived code is run or only its types."""

    touches: Mapping[str, bool]
    problems: tuple[Problem, ...]


def resolve_calls(rows: Iterable[CallRow], *, scope: Scope) -> Resolved:
    """Resolve rows that run in order as one test; names bound by a row hold in later ones."""
    resolver = _Resolver(scope=scope)
    for row in rows:
        resolver.take_row(row)
    return Resolved(touches=resolver.touches, problems=tuple(resolver.problems))


def resolve_row(row: Row, *, scope: Scope) -> Resolved:
    """Resolve one row by itself."""
    if isinstance(row, CallRow):
        return resolve_calls([row], scope=scope)
    return resolve_runs([row], scope=scope)


def resolve_runs(rows: Iterable[RunRow], *, scope: Scope) -> Resolved:
    """Resolve the first word of every row to the component whose Command it is."""
    touches: dict[str, bool] = {}
    problems: list[Problem] = []
    for row in rows:
        word = row.words[0] if row.words else ""
        starts = scope.commands.get(word, ())
        if len(starts) == 1:
            touches[starts[0]] = True
        elif starts:
            problems.append(_report_ambiguous(word, starts, row.place))
        else:
            hint = suggest_names(word, scope.commands)
            problems.append(
                Problem(
                    code="unknown-command",
                    message=f"`{word}` is the **Command** of no component in the plan",
                    place=row.place,
                    hint=hint or f"Give a component `**Command**: {word} → …` in the plan.",
                )
            )
    return Resolved(touches=touches, problems=tuple(problems))


@dataclass(kw_only=True, slots=True)
class _Resolver:
    """Walks expressions. A visit returns the declared type of the value where it is known."""

    scope: Scope
    place: Place = field(init=False)
    bound: dict[str, Owned | None] = field(default_factory=dict)
    touches: dict[str, bool] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take_row(self, row: CallRow) -> None:
        self.place = row.place
        found = len(self.problems)
        kind = self._visit(row.expression)
        if isinstance(row.expected, Raises):
            self._take_error(row.expected.error)
        known = self.touches or self.bound or len(self.problems) > found
        if not known and self.scope.complete:
            self._report(
                "touches-nothing",
                "the row calls nothing that a component declares",
                "Call what the **Interface** of a component declares, or take the row out.",
            )
        if row.binds:
            self.bound[row.binds] = kind

    def _visit(self, expression: Expression) -> Owned | None:
        match expression:
            case Literal():
                return None
            case Name(name=name):
                return self.bound[name] if name in self.bound else self._find(name)
            case Attribute():
                return self._visit_attribute(expression)
            case ArrayOf(items=items):
                for item in items:
                    self._visit(item)
                return None
            case ObjectOf(items=pairs):
                for _, item in pairs:
                    self._visit(item)
                return None
            case Call():
                return self._visit_call(expression)

    def _visit_attribute(self, attribute: Attribute) -> Owned | None:
        of = attribute.of
        if isinstance(of, Name) and of.name not in self.bound and of.name in self.scope.local:
            return self._find(attribute.name, component=of.name)
        owner = self._visit(of)
        if owner is not None:
            self._check_member(owner, attribute.name)
        return None

    def _visit_call(self, call: Call) -> Owned | None:
        for argument in (*call.arguments, *(value for _, value in call.named)):
            self._visit(argument)
        function = call.function
        if isinstance(function, Attribute):
            owned = self._visit_attribute(function)
        elif function.name in self.bound and not call.component:
            return None
        else:
            owned = self._find(function.name, component=call.component)
        if owned is None:
            return None
        self._check_arguments(owned.declared, call)
        return owned if owned.declared.kind is DeclaredKind.TYPE else None

    def _find(self, name: str, *, component: str = "") -> Owned | None:
        """Look a name up and note that its component is touched."""
        found = self.scope.find_names(name, component=component)
        if len(found) == 1:
            self._touch(found[0])
            return found[0]
        if found:
            refs = [owned.component for owned in found]
            self.problems.append(_report_ambiguous(name, refs, self.place))
        elif component and component not in self.scope.local:
            self._report(
                "unknown-component",
                f"the plan has no component `{component}`",
                suggest_names(component, self.scope.local) or "Name a component of the plan: `C1`.",
            )
        elif self.scope.complete:
            self._report_unknown(name, component)
        return None

    def _take_error(self, name: str) -> None:
        found = self.scope.find_names(name)
        near = [owned for owned in found if owned.component in self.touches]
        if len(found) == 1 or near:
            self._touch((near or found)[0])
        elif found:
            refs = [owned.component for owned in found]
            self.problems.append(_report_ambiguous(name, refs, self.place))
        elif self.scope.complete and name not in NEUTRAL_ERRORS and not is_builtin_error(name):
            self._report(
                "unknown-error",
                f"`{name}` is no error that an interface declares, nor a neutral one",
                suggest_names(name, (*NEUTRAL_ERRORS, *self.scope.names))
                or f"Use a declared error or one of {', '.join(sorted(NEUTRAL_ERRORS))}.",
            )

    def _touch(self, owned: Owned) -> None:
        reached = owned.declared.reached and owned.declared.kind is not DeclaredKind.ERROR
        self.touches[owned.component] = self.touches.get(owned.component, False) or reached

    def _check_member(self, owner: Owned, name: str) -> None:
        members = list_members(owner, scope=self.scope)
        if members is not None and name not in members:
            self._report(
                "unknown-member",
                f"`{owner.declared.name}` declares no `{name}`",
                suggest_names(name, members) or "Declare it in the **Interface**.",
                certain=owner.declared.bases is not None,
            )

    def _check_arguments(self, declared: Declared, call: Call) -> None:
        wrong = find_wrong_argument(declared, call)
        if wrong:
            self._report(
                "wrong-arguments",
                wrong,
                f"It is declared as `{declared.name}({', '.join(declared.parameters)})`.",
                certain=declared.required is not None,
            )

    def _report_unknown(self, name: str, component: str) -> None:
        where = (
            f"component {component} does not declare it"
            if component
            else ("no interface declares it and no earlier row binds it")
        )
        self._report(
            "unknown-name",
            f"`{name}` is unknown: {where}",
            suggest_names(name, (*self.scope.names, *self.bound))
            or "Declare it in the **Interface** of a component.",
        )

    def _report(self, code: str, message: str, hint: str = "", *, certain: bool = True) -> None:
        severity = Severity.ERROR if certain else Severity.WARNING
        self.problems.append(
            Problem(code=code, message=message, place=self.place, hint=hint, severity=severity)
        )


def _report_ambiguous(name: str, components: Iterable[str], place: Place) -> Problem:
    refs = sorted(components)
    local = refs[0].rpartition("/")[2]
    return Problem(
        code="ambiguous-name",
        message=f"`{name}` is declared by {' and '.join(refs)}",
        place=place,
        hint=f"Say which one is meant: `{local}.{name}`.",
    )
