"""`edge-case-unanswered`: a question about an edge case, without its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_QUESTION_MARKS = ("?", "？", "؟")
_SIGNS = " \t\n*_\"')”»"


def find_unanswered_edge_cases(subject: FeatureSubject) -> Iterator[Finding]:
    """Every edge case that ends with a question mark, in any language."""
    for case in subject.feature.spec.edge_cases if subject.feature.spec else ():
        if case.text.rstrip(_SIGNS).endswith(_QUESTION_MARKS):
            yield Finding(
                place=case.place,
                message="this edge case is a question without an answer",
                hint="Write behind it what happens then, or make it a requirement.",
            )


def _ask(text: str) -> str:
    return write_spec(more=f"## Edge Cases\n\n- {text}\n")


RULE = Rule(
    name="edge-case-unanswered",
    title="A question about an edge case, without its answer",
    why="Spec Kit's template asks these questions of the author. Left as they are, they are "
    "answered by whoever writes the code, each time differently.",
    source="GitHub Spec Kit's template for specs",
    severity=Severity.WARNING,
    bad={"spec.md": _ask("What happens when an account is empty?")},
    good={"spec.md": _ask("What happens when an account is empty? The ledger answers 0.")},
    alone=(
        {"spec.md": _ask("An empty account (is it one?) has the balance 0.")},
        {"spec.md": _ask("**Empty account?** The ledger answers 0.")},
    ),
    find_in_feature=find_unanswered_edge_cases,
)
