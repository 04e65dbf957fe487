"""`unmeasured-slo`: a YAML block under an NFR that is no OpenSLO objective of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_requirement, write_spec
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import REQUIREMENTS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Requirement, Source

_BLOCK = r"(?ms)^[ \t]*(?P<fence>```+|~~~+)[ \t]*ya?ml\b[^\n]*\n(?P<code>.*?)^[ \t]*(?P=fence)"
_LONGEST = 20_000
_METHODS = ("Occurrences", "Timeslices")


def find_unmeasured_slos(subject: FeatureSubject) -> Iterator[Finding]:
    """Every YAML block of an NFR that cannot be evaluated as its service level objective."""
    spec = subject.feature.spec
    for requirement in spec.requirements if spec else ():
        if spec and requirement.id.startswith("NFR") and not requirement.retired:
            yield from _judge_blocks(requirement, spec.source)


def _judge_blocks(requirement: Requirement, source: Source) -> Iterator[Finding]:
    start = requirement.span.start
    text = source.data[start : requirement.span.end].decode(errors="replace")
    for block in re.finditer(_BLOCK, text):
        fault = _find_fault(block["code"], requirement.id)
        if fault:
            yield Finding(
                place=source.place(start + len(text[: block.start("fence")].encode())),
                message=f"this block of {requirement.id} is no OpenSLO v1 SLO of it: {fault}",
                hint=f"Write `apiVersion: openslo/v1`, `kind: SLO`, `metadata.name: "
                f"{requirement.id.lower()}` and a `spec`.",
            )


def _find_fault(code: str, requirement_id: str) -> str:
    """What keeps the code from being this requirement's SLO; empty when nothing does."""
    if len(code) > _LONGEST:
        return f"expected at most {_LONGEST:,} characters"
    import yaml  # noqa: PLC0415 - slow to load, and few specs have such a block

    try:
        # An alias may stand for another many times over: a short text, and no end of reading it.
        events = yaml.parse(code, Loader=yaml.SafeLoader)
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            return "expected plain YAML, found an alias"
        value = yaml.safe_load(code)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return f"it cannot be read as YAML: {str(error).splitlines()[0]}"
    return _find_slo_fault(value, requirement_id)


def _find_slo_fault(value: object, requirement_id: str) -> str:
    if not isinstance(value, Mapping):
        return "expected keys and values"
    metadata, spec = value.get("metadata"), value.get("spec")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    if value.get("apiVersion") != "openslo/v1":
        return f"expected apiVersion openslo/v1, found {value.get('apiVersion')}"
    if value.get("kind") != "SLO":
        return f"expected kind SLO, found {value.get('kind')}"
    if str(name).lower() != requirement_id.lower():
        return f"expected metadata.name {requirement_id.lower()}, found {name}"
    return _find_spec_fault(spec) if isinstance(spec, Mapping) else "expected a spec"


def _find_spec_fault(spec: Mapping[str, object]) -> str:
    if not spec.get("indicator") and not spec.get("indicatorRef"):
        return "expected spec.indicator or spec.indicatorRef"
    if spec.get("budgetingMethod") not in _METHODS:
        return f"expected spec.budgetingMethod {' or '.join(_METHODS)}"
    objectives = spec.get("objectives")
    if not isinstance(objectives, list) or not objectives:
        return "expected spec.objectives"
    for objective in objectives:
        if not isinstance(objective, Mapping) or not {"target", "targetPercent"} & set(objective):
            return "expected target or targetPercent in each objective"
    return ""


def _measure(name: str) -> str:
    return write_spec(
        requirements=f"""{REQUIREMENTS}
- **NFR-001**: The ledger MUST answer 99 of 100 requests within 200 ms.

  ```yaml
  apiVersion: openslo/v1
  kind: SLO
  metadata:
    name: {name}
  spec:
    service: ledger
    indicatorRef: answers-in-time
    budgetingMethod: Occurrences
    objectives:
      - target: 0.99
  ```
"""
    )


RULE = Rule(
    name="unmeasured-slo",
    title="A YAML block under an NFR that is no objective of it",
    why="The block looks like a promise that somebody watches. Where its name or a key is wrong, "
    "no measurement is ever held against it.",
    source="OpenSLO v1, SLO; docs/design.md, section 4",
    severity=Severity.WARNING,
    bad={"spec.md": _measure("fast-answers")},
    good={"spec.md": _measure("nfr-001")},
    alone=(
        {
            "spec.md": write_spec(
                requirements=REQUIREMENTS
                + write_requirement(
                    "FR-002", "The ledger MUST read this:\n\n  ```yaml\n  currency: EUR\n  ```"
                )
            )
        },
        {"spec.md": _measure("NFR-001")},
    ),
    find_in_feature=find_unmeasured_slos,
)
