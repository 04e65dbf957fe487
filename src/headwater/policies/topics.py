"""What a statement is about: one topic of a fixed list, told by its words and its headings."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Topic(Enum):
    """The topics; each becomes one article, with the value as its title."""

    SECRETS = "Secrets"
    DEPENDENCIES = "Dependencies"
    LICENCES = "Licences"
    SECURITY = "Security"
    PRIVACY = "Privacy"
    TESTING = "Testing"
    SIMPLICITY = "Simplicity"
    TYPING = "Types"
    ERRORS = "Errors"
    LOGGING = "Logging"
    PERFORMANCE = "Performance"
    ACCESSIBILITY = "Accessibility"
    ARCHITECTURE = "Architecture"
    STYLE = "Style"
    DOCUMENTATION = "Documentation"
    REVIEW = "Review"
    DEPLOYMENT = "Deployment"
    GENERAL = "General Rules"


_WORDS = {
    Topic.SECRETS: r"secrets?|credentials?|passwords?|api[- ]keys?|private keys?|tokens?"
    r"|hard-?coded|vault|passphrases?",
    Topic.DEPENDENCIES: r"dependenc(?:y|ies)|librar(?:y|ies)|packages?|third[- ]party|pinned|pin"
    r"|lock ?files?|imports?|imported|modules? (?:may|must|is|are)|open[- ]source components?",
    Topic.LICENCES: r"licen[cs]e[sd]?|copyleft|gpl|mit|apache(?:-2\.0)?|bsd|spdx",
    Topic.SECURITY: r"security|secure|encrypt\w*|tls|https|vulnerab\w*|attack\w*|injection|hash\w*"
    r"|authenticat\w*|authori[sz]\w*|access control|sanitis\w*|sanitiz\w*|validat\w*|untrusted"
    r"|eval|exec|pickle|cryptograph\w*|static analysis|penetration|sql|shell|input",
    Topic.PRIVACY: r"personal(?:ly)?|privacy|gdpr|data subjects?|consent|retain\w*|retention|pii"
    r"|anonymi[sz]\w*|erasure",
    Topic.TESTING: r"tests?|tested|testing|test-first|coverage|tdd|unit tests?|regression",
    Topic.SIMPLICITY: r"complex(?:ity)?|cyclomatic|abstractions?|simpl\w+|yagni|nesting"
    r"|lines of code|(?:functions?|modules?|methods?|files?) (?:must|should|may|shall)?"
    r" ?(?:not )?(?:be |have |exceed|longer|contain)|\d+ lines|speculative|duplicat\w*",
    Topic.TYPING: r"typed|typing|type (?:hints?|annotations?|check\w*)|annotat\w*|mypy"
    r"|static typ\w*",
    Topic.ERRORS: r"exceptions?|errors?|error (?:handling|messages?)|stack ?traces?|swallow\w*"
    r"|retr(?:y|ies)|failures?",
    Topic.LOGGING: r"logs?|logged|logging|audit trail|metrics|tracing|monitor\w*|observab\w*",
    Topic.PERFORMANCE: r"latenc\w+|performance|milliseconds?|throughput|timeouts?|response times?"
    r"|memory|seconds",
    Topic.ACCESSIBILITY: r"accessib\w*|wcag|screen readers?|contrast|keyboard|assistive",
    Topic.ARCHITECTURE: r"architect\w*|layers?|layering|interfaces?|apis?|coupling|boundar\w+"
    r"|circular",
    Topic.STYLE: r"style|format(?:ted|ter|ting)?|lint\w*|ruff|naming|names?|indent\w*|line length"
    r"|characters|pep ?8|characters per line|magic numbers?|constants?|global\w*",
    Topic.DOCUMENTATION: r"document(?:ed|ation)|docstrings?|readme|changelog|comments?|adrs?"
    r"|decision records?|security\.md",
    Topic.REVIEW: r"review\w*|approv(?:e|es|al|als) (?:by|from)|pull requests?|code owners?"
    r"|merge\w*|approvals?|owners?|second person",
    Topic.DEPLOYMENT: r"deploy\w*|release[sd]?|rollback|rolled back|production environment"
    r"|staging|continuous integration|pipelines?|builds?|back-?ups?|container\w*",
}
_BY_SENTENCE = 3


def find_topic(text: str, headings: Iterable[str]) -> Topic:
    """The topic that most words of a sentence speak of; its headings count for a third.

    Between equals the earlier in the list wins.
    """
    title = " / ".join(headings)
    scores = {topic: _BY_SENTENCE * _count(topic, text) + _count(topic, title) for topic in _WORDS}
    best = max(scores, key=lambda topic: scores[topic])
    return best if scores[best] else Topic.GENERAL


def _count(topic: Topic, text: str) -> int:
    return len({match[0].lower() for match in _pattern(topic).finditer(text)})


@cache
def _pattern(topic: Topic) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w-])(?:{_WORDS[topic]})(?![\w-])")
