"""`nfr-without-measure`: a non-functional requirement that nobody can measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.completeness.thresholds import gives_threshold
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import REQUIREMENTS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_unmeasured_requirements(subject: FeatureSubject) -> Iterator[Finding]:
    """Every English NFR without a number, an absolute, a test or a fenced block."""
    english = {passage.id for passage in subject.passages if passage.english}
    for requirement in subject.feature.spec.requirements if subject.feature.spec else ():
        if not requirement.id.startswith("NFR") or requirement.retired:
            continue
        if requirement.id in english and not gives_threshold(requirement.text):
            yield Finding(
                place=requirement.place,
                message=f"{requirement.id} does not say how it is measured",
                hint="Give the number that it has to reach, or a `yaml` block with an OpenSLO SLO.",
            )


def _demand(text: str) -> str:
    return write_spec(requirements=f"{REQUIREMENTS}\n- **NFR-001**: {text}\n")


_SLO = """The ledger MUST stay in reach of clerks.

  ```yaml
  apiVersion: openslo/v1
  kind: SLO
  metadata:
    name: nfr-001
  spec:
    service: ledger
    indicatorRef: answers
    budgetingMethod: Occurrences
    objectives:
      - target: 0.99
  ```"""

RULE = Rule(
    name="nfr-without-measure",
    title="A non-functional requirement that nobody can measure",
    why="Neither a test nor the running program can tell whether it holds, so it never fails and "
    "never guides anybody.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.5 (verifiable); "
    "INCOSE Guide to Writing Requirements v4, R34",
    severity=Severity.WARNING,
    bad={"spec.md": _demand("The ledger MUST start in a blink.")},
    good={"spec.md": _demand("The ledger MUST start within 200 ms.")},
    alone=(
        {"spec.md": _demand(_SLO)},
        {"spec.md": _demand("The ledger MUST NOT write amounts into its log.")},
    ),
    find_in_feature=find_unmeasured_requirements,
)
