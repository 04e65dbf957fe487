"""Checks for statements about how work is done: tests first, pinned versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.policies.proposals import Proposal
from headwater.policies.severities import give_severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.policies.statements import Statement

_POSITIVE = {
    "tests.before_code": r"\btests?\b.{0,40}\bbefore\b.{0,40}\b(?:code|implement\w*)|\btest-first\b"
    r"|\btest-driven\b|\bTDD\b",
    "dependencies.pinned": r"(?=.*\b(?:dependenc|librar|packages?\b))(?=.*\b(?:pinn?(?:ed)?\b"
    r"|exact versions?|lock ?files?))",
    "security.scan": r"\bstatic (?:security )?(?:code )?(?:analysis|scan\w*)|\bbandit\b|\bSAST\b"
    r"|\bsecurity scan\w*",
}
_NEGATIVE = {
    "secrets.forbidden": r"(?=.*\b(?:secrets?|passwords?|credentials?|(?:api|private)[- ]keys?"
    r"|tokens?)\b)(?=.*\b(?:source code|code|repositor\w+|committed|hard-?coded|version control))",
    "abstraction.needless": r"\b(?:needless|unnecessary|speculative|premature)\b.{0,30}\babstract"
    r"|\binterfaces? with (?:only )?one implementation",
}
_FILE = r"`?((?:[\w.-]+/)*(?:[A-Z][A-Z_]{3,}(?:\.(?:md|txt|rst))?|[\w-]+\.md))`?"
_HOLDING = (
    rf"(?i:\b(?:contain|have|include|provide|hold)s?\b)[^.]{{0,40}}?(?<![\w/])(?=[`\w]){_FILE}"
)
_LAYER = r"`?[\w/*]+(?:\.[\w/*]+)*`?"
_ORDER = (
    rf"(?i)layers?\b.{{0,60}}?:\s*(?P<order>{_LAYER}(?:\s*(?:,|→|->|>)\s*(?:and\s+)?{_LAYER})+)"
)


def propose_practices(statement: Statement) -> Iterator[Proposal]:
    """Checks that take no name and no number from the policy, and those on documents and layers."""
    if statement.is_fact or statement.libraries:
        return
    text, severity = statement.clause, give_severity(statement.demand.strength)
    practices = _NEGATIVE if statement.demand.negative else _POSITIVE
    for check, pattern in practices.items():
        if re.search(f"(?i){pattern}", text):
            yield Proposal(check=check, severity=severity)
    if statement.demand.negative:
        return
    paths = [match[1] for match in re.finditer(_HOLDING, text)]
    if paths:
        yield Proposal(check="documents.required", severity=severity, arguments={"paths": paths})
    order = re.search(_ORDER, text)
    if order:
        names = re.findall(r"[\w/*]+(?:\.[\w/*]+)*", re.sub(r"\band\b|->", ",", order["order"]))
        yield Proposal(check="layers", severity=severity, arguments={"layers": names})
