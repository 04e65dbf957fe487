"""Keeping a constitution up to date: what policies changed, and nothing that people did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.policies.revisions import ChangeKind
from headwater.spec.read_project import CONSTITUTION_PATH
from tests.operations.policies import LATER, draft, edit, find_codes, kinds, read

if TYPE_CHECKING:
    from tests.operations.builders import Checkout


def test_a_second_run_changes_nothing(ruled: Checkout) -> None:
    draft(ruled)
    head = ruled.git("rev-parse", "HEAD")
    report = draft(ruled, today=LATER)
    assert (report.changed, report.commit, report.changes) == (False, "", ())
    assert ruled.git("rev-parse", "HEAD") == head


def test_words_that_moved_are_followed(ruled: Checkout) -> None:
    draft(ruled)
    edit(ruled, "policies/security.md", "# Security\n", "# Security\n\nBe careful.\n")
    assert find_codes(ruled) == []
    report = draft(ruled, today=LATER)
    assert {kind for kind, _ in kinds(report)} == {ChangeKind.MOVED}
    assert report.version == "1.0.1"
    assert "policies/security.md l. 7 (" in ruled.read(CONSTITUTION_PATH)
    assert "**Ratified**: 2026-03-02 | **Last Amended**: 2026-04-01" in ruled.read(
        CONSTITUTION_PATH
    )


def test_a_redefined_clause_is_replaced_with_its_check(ruled: Checkout) -> None:
    draft(ruled)
    before = ruled.read(CONSTITUTION_PATH)
    edit(ruled, "policies/security.md", "complexity above 8", "complexity above 6")
    assert find_codes(ruled) == ["article-suspect"]
    report = draft(ruled)
    assert report.version == "2.0.0"
    assert kinds(report) == [
        (ChangeKind.CHANGED, "Functions must not have a cyclomatic complexity above 6."),
        (ChangeKind.CHANGED, "{check: complexity.max, max: 6}"),
    ]
    after = ruled.read(CONSTITUTION_PATH)
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 4  # clause, source, check, version
    assert find_codes(ruled) == []


def test_other_words_of_the_same_rule_are_a_patch(ruled: Checkout) -> None:
    draft(ruled)
    edit(ruled, "policies/security.md", "must not be stored in", "must not be stored within")
    report = draft(ruled)
    assert report.version == "1.0.1"
    assert kinds(report) == [
        (ChangeKind.CHANGED, "Passwords must not be stored within source code.")
    ]


def test_new_statements_are_added(ruled: Checkout) -> None:
    draft(ruled)
    edit(
        ruled,
        "policies/security.md",
        "## Code\n",
        "A password must be strong.\n\n## Code\n\nTests must be run on every change.\n\n",
    )
    report = draft(ruled)
    assert report.version == "1.1.0"
    added = [text for kind, text in kinds(report) if kind is ChangeKind.ADDED]
    assert added == ["A password must be strong.", "Tests must be run on every change."]
    articles = read(ruled).articles
    assert [(one.id, one.title) for one in articles][-1] == ("IV", "Testing")
    assert "A password must be strong." in articles[0].text
    assert ruled.read(CONSTITUTION_PATH).rstrip().splitlines()[-1].startswith("**Version**")
    assert find_codes(ruled) == []


def test_what_people_edited_stays_byte_for_byte(ruled: Checkout) -> None:
    draft(ruled)
    mine = "- Passwords never stand in code, not even in tests."
    edit(
        ruled,
        CONSTITUTION_PATH,
        "- Passwords must not be stored in source code.",
        f"{mine}  \n  Ask Ada.",
    )
    edit(ruled, CONSTITUTION_PATH, "## Governance\n", "## Governance\n\nWe meet on Monday.\n")
    edit(ruled, CONSTITUTION_PATH, "max: 8}", "max: 4}")
    edit(ruled, "policies/security.md", "be stored in source", "be stored in any source")
    edit(ruled, "policies/security.md", "complexity above 8", "complexity above 6")
    report = draft(ruled)
    text = ruled.read(CONSTITUTION_PATH)
    assert f"{mine}  \n  Ask Ada.\n" in text
    assert "We meet on Monday." in text
    assert "max: 4}" in text
    assert (ChangeKind.KEPT, "{check: complexity.max, max: 6}") in kinds(report)
    assert (ChangeKind.KEPT, "Passwords must not be stored in any source code.") in kinds(report)
    assert find_codes(ruled) == ["article-suspect"]


def test_what_people_took_out_is_not_put_in_again(ruled: Checkout) -> None:
    draft(ruled)
    text = ruled.read(CONSTITUTION_PATH)
    start = text.index("- API keys must be rotated")
    end = text.index("\n\n", start)
    ruled.write(CONSTITUTION_PATH, text[: start - 1] + text[end:])
    ruled.commit()
    edit(
        ruled,
        "policies/security.md",
        "## Code\n",
        "Keys must be long, API keys too.\n\n## Code\n",
    )
    report = draft(ruled)
    assert [text for _, text in kinds(report) if "API" in text] == [
        "Keys must be long, API keys too."
    ]
    assert "rotated" not in ruled.read(CONSTITUTION_PATH)


def test_what_is_gone_is_told_and_kept(ruled: Checkout) -> None:
    draft(ruled)
    edit(ruled, "policies/security.md", "API keys must be rotated every 90 days.\n\n", "")
    report = draft(ruled)
    assert (ChangeKind.GONE, "API keys must be rotated every 90 days.") in kinds(report)
    assert "API keys must be rotated every 90 days." in ruled.read(CONSTITUTION_PATH)
    assert find_codes(ruled) == ["article-suspect"]


def test_a_second_policy_becomes_a_second_source(ruled: Checkout) -> None:
    draft(ruled)
    ruled.write("policies/keys.txt", "API keys must be rotated every 90 days.\n")
    ruled.commit()
    report = draft(ruled)
    assert kinds(report) == [(ChangeKind.SOURCED, "API keys must be rotated every 90 days.")]
    (clause_sources,) = [
        [source.passage.path for source in article.sources]
        for article in read(ruled).articles
        if article.title == "Secrets"
    ]
    assert "policies/keys.txt" in clause_sources


def test_when_one_of_two_policies_changes_the_other_keeps_the_clause(ruled: Checkout) -> None:
    ruled.write("policies/keys.txt", "API keys must be rotated every 90 days.\n")
    ruled.commit()
    draft(ruled)
    edit(ruled, "policies/keys.txt", "90 days", "30 days")
    report = draft(ruled)
    text = ruled.read(CONSTITUTION_PATH)
    assert "- API keys must be rotated every 90 days.\n  **Source**: policies/security.md" in text
    assert "- API keys must be rotated every 30 days.\n  **Source**: policies/keys.txt" in text
    assert [conflict.about for conflict in report.conflicts] == ["“30 days” or “90 days”"]
    assert not report.settled


def test_a_conflict_is_settled_by_taking_one_side_out(ruled: Checkout) -> None:
    ruled.write("policies/code.md", "Cyclomatic complexity must be at most 10.\n")
    ruled.commit()
    report = draft(ruled)
    (conflict,) = report.conflicts
    assert {conflict.one.text, conflict.other.text} == {
        "Cyclomatic complexity must be at most 10.",
        "Functions must not have a cyclomatic complexity above 8.",
    }
    text = ruled.read(CONSTITUTION_PATH)
    assert "complexity.max" not in text
    assert "**Open**: complexity: policies/code.md l. 1 and policies/security.md l. 11" in text
    start = text.index("- Cyclomatic complexity must be at most 10.")
    ruled.write(CONSTITUTION_PATH, text[:start] + text[text.index("- Functions", start) :])
    ruled.commit()
    again = draft(ruled)
    assert again.conflicts == ()
    assert again.settled
    assert "{check: complexity.max, max: 8}" in ruled.read(CONSTITUTION_PATH)


def test_a_setting_laxer_than_a_policy_is_told_until_it_is_mended(ruled: Checkout) -> None:
    ruled.write("ruff.toml", "[lint.mccabe]\nmax-complexity = 15\n")
    ruled.commit()
    first, second = draft(ruled), draft(ruled)
    for report in (first, second):
        (conflict,) = report.conflicts
        assert conflict.with_setting
        assert str(conflict.other.passage) == "ruff.toml l. 2"
    assert "{check: complexity.max, max: 8}" in ruled.read(CONSTITUTION_PATH)
    edit(ruled, "ruff.toml", "15", "8")
    assert draft(ruled).conflicts == ()


def test_hand_written_articles_are_kept_and_numbered_on(ruled: Checkout) -> None:
    mine = (
        "# Ours\n\n## Core Principles\n\n### I. Be kind\n\nAlways.\n\n## Governance\n\nWe vote.\n"
    )
    ruled.write(CONSTITUTION_PATH, mine)
    ruled.commit()
    report = draft(ruled)
    text = ruled.read(CONSTITUTION_PATH)
    assert text.startswith(mine[: mine.index("\n\n## Governance")])
    assert "\n## Governance\n\nWe vote.\n" in text
    assert [one.id for one in read(ruled).articles] == ["I", "II", "III", "IV"]
    assert report.version == "1.0.0"
    assert find_codes(ruled) == []


def test_ends_of_lines_stay_as_they_are(ruled: Checkout) -> None:
    draft(ruled)
    place = ruled.root / CONSTITUTION_PATH
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    ruled.commit()
    edit(ruled, "policies/security.md", "complexity above 8", "complexity above 6")
    edit(ruled, "policies/security.md", "## Code\n", "## Code\n\nTests must be run.\n\n")
    draft(ruled)
    data = place.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.count(b"**Version**: ") == 1
    assert b"complexity above 6" in data
    assert b"Tests must be run." in data
    assert read(ruled).problems == ()


def test_each_policy_is_remembered_by_the_run_that_read_it(ruled: Checkout) -> None:
    ruled.write("other.txt", "Tests must be run.\n")
    ruled.commit()
    draft(ruled, "policies/security.md")
    text = ruled.read(CONSTITUTION_PATH)
    start = text.index("- API keys must be rotated")
    ruled.write(CONSTITUTION_PATH, text[: start - 1] + text[text.index("\n\n", start) :])
    ruled.commit()
    draft(ruled, "other.txt")
    report = draft(ruled, "policies/security.md")
    assert not report.changed
    assert "rotated" not in ruled.read(CONSTITUTION_PATH)


def test_what_is_added_at_the_end_of_an_article_stands_in_it(ruled: Checkout) -> None:
    """A clause, its check, and a further article, all at one place."""
    mine = "# Ours\n\n### I. Simplicity\n\n- Be plain.\n  **Source**: a.md l. 1 (sha256:{})"
    ruled.write(CONSTITUTION_PATH, mine.format("0" * 16))
    ruled.commit()
    draft(ruled)
    first, *others = read(ruled).articles
    assert "- Functions must not have a cyclomatic complexity above 8." in first.text
    assert [check.check for check in first.checks] == ["complexity.max"]
    assert [one.id for one in others] == ["II", "III"]
    assert read(ruled).problems == ()
