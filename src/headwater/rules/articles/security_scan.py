"""`security.scan`: what is unsafe whatever the program is for, by own rules and by a scanner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_security_faults(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each line that an own rule finds, and for each other one that the scanner does."""
    found: set[Place] = set()
    for facts in evidence.list_judged(demand.check):
        for risk in facts.risks:
            place = Place(path=facts.path, line=risk.line)
            found.add(place)
            yield demand.report(
                "security-risk",
                f"wants safe code; this {risk.kind.value}: `{risk.what}`",
                place=place,
                remedy="Do it another way",
            )
    yield from _report_scan(evidence, demand, known=found)


def _report_scan(evidence: Evidence, demand: Demand, *, known: set[Place]) -> Iterator[Problem]:
    """What only the scanner finds; one line is told once."""
    scan = evidence.scan
    if scan is None:
        return
    if scan.skipped:
        yield demand.admit(
            "scanner-not-run",
            f"{scan.scanner} was not run, and only headwater's own rules were: {scan.skipped}",
            place=demand.check.place,
            remedy="`pip install headwater[security]` installs it.",
        )
    for found in scan.findings:
        if found.place not in known and evidence.is_judged(found.place.path, demand.check):
            yield demand.report(
                "security-risk",
                f"wants safe code; {scan.scanner} says {found.code}: {found.message}",
                place=found.place,
                remedy="Do it another way",
            )


def _render(_: Demand) -> str:
    return (
        "start no shell, run no text as code, unpickle nothing, use no MD5 or SHA-1, verify TLS, "
        "and never put values into SQL text"
    )


RULE = Rule(
    name="security.scan",
    finds="shells, `eval`, `pickle` and unsafe YAML, broken hashes, TLS that is not verified, SQL "
    "put together from values; and what bandit finds, where it is installed (else a warning)",
    why="These are the faults that attackers look for first, and that tests do not show.",
    example='{check: security.scan, scope: "src/**"}',
    arguments=(HANDWRITTEN,),
    needs=frozenset({Need.CODE, Need.SCAN}),
    find=find_security_faults,
    render=_render,
)
