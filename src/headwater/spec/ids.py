"""Ids and refs: what they look like, what they name, and how to find them in prose.

An *id* is local to its feature (`FR-003`); a *ref* carries the feature's number (`001/FR-003`).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

ARTICLE_PREFIX = "article"

# Longest run of ids that a range such as `FR-001–FR-003` may stand for.
_LONGEST_RANGE = 500


class IdKind(Enum):
    """What an id names."""

    REQUIREMENT = "requirement"
    STORY = "story"
    SCENARIO = "scenario"
    CRITERION = "criterion"
    DECISION = "decision"
    COMPONENT = "component"
    TASK = "task"
    ARTICLE = "article"


# Patterns are text, not compiled: `re` compiles each once, when it is first used. Besides the
# customary forms they take what real files hold: `FR-001a`, `FR-AUTH-001`, `NFR001`, `R001`.
_GROUP = r"(?:-[A-Z][A-Z0-9]{0,15})?-?"
REQUIREMENT_PATTERN = rf"(?:(?:FR|NFR){_GROUP}\d{{1,4}}(?:\.\d{{1,3}})?[a-z]?|R\d{{3,4}}[a-z]?)"
CRITERION_PATTERN = rf"SC{_GROUP}\d{{1,4}}(?:\.\d{{1,3}})?[a-z]?"
_PATTERNS = {
    IdKind.REQUIREMENT: REQUIREMENT_PATTERN,
    IdKind.CRITERION: CRITERION_PATTERN,
    IdKind.SCENARIO: r"US-?\d{1,3}\.\d{1,3}",
    IdKind.STORY: r"US-?\d{1,3}",
    IdKind.TASK: r"T\d{3,5}[a-z]?",
    IdKind.DECISION: r"D\d{1,3}",
    IdKind.COMPONENT: r"C\d{1,3}",
}
_ANY_ID = "|".join(_PATTERNS.values())
_KIND = "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in _PATTERNS.items())
# Letters and digits are part of a word; an underscore is too, except in `__FR-001__`.
_NOT_AFTER_WORD = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]_)"
_NOT_BEFORE_WORD = r"(?![A-Za-z0-9])(?!_[A-Za-z0-9])"
_FEATURE = r"\d{1,8}(?:-\d{6})?"

# A path with an extension is matched first, so that no id is seen in `src/C1/main.py`.
_PATH_OR_REF = (
    r"(?<![\w./-])[\w.-]*/[\w./-]*\w\.[A-Za-z]\w*"
    rf"|{_NOT_AFTER_WORD}(?P<ref>(?:(?<!/)(?P<feature>{_FEATURE})/)?(?P<id>{_ANY_ID})"
    rf"|{ARTICLE_PREFIX}/(?:[IVXLCDM]+|\d+)){_NOT_BEFORE_WORD}(?!\.[A-Za-z])"
)
_RANGE_SIGN = r"\s*(?:–|—|-|…|\.{2,3}|to|through)\s*"
_SHORT_RANGE_END = r"\s?(?:–|…|\.{2,3})\s?(\d{1,5})(?!\w)"
_NUMBERED = r"(.*?)(\d+)"


def qualify(local: str, *, feature: str) -> str:
    """The ref of the id `local` in `feature`; what names its feature already stays as it is."""
    return local if "/" in local else f"{feature}/{local}"


def split_ref(ref: str) -> tuple[str, str]:
    """Feature and id of a ref; the feature is empty when the ref names none.

    An article's is `article`: `article/I` gives `("article", "I")`.
    """
    feature, _, local = ref.rpartition("/")
    return feature, local


@lru_cache(maxsize=10_000)
def kind_of(ref: str) -> IdKind | None:
    """What a ref or an id names; None when it is neither."""
    feature, local = split_ref(ref)
    if feature == ARTICLE_PREFIX:
        return IdKind.ARTICLE if re.fullmatch(r"[IVXLCDM]+|\d+", local) else None
    match = re.fullmatch(_KIND, local)
    return IdKind(match.lastgroup) if match else None


def find_refs(text: str) -> tuple[str, ...]:
    """Every ref and id in prose, each once, in the order of the text.

    Ranges are spelled out: `FR-001–FR-003`, `FR-001..003` and `FR-001 to FR-003` name three.
    `US-1` is read as `US1`.
    """
    found: dict[str, None] = {}
    short_range_end = re.compile(_SHORT_RANGE_END)
    last = ""
    last_end = 0
    for match in re.finditer(_PATH_OR_REF, text):
        if match["ref"] is None:
            continue
        ref = _spelled(match["ref"])
        if last and re.fullmatch(_RANGE_SIGN, text[last_end : match.start()]):
            found.update(dict.fromkeys(_between(last, ref)))
            ref = qualify(ref, feature=split_ref(last)[0]) if "/" in last else ref
        found[ref] = None
        short = short_range_end.match(text, match.end())
        if short:
            found.update(dict.fromkeys(_between(ref, _with_number(ref, short[1]), end=True)))
        last, last_end = ref, match.end()
    return tuple(found)


def _spelled(ref: str) -> str:
    return re.sub(r"\bUS-(?=\d)", "US", ref) if "US-" in ref else ref


def _with_number(ref: str, number: str) -> str:
    match = re.fullmatch(_NUMBERED, ref)
    return match[1] + number if match else ref


def _between(first: str, last: str, *, end: bool = False) -> list[str]:
    """The refs after `first` and before `last` (with it, if `end`) when they count upwards."""
    feature, local = split_ref(first)
    start, stop = re.fullmatch(_NUMBERED, local), re.fullmatch(_NUMBERED, split_ref(last)[1])
    if not start or not stop or start[1] != stop[1]:
        return []
    low, high = int(start[2]), int(stop[2])
    if not low < high <= low + _LONGEST_RANGE:
        return []
    ids = (f"{start[1]}{n:0{len(start[2])}}" for n in range(low + 1, high + end))
    return [f"{feature}/{i}" if feature else i for i in ids]
