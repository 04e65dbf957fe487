"""`licences.allowed`: under which licences dependencies may be, as their metadata says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import (
    Argument,
    ArgumentKind,
    Need,
    Rule,
    render_nothing,
)
from headwater.rules.articles.required import find_required, normalise_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Dependency, Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem

_TOKEN = re.compile(r"[()]|[^\s()]+")


def find_licences_not_allowed(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each package, named or brought along, under another licence or an unknown one."""
    for dependency in evidence.dependencies:
        if matches_glob(dependency.place.path, demand.check.scope):
            name = normalise_package(dependency.name)
            for way in ((name,), *find_required(name, evidence.packages)):
                yield from _judge(way, dependency, evidence, demand)


def _judge(
    way: tuple[str, ...], dependency: Dependency, evidence: Evidence, demand: Demand
) -> Iterator[Problem]:
    package = evidence.packages.get(way[-1])
    brought = f", which `{dependency.name}` brings along" if len(way) > 1 else ""
    if package is None or not package.licence:
        why = "it is not installed" if package is None else "its metadata names none that is known"
        yield demand.admit(
            "licence-unknown",
            f"the licence of `{way[-1]}`{brought} is not known: {why} ({dependency.place})",
            place=dependency.place,
            remedy="Look it up, and have a person decide.",
        )
    elif not is_allowed(package.licence, frozenset(demand.names("licenses"))):
        yield demand.report(
            "licence-not-allowed",
            f"does not allow the licence {package.licence} of `{way[-1]}`{brought}",
            place=dependency.place,
            remedy=f"Do without `{dependency.name}`, or have the licence added to the article",
        )


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Whether an SPDX expression (SPDX 2.3, annex D) can be met with the allowed licences alone.

    `OR` is a choice, `AND` asks for both and binds closer; `X WITH Y` is met where it is allowed
    as a whole, or where `X` is. Upper and lower case are the same. What cannot be read is not met.
    """
    tokens = _TOKEN.findall(expression)
    met, rest = _read_choice(tokens, frozenset(name.lower() for name in allowed))
    return met and not rest


def _read_choice(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    met, tokens = _read_all(tokens, allowed)
    while tokens and tokens[0].upper() == "OR":
        other, tokens = _read_all(tokens[1:], allowed)
        met = met or other
    return met, tokens


def _read_all(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    met, tokens = _read_one(tokens, allowed)
    while tokens and tokens[0].upper() == "AND":
        other, tokens = _read_one(tokens[1:], allowed)
        met = met and other
    return met, tokens


def _read_one(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    if not tokens:
        return False, []
    first, *rest = tokens
    if first == "(":
        met, rest = _read_choice(rest, allowed)
        return (met, rest[1:]) if rest[:1] == [")"] else (False, rest)
    if len(rest) > 1 and rest[0].upper() == "WITH":
        whole = f"{first} WITH {rest[1]}".lower()
        return not allowed.isdisjoint({whole, first.lower()}), rest[2:]
    return first.lower() in allowed, rest


RULE = Rule(
    name="licences.allowed",
    finds="a dependency, named or brought along, under another licence: of `A OR B` one must be "
    "allowed, of `A AND B` both; where a licence is not known, a warning says so",
    why="A licence binds whoever ships the program, and is seldom looked at before.",
    example="{check: licences.allowed, licenses: [MIT, Apache-2.0, BSD-3-Clause]}",
    arguments=(Argument(name="licenses", kind=ArgumentKind.NAMES, means="SPDX identifiers"),),
    needs=frozenset({Need.DEPENDENCIES, Need.PACKAGES}),
    find=find_licences_not_allowed,
    render=render_nothing,
)
