"""`criterion-without-measure`: a success criterion that nobody can measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.completeness.thresholds import gives_threshold
from headwater.rules.interface import Finding, Rule
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_unmeasured_criteria(subject: FeatureSubject) -> Iterator[Finding]:
    """Every English criterion without a number, an absolute or a test."""
    english = {
        passage.id
        for passage in subject.passages
        if passage.kind is IdKind.CRITERION and passage.english
    }
    for criterion in subject.feature.spec.criteria if subject.feature.spec else ():
        if criterion.id in english and not gives_threshold(criterion.text):
            yield Finding(
                place=criterion.place,
                message=f"{criterion.id} does not say what is measured",
                hint="Give a number with its unit, a share, or a check that passes or fails.",
            )


RULE = Rule(
    name="criterion-without-measure",
    title="A success criterion that nobody can measure",
    why="The feature is a success as soon as somebody calls it one.",
    source="GitHub Spec Kit's template for specs; ISO/IEC/IEEE 29148:2018, 5.2.5 (verifiable)",
    severity=Severity.WARNING,
    bad={"spec.md": write_spec(criterion="- **SC-001**: Clerks work with the ledger gladly.")},
    good={"spec.md": write_spec(criterion="- **SC-001**: 9 of 10 clerks use the ledger each day.")},
    alone=(
        {"spec.md": write_spec(criterion="- **SC-001**: No entry is lost when the power fails.")},
        {"spec.md": write_spec(criterion="- **SC-001**: The audit of the bank passes.")},
        {"spec.md": write_spec(criterion="- **SC-001**: Die Kasse stimmt am Abend.")},
    ),
    find_in_feature=find_unmeasured_criteria,
)
