"""Numbers that policies set for what is measured alike everywhere: coverage, lengths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.policies.strengths import Strength

if TYPE_CHECKING:
    from collections.abc import Iterator

_PERCENT = r"(?P<value>\d{1,3}(?:\.\d+)?)\s*(?:%|percent|per cent)"
_WHOLE = r"(?P<value>\d{1,6})"
_WITHIN = r"[^.;]{0,80}?"
_PATTERNS = {
    "coverage": (rf"\bcover(?:age|ed|s)?\b{_WITHIN}{_PERCENT}", rf"{_PERCENT}{_WITHIN}\bcover"),
    "complexity": (rf"\bcomplexity\b{_WITHIN}{_WHOLE}\b(?!\s*%)",),
    "module lines": (rf"\b(?:modules?|(?:source )?files?)\b[^.,;]{{0,60}}?{_WHOLE} lines\b",),
    "function lines": (rf"\b(?:functions?|methods?)\b[^.,;]{{0,60}}?{_WHOLE} lines\b",),
    "line length": (
        rf"\blines?\b{_WITHIN}{_WHOLE} (?:characters|columns)\b",
        rf"\bline[- ]length\b{_WITHIN}{_WHOLE}\b",
    ),
    "password length": (rf"\bpass(?:words?|phrases?)\b{_WITHIN}{_WHOLE} characters\b",),
}
_FLOORS = frozenset({"coverage", "password length"})
_SHOULD = r"(?i)\b(?:should|recommended|ought)\b"
_MODAL = r"(?i)\b(?:must|shall|should|may|recommended|required|ought)\b"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A number that a sentence sets.

    Attributes:
        name: what is measured.
        value: the number.
        floor: whether it is the least that is allowed; otherwise the most.
        strength: by the modal verb before the number, since a sentence may hold several.
    """

    name: str
    value: float
    floor: bool
    strength: Strength

    def is_laxer_than(self, other: Measure) -> bool:
        """Whether it allows what the other forbids."""
        return self.value < other.value if self.floor else self.value > other.value


def read_measures(text: str) -> Iterator[Measure]:
    """Every known measure that a sentence sets, each once."""
    for name, patterns in _PATTERNS.items():
        matches = (re.search(f"(?i){pattern}", text) for pattern in patterns)
        found = next((match for match in matches if match), None)
        if found:
            before = re.findall(_MODAL, text[: found.start("value")])
            should = bool(before) and re.match(_SHOULD, before[-1]) is not None
            yield Measure(
                name=name,
                value=float(found["value"]),
                floor=name in _FLOORS,
                strength=Strength.SHOULD if should else Strength.MUST,
            )
