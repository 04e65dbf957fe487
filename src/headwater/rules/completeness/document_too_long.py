"""`document-too-long`: more words than anyone reads with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Place, Severity
from headwater.spec.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject, ProjectSubject
    from headwater.spec.model import Source

_HINT = (
    "Say each thing once, and take out what follows from something else; a feature that needs more "
    "words is two features."
)


def find_long_documents(subject: FeatureSubject) -> Iterator[Finding]:
    """A spec, plan or task list with more words than the settings allow."""
    feature, settings = subject.feature, subject.settings
    for document, most in (
        (feature.spec, settings.spec_words),
        (feature.plan, settings.plan_words),
        (feature.tasks, settings.tasks_words),
    ):
        if document is not None:
            yield from _measure(document.source, most)


def find_long_constitution(subject: ProjectSubject) -> Iterator[Finding]:
    """A constitution with more words than the settings allow."""
    if subject.constitution is not None:
        yield from _measure(subject.constitution.source, subject.settings.constitution_words)


def _measure(source: Source, most: int) -> Iterator[Finding]:
    # No word is shorter than a letter with what parts it from the next.
    if len(source.data) <= 2 * most:
        return
    words = count_words(source.data.decode(errors="replace"))
    if words > most:
        yield Finding(
            place=Place(path=source.path, line=1, column=1),
            message=f"this document has {words} words to read; {most} are allowed",
            hint=_HINT,
        )


def _tell(years: int) -> str:
    told = "\n\n".join(
        f"In the year {1900 + year} the clerks added up the entries by hand, and wrote the sum "
        "into a book that was kept in the safe."
        for year in range(years)
    )
    return f"## History\n\n{told}"


RULE = Rule(
    name="document-too-long",
    title="A document with more words than anyone reads with care",
    why="What is not read is not reviewed, and what stands in the middle of a long document is "
    "built by luck. `rules.spec_words`, `plan_words`, `tasks_words` and `constitution_words` set "
    "the bounds; what the planning steps draft has half as many at most.",
    source="docs/design.md, section 10 (review economy)",
    severity=Severity.WARNING,
    bad={"spec.md": write_spec(more=_tell(90))},
    good={"spec.md": write_spec(more=_tell(3))},
    alone=(
        # Comments are not read.
        {"spec.md": write_spec(more=f"<!--\n{_tell(90)}\n-->")},
    ),
    find_in_feature=find_long_documents,
    find_in_project=find_long_constitution,
)
