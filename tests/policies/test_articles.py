"""Articles: a topic each, duplicates merged with all their sources, and written as data."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.policies.articles import ArticleDraft, draft_articles, fit_budget
from headwater.policies.conflicts import find_conflicts
from headwater.policies.left_out import Reason
from headwater.policies.render_articles import escape, render_constitution
from headwater.policies.research import research_policies
from headwater.policies.versions import Bump, raise_version
from headwater.spec.model import Constitution, Source
from headwater.spec.read_constitution import read_constitution

TODAY = date(2026, 3, 2)


def draft(*texts: str, **settings: str) -> tuple[ArticleDraft, ...]:
    policies = {f"p{number}.md": text.encode() for number, text in enumerate(texts, 1)}
    own = {name.replace("_", "."): text.encode() for name, text in settings.items()}
    statements = research_policies(policies, own).statements
    return draft_articles(statements, find_conflicts(statements))


def write(*texts: str) -> Constitution:
    data = render_constitution("Parking", draft(*texts), today=TODAY)
    return read_constitution(Source(path="c.md", data=data))


def test_statements_of_a_topic_become_one_article() -> None:
    articles = draft("Keys must be rotated at once, as secrets are. Tests must be fast, as tests.")
    assert [article.title for article in articles] == ["Secrets", "Testing"]


def test_duplicates_keep_all_their_sources() -> None:
    (article,) = draft(
        "All third-party dependencies must be pinned to an exact version.",
        "Dependencies must be pinned to an exact version.",
    )
    (clause,) = article.clauses
    assert [str(quote.passage) for quote in clause.quotes] == ["p1.md l. 1", "p2.md l. 1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tests must pass on Linux version 4.", "Tests must pass on Linux version 5."),
        ("Tests must use the network.", "Tests must not use the network."),
        ("Tests must call `run` once.", "Tests must call `stop` once."),
    ],
)
def test_what_differs_in_number_name_or_direction_is_no_duplicate(one: str, other: str) -> None:
    assert [len(article.clauses) for article in draft(one, other)] == [2]


def test_no_check_is_proposed_for_a_conflict() -> None:
    one, other = "Complexity must not exceed 8.", "Complexity must not exceed 9."
    (alone,) = draft(one)
    assert [one.render() for one in alone.proposals] == ["{check: complexity.max, max: 8}"]
    (both,) = draft(one, other)
    assert both.proposals == ()
    assert both.open_questions == (
        "complexity: p1.md l. 1 and p2.md l. 1 disagree; keep one of the two.",
    )


def test_a_policy_stands_against_a_setting() -> None:
    setting = "[tool.ruff.lint.mccabe]\nmax-complexity = 9\n"
    (article,) = draft("Complexity must not exceed 8.", pyproject_toml=setting)
    assert [clause.text for clause in article.clauses] == ["Complexity must not exceed 8."]
    assert [proposal.render() for proposal in article.proposals] == [
        "{check: complexity.max, max: 8}"
    ]


def test_advice_goes_first_where_words_are_too_many() -> None:
    articles = draft(
        "Tests must be fast. Tests should be short and pretty. Test names should be words.\n\n"
        "Test complexity should not exceed 8."
    )
    kept, left = fit_budget(articles, words=16)
    texts = [clause.text for article in kept for clause in article.clauses]
    assert "Tests must be fast." in texts
    assert "Test complexity should not exceed 8." in texts
    assert [one.quote.text for one in left] == ["Test names should be words."]
    assert {one.reason for one in left} == {Reason.LENGTH}
    assert fit_budget(articles, words=100) == (articles, ())


def test_a_constitution_is_read_as_it_was_written() -> None:
    constitution = write(
        "API keys must be rotated. This limits damage to secrets.\n\nComplexity must not exceed 8."
    )
    assert constitution.problems == ()
    assert constitution.title == "Parking Constitution"
    secrets, simplicity = constitution.articles
    assert (secrets.id, simplicity.id) == ("I", "II")
    assert [check.check for check in simplicity.checks] == ["complexity.max"]
    (source,) = simplicity.sources
    assert str(source.passage) == "p1.md l. 3"
    assert "**Rationale**: This limits damage to secrets." in secrets.text
    last = constitution.source.data.decode().splitlines()[-1]
    assert last == "**Version**: 1.0.0 | **Ratified**: 2026-03-02 | **Last Amended**: 2026-03-02"


@pytest.mark.parametrize(
    "hostile",
    [
        "# It must be a heading",
        "```yaml must be a fence",
        "<!-- It must be a comment",
        "<script>must()</script> must run",
        "![image](http://example.org/must.png) must load",
        "[link](http://example.org) must be followed",
        "- it must be an item",
        "12. it must be an item",
        "> it must be a quotation",
        "| it | must | be | a table |",
        "=== must underline",
    ],
)
def test_markup_in_policies_is_shown_and_not_applied(hostile: str) -> None:
    line = escape(hostile)
    text = f"# C\n\n### I. A\n\n- {line}\n\n### II. B\n\nEnd.\n"
    constitution = read_constitution(Source(path="c.md", data=text.encode()))
    assert [article.id for article in constitution.articles] == ["I", "II"]
    assert constitution.problems == ()
    assert "](" not in line
    assert "<" not in line


@given(st.text(min_size=1, max_size=60))
def test_no_words_break_an_article(words: str) -> None:
    source = f"**Source**: a.md l. 1 (sha256:{'0' * 16})"
    text = f"# C\n\n### I. A\n\n- {escape(words)}\n  {source}\n\nEnd.\n\n### II. B\n\nEnd.\n"
    constitution = read_constitution(Source(path="c.md", data=text.encode(errors="replace")))
    assert [article.id for article in constitution.articles] == ["I", "II"]
    assert [len(article.sources) for article in constitution.articles] == [1, 0]


@pytest.mark.parametrize(
    ("version", "bump", "raised"),
    [
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("v1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("[CONSTITUTION_VERSION]", Bump.PATCH, "1.0.0"),
        ("", Bump.MINOR, "1.0.0"),
    ],
)
def test_versions(version: str, bump: Bump, raised: str) -> None:
    assert raise_version(version, bump) == raised
