"""`empty-section`: a heading of the template with nothing below it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Source

# What Spec Kit's templates ask for, but for `Complexity Tracking`, which is empty when all is well.
_TITLES = (
    r"(?i)user scenarios|acceptance scenarios|edge cases|requirements|functional requirements"
    r"|non-functional requirements|key entities|success criteria|measurable outcomes|assumptions"
    r"|clarifications|dependencies|out of scope|summary|technical context|constitution check"
    r"|project structure|decisions|components|dependencies & execution order"
)
_HEADING = r"(?m)^ {0,3}(?P<signs>#{1,6})[ \t]+(?P<title>[^\n]*)$"
_COMMENT = r"(?s)<!--.*?(?:-->|\Z)"
_FENCE = r"(?ms)^[ \t]*(```+|~~~+).*?(?:^[ \t]*\1|\Z)"
_NOTHING = " \t\r\n-*_"
_SIGNS = " \t\r#"


def find_empty_sections(subject: FeatureSubject) -> Iterator[Finding]:
    """Every section of a spec, plan or task list that the template has and nobody filled."""
    feature = subject.feature
    for document in (feature.spec, feature.plan, feature.tasks):
        if document:
            yield from _find_in_document(document.source)


def _find_in_document(source: Source) -> Iterator[Finding]:
    text = _mask(source.data.decode(errors="replace"))
    headings = list(re.finditer(_HEADING, text))
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.start() if following else len(text)
        deeper = following and len(following["signs"]) > len(heading["signs"])
        filled = text[heading.end() : end].strip(_NOTHING)
        if not deeper and not filled and re.match(_TITLES, heading["title"].strip("*_ ")):
            yield Finding(
                place=source.place(len(text[: heading.start("signs")].encode())),
                message=f"the section “{heading['title'].strip(_SIGNS)}” is empty",
                hint="Fill it, or take the heading out where it does not apply.",
            )


def _mask(text: str) -> str:
    """The text with comments as blanks, a blank a byte, and code that holds no headings."""
    text = re.sub(_FENCE, lambda match: re.sub(r"#", "x", match[0]), text)
    return re.sub(_COMMENT, lambda match: re.sub(r"[^\n]", _blank_sign, match[0]), text)


def _blank_sign(match: re.Match[str]) -> str:
    return " " * len(match[0].encode())


RULE = Rule(
    name="empty-section",
    title="A section of the template with nothing in it",
    why="The reader cannot tell “there is nothing to say” from “nobody got to it”.",
    source="GitHub Spec Kit's templates for specs, plans and tasks",
    severity=Severity.WARNING,
    bad={"spec.md": write_spec(more="## Assumptions\n\n<!-- none yet -->\n\n---\n")},
    good={"spec.md": write_spec(more="## Assumptions\n\nNone.\n")},
    alone=(
        {"spec.md": write_spec(more="## Notes\n\n## Appendix\n\nThe register of the bank.\n")},
        {"spec.md": write_spec(more="## Assumptions\n\n```text\n## none\n```\n")},
        {"spec.md": write_spec(more="## Dependencies\n\n### On the bank\n\nIts register.\n")},
    ),
    find_in_feature=find_empty_sections,
)
