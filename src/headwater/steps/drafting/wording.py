"""What the rules about wording say of one drafted sentence, before it is in any document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.apply_rules import find_in_feature
from headwater.rules.registry import RULES
from headwater.rules.settings import RuleSettings
from headwater.spec.model import Feature, Source
from headwater.spec.read_spec import read_spec

if TYPE_CHECKING:
    from collections.abc import Sequence

_JUDGING = (
    "and-or",
    "comparison-without-base",
    "double-negative",
    "ears-shape",
    "escape-clause",
    "not-atomic",
    "number-without-bound",
    "number-without-unit",
    "open-list",
    "placeholder-text",
    "sentence-too-long",
    "target-code-in-spec",
    "unverifiable-word",
    "vague-pronoun",
    "vague-word",
    "weak-modal",
)


def judge_wording(text: str) -> Sequence[str]:
    """What is unclear in a requirement's text; each as a sentence with its remedy."""
    document = f"# Feature Specification: Draft\n\n## Requirements\n\n- **FR-001**: {text}\n"
    spec = read_spec(Source(path="spec.md", data=document.encode()))
    feature = Feature(number="001", slug="draft", folder="specs/001-draft", spec=spec)
    rules = [RULES[name] for name in _JUDGING]
    found = find_in_feature(feature, rules=rules, settings=RuleSettings())
    return [f"{problem.message} ({problem.hint})" for problem in found]
