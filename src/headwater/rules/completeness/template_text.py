"""`template-text`: text of Spec Kit's templates that nobody has replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.rules.passages import blank_code
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject, ProjectSubject
    from headwater.spec.model import Source

# What stands between brackets in the templates for constitution, spec, plan and tasks: names in
# capitals, and the beginnings of what they ask for.
_NAMES = (
    r"CONSTITUTION_VERSION|DATE|FEATURE NAME|GOVERNANCE_RULES|GUIDANCE_FILE"
    r"|LAST_AMENDED_DATE|PRINCIPLE_\d+_(?:NAME|DESCRIPTION)|PROJECT_NAME|RATIFICATION_DATE"
    r"|SECTION_\d+_(?:NAME|CONTENT)|#+-feature(?:-name)?"
)
_WHOLE = (
    r"Brief Title|boundary condition|current need|endpoint/feature|[Ee]ntity ?\d+|error scenario"
    r"|expected outcome|initial state|key interaction|specific action|specific capability"
    r"|specific problem|specific value|user journey"
)
_BEGINNINGS = (
    r"Add more user stor|Assumption about |Brief description of what|Business metric, "
    r"|Dependency on |Describe (?:how this can be|the |this user journey)|Document the selected"
    r"|Explain the value|Extract from feature spec|Gates determined|How to verify"
    r"|Measurable metric|Performance metric|User satisfaction metric|What it represents"
    r"|(?:behavior|data requirement|domain-specific|if applicable|key interaction"
    r"|specific capability), e\.g\.|e\.g\., |single/web"
)
# A link has its address behind it. `[FEATURE]` may be any tag, but behind `Plan:` it is none.
_PLACEHOLDER = (
    rf"[\[$](?:(?<=\[)(?:(?:{_NAMES}|{_WHOLE})\](?![(\[:])|(?:{_BEGINNINGS})[^\n]*)"
    r"|(?<=Plan: \[)FEATURE\]|(?<=\$)ARGUMENTS\b)"
)


def find_template_text(subject: FeatureSubject) -> Iterator[Finding]:
    """The first untouched place of each document of a feature, with how many there are."""
    feature = subject.feature
    for document in (feature.spec, feature.plan, feature.tasks):
        if document:
            yield from _find_in_document(document.source)


def find_in_constitution(subject: ProjectSubject) -> Iterator[Finding]:
    """The same for the constitution."""
    if subject.constitution:
        yield from _find_in_document(subject.constitution.source)


def _find_in_document(source: Source) -> Iterator[Finding]:
    text = source.data.decode(errors="replace")
    if not re.search(_PLACEHOLDER, text):
        return
    text = blank_code(text)
    found = list(re.finditer(_PLACEHOLDER, text))
    if found:
        number = f"{len(found)} places" if len(found) > 1 else "one place"
        yield Finding(
            place=source.place(len(text[: found[0].start()].encode())),
            message=f"{number} of the template left as found; here “{found[0][0][:60]}”",
            hint="Write what it asks for, or take it out.",
        )


RULE = Rule(
    name="template-text",
    title="Text of the template that nobody has replaced",
    why="A placeholder is read as content: by people who skim, and by a model that builds it.",
    source="GitHub Spec Kit's templates for constitution, spec, plan and tasks",
    severity=Severity.WARNING,
    bad={"spec.md": write_spec(more="## Assumptions\n\n- [Assumption about target users]\n")},
    good={"spec.md": write_spec(more="## Assumptions\n\n- Clerks read English.\n")},
    alone=(
        {
            "spec.md": write_spec(
                more="## Assumptions\n\n- The register has a [name](https://example.org/name).\n"
                "- Its form is `[DATE]`.\n"
            )
        },
        {
            ".specify/memory/constitution.md": "# Ledger Constitution\n\n## Core Principles\n\n"
            "### I. Offline\n\nThe ledger works without a network [see the register].\n",
            "spec.md": write_spec(),
        },
    ),
    find_in_feature=find_template_text,
    find_in_project=find_in_constitution,
)
