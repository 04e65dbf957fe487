"""Reads a feature's `plan.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.coverage import report_unread
from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.model import Decision, Plan, Problem, Severity, TechnicalContext
from headwater.spec.read_component import read_component
from headwater.spec.read_key_decisions import read_key_decisions
from headwater.spec.ref_lists import read_refs
from headwater.spec.sections import find_fields, find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.document import Document
    from headwater.spec.model import Component, Source
    from headwater.spec.sections import Section

_NUMBERED = r"(?P<id>[CD]\d{1,3})(?!\w)(?!\.\d)\s*[:.：–—-]?\s*(?P<title>.*)"
_TARGETS = {"python": "python", "go": "go", "golang": "go", "typescript": "typescript"}
_PLACEHOLDER = r"(?i)\[e\.g\.|NEEDS CLARIFICATION"


def read_plan(source: Source) -> Plan:
    """Read a plan. Whatever cannot be read stands in `problems`."""
    unreadable = find_unreadable(source)
    if unreadable:
        return Plan(source=source, title="", context=None, problems=(unreadable,))
    document = open_document(source)
    sections = find_sections(document)
    decisions: list[Decision] = []
    components: list[Component] = []
    problems = find_unclosed(document)
    for index, section in enumerate(sections):
        match = re.fullmatch(_NUMBERED, section.title) if section.level > 1 else None
        if match is None:
            found = _report_unnumbered(document, section)
        elif match["id"].startswith("D"):
            read, found = _read_decision(document, _inside(sections, index), match)
            decisions.append(read)
        else:
            inside = _inside(sections, index)
            made, found = read_component(document, inside, ref=match["id"], name=match["title"])
            components.append(made)
        problems += found
    plan = Plan(
        source=source,
        title=read_document_title(sections),
        context=_read_context(document, sections),
        decisions=tuple(decisions),
        components=tuple(components),
        key_decisions=read_key_decisions(document, sections),
        problems=sort_problems(problems),
    )
    return report_unread(plan, document=document, sections=sections)


def _inside(sections: Sequence[Section], index: int) -> list[Section]:
    """A section and those below it."""
    first = sections[index]
    end = index + 1
    while end < len(sections) and sections[end].level > first.level:
        end += 1
    return list(sections[index:end])


def _read_decision(
    document: Document, sections: Sequence[Section], match: re.Match[str]
) -> tuple[Decision, list[Problem]]:
    section = sections[0]
    problems: list[Problem] = []
    serves: list[str] = []
    for field in find_fields(document, [block for each in sections for block in each.blocks]):
        if field.name.lower() == "serves":
            refs, found = read_refs(document, field)
            serves += refs
            problems += found
    decision = Decision(
        id=match["id"],
        title=match["title"],
        text=document.raw(section.body),
        serves=tuple(dict.fromkeys(serves)),
        span=document.trimmed(section.span),
        place=document.place(section.start),
    )
    return decision, problems


def _report_unnumbered(document: Document, section: Section) -> list[Problem]:
    """A section right below Components or Decisions whose heading has no id."""
    letter = {"components": "C", "decisions": "D"}.get(
        section.parents[-1].lower() if section.parents else ""
    )
    if not letter:
        return []
    problem = document.problem(
        "heading-without-id",
        f"expected a heading such as `### {letter}1: name`, found “{section.title}”",
        offset=section.start,
        hint=f"Begin it with {letter} and a number.",
        severity=Severity.WARNING,
    )
    return [problem]


def _read_context(document: Document, sections: Sequence[Section]) -> TechnicalContext | None:
    for section in sections:
        if re.search(r"(?i)\btechnical context\b", section.title):
            fields: dict[str, str] = {}
            for field in find_fields(document, section.blocks):
                fields.setdefault(field.name, field.value)
            return TechnicalContext(
                target=_find_target(fields), fields=fields, place=document.place(section.start)
            )
    return None


def _find_target(fields: Mapping[str, str]) -> str:
    """The field Target; without one, the language that Language/Version names."""
    languages = ""
    for name, value in fields.items():
        known = not re.search(_PLACEHOLDER, value)
        if name.lower() == "target" and known:
            return value.strip("`* ").lower()
        if name.lower().startswith("language") and known and not languages:
            languages = value.lower()
    found = re.search(rf"\b(?:{'|'.join(_TARGETS)})\b", languages)
    return _TARGETS[found[0]] if found else ""
