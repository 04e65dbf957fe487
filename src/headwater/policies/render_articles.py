"""Writes articles as Spec Kit does, with a source below every clause.

What stands in policies is data: no heading, fence, comment or link of theirs becomes one here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from headwater.policies.strengths import Strength
from headwater.spec.article_sources import render_source
from headwater.spec.roman import to_roman

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from headwater.policies.articles import ArticleDraft, ClauseDraft
    from headwater.policies.proposals import Proposal
    from headwater.policies.quotes import Quote

FIRST_VERSION: Final = "1.0.0"
GOVERNANCE: Final = """\
## Governance

An amendment changes this file in a commit of its own, which is reviewed as code is. The version
follows semantic versioning: major where an article is removed or redefined, minor where one is
added, patch where words change. `headwater check` holds plans and code to the checks below each
article, and names the articles whose sources have changed; what no check can prove is reviewed by
people.
"""
_OPENING = r"^(?:[#>+*=|~:-]|\d+[.)])"


def render_constitution(name: str, articles: Iterable[ArticleDraft], *, today: date) -> bytes:
    """A new constitution for the project `name`."""
    parts = [f"# {escape(name)} Constitution\n", "## Core Principles\n"]
    parts += [render_article(one, number=n) for n, one in enumerate(articles, 1)]
    parts += [GOVERNANCE, render_version(FIRST_VERSION, ratified=str(today), amended=str(today))]
    return ("\n".join(parts) + "\n").encode()


def render_article(article: ArticleDraft, *, number: int) -> str:
    """An article with its heading, ending with one end of line."""
    parts = [f"### {to_roman(number)}. {escape(article.title)}"]
    parts.append("\n".join(render_clause(clause) for clause in article.clauses))
    if article.rationale:
        parts.append(f"**Rationale**: {escape(article.rationale)}")
    parts += [f"**Open**: {escape(question)}" for question in article.open_questions]
    parts.append(render_terms(article))
    if article.proposals:
        parts.append(render_checks(article.proposals))
    return "\n\n".join(parts) + "\n"


def render_clause(clause: ClauseDraft) -> str:
    """A list item with its reason and its sources, without an end of line."""
    return f"- {render_words(clause)}"


def render_words(clause: ClauseDraft) -> str:
    """What stands behind the list's marker."""
    lines = [escape(clause.text)]
    lines += [f"**Rationale**: {escape(clause.rationale)}"] if clause.rationale else []
    lines += [f"**Source**: {render_quote(quote)}" for quote in clause.quotes]
    return "\n  ".join(lines)


def render_quote(quote: Quote) -> str:
    """What stands behind `**Source**: `."""
    return render_source(quote.passage, quote.digest)


def render_checks(proposals: Iterable[Proposal]) -> str:
    """A fenced block that asks for the checks, one a line."""
    entries = (f"  - {proposal.render()}" for proposal in proposals)
    return "\n".join(["```yaml", "enforce:", *entries, "```"])


def render_terms(article: ArticleDraft) -> str:
    """Scope, severity, and who judges, on one line."""
    scopes = list(dict.fromkeys(f"`{one.scope}`" for one in article.proposals if one.scope))
    everywhere = not article.proposals or any(not one.scope for one in article.proposals)
    scope = "every file" if everywhere else ", ".join(scopes)
    severity = "error" if article.strength is Strength.MUST else "warning"
    proven = sum(bool(clause.proposals) for clause in article.clauses)
    if not proven:
        judge = "people, in review"
    elif proven == len(article.clauses):
        judge = "the checks below"
    else:
        judge = "the checks below, and by people in review"
    return f"**Scope**: {scope}. **Severity**: {severity}. **Checked by**: {judge}."


def render_version(version: str, *, ratified: str, amended: str) -> str:
    """Spec Kit's last line."""
    return f"**Version**: {version} | **Ratified**: {ratified} | **Last Amended**: {amended}"


def escape(text: str) -> str:
    """Words from outside as Markdown that shows them, on one line; code spans stay."""
    plain = " ".join(text.split()).replace("```", "'''")
    plain = plain.replace("<", "&lt;").replace("![", "!\\[").replace("](", "]\\(")
    return re.sub(_OPENING, _escape_sign, plain)


def _escape_sign(found: re.Match[str]) -> str:
    """`#` and `12.` at the beginning of a line are no heading and no list behind a backslash."""
    return f"{found[0][:-1]}\\{found[0][-1]}"
