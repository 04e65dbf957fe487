"""What kind of thing each rule finds, in the terms of Spec Kit's own `analyze`."""

from __future__ import annotations

from enum import Enum
from typing import Final

from headwater.rules.articles.registry import RULES as ARTICLE_CHECKS
from headwater.spec.model import Severity


class Category(Enum):
    """The passes of an analysis, in the order in which they are shown."""

    CONSTITUTION = "constitution"
    INCONSISTENCY = "inconsistency"
    COVERAGE = "coverage gaps"
    UNDERSPECIFICATION = "underspecification"
    DUPLICATION = "duplication"
    AMBIGUITY = "ambiguity"


class Level(Enum):
    """How much a finding matters, in Spec Kit's words."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_RULES: Final = {
    Category.CONSTITUTION: (*("plan-breaks-article", "article-suspect", "needless-abstraction"),),
    Category.COVERAGE: (
        *("unimplemented-requirement", "component-without-requirement", "decision-serves-none"),
        *("task-traces-to-none", "orphan-contract", "requirement-without-example"),
        *("story-without-scenario", "ticked-without-file", "tests-after-code"),
    ),
    Category.DUPLICATION: (
        *("duplicate-requirement", "duplicate-example", "duplicate-label", "said-twice"),
        "document-too-long",
    ),
    Category.UNDERSPECIFICATION: (
        *("assumption-unsettled", "criterion-without-measure", "edge-case-unanswered"),
        *("empty-section", "item-without-id", "nfr-without-measure", "open-clarification"),
        *("overdue-clarification", "story-without-priority", "template-text"),
        *("too-many-clarifications", "unmeasured-slo", "placeholder-text", "scenario-shape"),
        *("component-without-file", "component-without-interface", "target-missing"),
        *("plan-missing", "spec-missing", "components-missing"),
    ),
    Category.AMBIGUITY: (
        *("and-or", "comparison-without-base", "double-negative", "ears-shape"),
        *("escape-clause", "not-atomic", "number-without-bound", "number-without-unit"),
        *("open-list", "passive-without-actor", "sentence-too-long", "target-code-in-spec"),
        *("unverifiable-word", "vague-pronoun", "vague-word", "weak-modal", "ambiguous-name"),
    ),
}
_CATEGORIES: Final = {code: category for category, codes in _RULES.items() for code in codes}
_WARNED: Final = {
    Category.CONSTITUTION: Level.HIGH,
    Category.INCONSISTENCY: Level.MEDIUM,
    Category.COVERAGE: Level.MEDIUM,
    Category.UNDERSPECIFICATION: Level.MEDIUM,
    Category.DUPLICATION: Level.LOW,
    Category.AMBIGUITY: Level.LOW,
}


def find_category(code: str) -> Category:
    """The pass that a finding belongs to; whatever else does not fit is an inconsistency."""
    if code in ARTICLE_CHECKS:
        return Category.CONSTITUTION
    return _CATEGORIES.get(code, Category.INCONSISTENCY)


def find_level(category: Category, severity: Severity) -> Level:
    """How much a finding matters: what breaks the constitution is critical."""
    if severity is Severity.WARNING:
        return _WARNED[category]
    return Level.CRITICAL if category is Category.CONSTITUTION else Level.HIGH
