"""Drafting a constitution from policies, and keeping it up to date with them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.check import check
from headwater.operations.draft_constitution import draft_constitution
from headwater.policies.left_out import Reason
from headwater.policies.revisions import ChangeKind
from headwater.rules.articles.registry import RULES
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.history import read_commits
from headwater.workspace.repository import open_repository
from tests.operations.builders import TARGETS, Checkout
from tests.policies.builders import make_docx, make_pdf

if TYPE_CHECKING:
    from headwater.operations.constitution_report import ConstitutionReport
    from headwater.policies.articles import ArticleDraft
    from headwater.spec.model import Constitution

PARKING = Path(__file__).parents[2] / "examples" / "parking"
TODAY, LATER = date(2026, 3, 2), date(2026, 4, 1)
SECURITY = """\
# Security

## Secrets

Passwords must not be stored in source code. This protects customers.

API keys must be rotated every 90 days.

## Code

Functions must not have a cyclomatic complexity above 8.
The modules pickle and marshal must not be imported.
"""


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    """A repository with one policy, committed."""
    checkout = Checkout(root=repository)
    checkout.write("policies/security.md", SECURITY)
    checkout.commit()
    return checkout


def draft(
    checkout: Checkout, *paths: str, today: date = TODAY, write: bool = True
) -> ConstitutionReport:
    return draft_constitution(
        checkout.root, [checkout.root / path for path in paths], today=today, write=write
    )


def edit(checkout: Checkout, path: str, old: str, new: str) -> None:
    text = checkout.read(path)
    assert text.count(old) == 1, f"{text.count(old)} times {old!r} in {path}"
    checkout.write(path, text.replace(old, new))
    checkout.commit()


def read(checkout: Checkout) -> Constitution:
    data = (checkout.root / CONSTITUTION_PATH).read_bytes()
    return read_constitution(Source(path=CONSTITUTION_PATH, data=data))


def kinds(report: ConstitutionReport) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.text) for change in report.changes]


def find_codes(checkout: Checkout) -> list[str]:
    return [one.code for one in check(checkout.root, targets=TARGETS).findings]


def test_a_first_draft_is_committed_with_its_sources(checkout: Checkout) -> None:
    report = draft(checkout, "policies")
    constitution = read(checkout)
    assert constitution.problems == ()
    assert [(one.id, one.title) for one in constitution.articles] == [
        ("I", "Secrets"),
        ("II", "Security"),
        ("III", "Simplicity"),
    ]
    assert (report.before, report.version, report.settled) == ("", "1.0.0", True)
    (commit,) = read_commits(open_repository(checkout.root), limit=1)
    assert report.commit == commit.id == checkout.git("rev-parse", "HEAD")
    (source,) = commit.trailers["Source"]
    assert source.startswith("policies/security.md (sha256:")
    assert checkout.git("status", "--porcelain") == ""
    assert find_codes(checkout) == []


def test_checks_are_proposed_where_there_are_some(checkout: Checkout) -> None:
    draft(checkout)
    checks = [check.check for article in read(checkout).articles for check in article.checks]
    assert {"imports.forbidden", "complexity.max"} <= set(checks) <= set(RULES)


def test_a_second_run_changes_nothing(checkout: Checkout) -> None:
    draft(checkout)
    head = checkout.git("rev-parse", "HEAD")
    report = draft(checkout, today=LATER)
    assert (report.changed, report.commit, report.changes) == (False, "", ())
    assert checkout.git("rev-parse", "HEAD") == head


def test_a_dry_run_writes_nothing(checkout: Checkout) -> None:
    report = draft(checkout, write=False)
    assert report.changed
    assert len(report.articles) == 3
    assert not (checkout.root / CONSTITUTION_PATH).exists()


def test_words_that_moved_are_followed(checkout: Checkout) -> None:
    draft(checkout)
    edit(checkout, "policies/security.md", "# Security\n", "# Security\n\nBe careful.\n")
    assert find_codes(checkout) == []
    report = draft(checkout, today=LATER)
    assert {kind for kind, _ in kinds(report)} == {ChangeKind.MOVED}
    assert report.version == "1.0.1"
    assert "policies/security.md l. 7 (" in checkout.read(CONSTITUTION_PATH)
    assert "**Ratified**: 2026-03-02 | **Last Amended**: 2026-04-01" in checkout.read(
        CONSTITUTION_PATH
    )


def test_a_redefined_clause_is_replaced_with_its_check(checkout: Checkout) -> None:
    draft(checkout)
    before = checkout.read(CONSTITUTION_PATH)
    edit(checkout, "policies/security.md", "complexity above 8", "complexity above 6")
    assert find_codes(checkout) == ["article-suspect"]
    report = draft(checkout)
    assert report.version == "2.0.0"
    assert kinds(report) == [
        (ChangeKind.CHANGED, "Functions must not have a cyclomatic complexity above 6."),
        (ChangeKind.CHANGED, "{check: complexity.max, max: 6}"),
    ]
    after = checkout.read(CONSTITUTION_PATH)
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 4  # clause, source, check, version
    assert find_codes(checkout) == []


def test_other_words_of_the_same_rule_are_a_patch(checkout: Checkout) -> None:
    draft(checkout)
    edit(checkout, "policies/security.md", "must not be stored in", "must not be stored within")
    report = draft(checkout)
    assert report.version == "1.0.1"
    assert kinds(report) == [
        (ChangeKind.CHANGED, "Passwords must not be stored within source code.")
    ]


def test_new_statements_are_added(checkout: Checkout) -> None:
    draft(checkout)
    edit(
        checkout,
        "policies/security.md",
        "## Code\n",
        "A password must be strong.\n\n## Code\n\nTests must be run on every change.\n\n",
    )
    report = draft(checkout)
    assert report.version == "1.1.0"
    added = [text for kind, text in kinds(report) if kind is ChangeKind.ADDED]
    assert added == ["A password must be strong.", "Tests must be run on every change."]
    articles = read(checkout).articles
    assert [(one.id, one.title) for one in articles][-1] == ("IV", "Testing")
    assert "A password must be strong." in articles[0].text
    assert checkout.read(CONSTITUTION_PATH).rstrip().splitlines()[-1].startswith("**Version**")
    assert find_codes(checkout) == []


def test_what_people_edited_stays_byte_for_byte(checkout: Checkout) -> None:
    draft(checkout)
    mine = "- Passwords never stand in code, not even in tests."
    edit(
        checkout,
        CONSTITUTION_PATH,
        "- Passwords must not be stored in source code.",
        f"{mine}  \n  Ask Ada.",
    )
    edit(checkout, CONSTITUTION_PATH, "## Governance\n", "## Governance\n\nWe meet on Monday.\n")
    edit(checkout, CONSTITUTION_PATH, "max: 8}", "max: 4}")
    edit(checkout, "policies/security.md", "be stored in source", "be stored in any source")
    edit(checkout, "policies/security.md", "complexity above 8", "complexity above 6")
    report = draft(checkout)
    text = checkout.read(CONSTITUTION_PATH)
    assert f"{mine}  \n  Ask Ada.\n" in text
    assert "We meet on Monday." in text
    assert "max: 4}" in text
    assert (ChangeKind.KEPT, "{check: complexity.max, max: 6}") in kinds(report)
    assert (ChangeKind.KEPT, "Passwords must not be stored in any source code.") in kinds(report)
    assert find_codes(checkout) == ["article-suspect"]


def test_what_people_took_out_is_not_put_in_again(checkout: Checkout) -> None:
    draft(checkout)
    text = checkout.read(CONSTITUTION_PATH)
    start = text.index("- API keys must be rotated")
    end = text.index("\n\n", start)
    checkout.write(CONSTITUTION_PATH, text[: start - 1] + text[end:])
    checkout.commit()
    edit(
        checkout,
        "policies/security.md",
        "## Code\n",
        "Keys must be long, API keys too.\n\n## Code\n",
    )
    report = draft(checkout)
    assert [text for _, text in kinds(report) if "API" in text] == [
        "Keys must be long, API keys too."
    ]
    assert "rotated" not in checkout.read(CONSTITUTION_PATH)


def test_what_is_gone_is_told_and_kept(checkout: Checkout) -> None:
    draft(checkout)
    edit(checkout, "policies/security.md", "API keys must be rotated every 90 days.\n\n", "")
    report = draft(checkout)
    assert (ChangeKind.GONE, "API keys must be rotated every 90 days.") in kinds(report)
    assert "API keys must be rotated every 90 days." in checkout.read(CONSTITUTION_PATH)
    assert find_codes(checkout) == ["article-suspect"]


def test_a_second_policy_becomes_a_second_source(checkout: Checkout) -> None:
    draft(checkout)
    checkout.write("policies/keys.txt", "API keys must be rotated every 90 days.\n")
    checkout.commit()
    report = draft(checkout)
    assert kinds(report) == [(ChangeKind.SOURCED, "API keys must be rotated every 90 days.")]
    (clause_sources,) = [
        [source.passage.path for source in article.sources]
        for article in read(checkout).articles
        if article.title == "Secrets"
    ]
    assert "policies/keys.txt" in clause_sources


def test_when_one_of_two_policies_changes_the_other_keeps_the_clause(checkout: Checkout) -> None:
    checkout.write("policies/keys.txt", "API keys must be rotated every 90 days.\n")
    checkout.commit()
    draft(checkout)
    edit(checkout, "policies/keys.txt", "90 days", "30 days")
    report = draft(checkout)
    text = checkout.read(CONSTITUTION_PATH)
    assert "- API keys must be rotated every 90 days.\n  **Source**: policies/security.md" in text
    assert "- API keys must be rotated every 30 days.\n  **Source**: policies/keys.txt" in text
    assert [conflict.about for conflict in report.conflicts] == ["“30 days” or “90 days”"]
    assert not report.settled


def test_a_conflict_is_settled_by_taking_one_side_out(checkout: Checkout) -> None:
    checkout.write("policies/code.md", "Cyclomatic complexity must be at most 10.\n")
    checkout.commit()
    report = draft(checkout)
    (conflict,) = report.conflicts
    assert {conflict.one.text, conflict.other.text} == {
        "Cyclomatic complexity must be at most 10.",
        "Functions must not have a cyclomatic complexity above 8.",
    }
    text = checkout.read(CONSTITUTION_PATH)
    assert "complexity.max" not in text
    assert "**Open**: complexity: policies/code.md l. 1 and policies/security.md l. 11" in text
    start = text.index("- Cyclomatic complexity must be at most 10.")
    checkout.write(CONSTITUTION_PATH, text[:start] + text[text.index("- Functions", start) :])
    checkout.commit()
    again = draft(checkout)
    assert again.conflicts == ()
    assert again.settled
    assert "{check: complexity.max, max: 8}" in checkout.read(CONSTITUTION_PATH)


def test_a_setting_laxer_than_a_policy_is_told_until_it_is_mended(checkout: Checkout) -> None:
    checkout.write("ruff.toml", "[lint.mccabe]\nmax-complexity = 15\n")
    checkout.commit()
    first, second = draft(checkout), draft(checkout)
    for report in (first, second):
        (conflict,) = report.conflicts
        assert conflict.with_setting
        assert str(conflict.other.passage) == "ruff.toml l. 2"
    assert "{check: complexity.max, max: 8}" in checkout.read(CONSTITUTION_PATH)
    edit(checkout, "ruff.toml", "15", "8")
    assert draft(checkout).conflicts == ()


def test_hand_written_articles_are_kept_and_numbered_on(checkout: Checkout) -> None:
    mine = (
        "# Ours\n\n## Core Principles\n\n### I. Be kind\n\nAlways.\n\n## Governance\n\nWe vote.\n"
    )
    checkout.write(CONSTITUTION_PATH, mine)
    checkout.commit()
    report = draft(checkout)
    text = checkout.read(CONSTITUTION_PATH)
    assert text.startswith(mine[: mine.index("\n\n## Governance")])
    assert "\n## Governance\n\nWe vote.\n" in text
    assert [one.id for one in read(checkout).articles] == ["I", "II", "III", "IV"]
    assert report.version == "1.0.0"
    assert find_codes(checkout) == []


def test_the_template_of_spec_kit_is_replaced(checkout: Checkout) -> None:
    checkout.write(CONSTITUTION_PATH, "# [PROJECT_NAME] Constitution\n\n### [PRINCIPLE_1_NAME]\n")
    checkout.commit()
    draft(checkout)
    assert "[PR" not in checkout.read(CONSTITUTION_PATH)


def test_a_policy_outside_the_repository_is_cited_and_told_once(checkout: Checkout) -> None:
    outside = checkout.root.parent / "company.txt"
    outside.write_text("Tests must be fast. Tests must be run.\n", encoding="utf-8")
    report = draft(checkout, "../company.txt")
    assert [one.outside for one in report.policies] == [True]
    (article,) = read(checkout).articles
    assert {source.passage.path for source in article.sources} == {"../company.txt"}
    (problem,) = check(checkout.root, targets=TARGETS).findings
    assert problem.code == "source-outside"
    assert "../company.txt l. 1, and 1 more, lie outside the repository" in problem.message
    assert draft(checkout, "../company.txt").changed is False


def test_files_that_cannot_be_read_stop_no_others(checkout: Checkout) -> None:
    checkout.write("policies/broken.pdf", "no PDF")
    checkout.write("policies/sheet.xlsx", "x")
    (checkout.root / "policies/link.md").symlink_to("security.md")
    checkout.commit()
    report = draft(checkout)
    assert [(one.place.path, one.severity.value) for one in report.problems] == [
        ("policies/broken.pdf", "error"),
        ("policies/sheet.xlsx", "warning"),
    ]
    assert len(report.articles) == 3
    assert not report.settled


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["nowhere"], "expected a policy or a folder of policies, found nothing at"),
        (["README.md"], "found no statement such as “… must …” in 1 files"),
        (["broken.pdf"], "broken.pdf:1: expected a PDF document, found none"),
    ],
)
def test_nothing_to_draft_from(checkout: Checkout, paths: list[str], message: str) -> None:
    checkout.write("broken.pdf", "no PDF")
    with pytest.raises(HeadwaterError) as caught:
        draft(checkout, *paths)
    assert message in caught.value.message
    assert caught.value.hint
    assert not (checkout.root / CONSTITUTION_PATH).exists()


def test_uncommitted_changes_of_the_constitution_are_not_mixed_in(checkout: Checkout) -> None:
    checkout.write(CONSTITUTION_PATH, "# Mine\n")
    with pytest.raises(HeadwaterError) as caught:
        draft(checkout)
    assert "expected no uncommitted changes in .specify/memory/constitution.md" in (
        caught.value.message
    )
    assert checkout.read(CONSTITUTION_PATH) == "# Mine\n"


def test_other_work_in_progress_is_left_alone(checkout: Checkout) -> None:
    checkout.write("README.md", "# Mine\n")
    checkout.write("policies/security.md", SECURITY + "\nTests must be run.\n")
    draft(checkout)
    assert checkout.git("status", "--porcelain").splitlines() == [
        "M README.md",
        " M policies/security.md",
    ]


def test_a_model_words_titles_and_reasons_and_nothing_else(checkout: Checkout) -> None:
    def improve(article: ArticleDraft) -> ArticleDraft:
        return replace(
            article,
            title=f"Keep {article.title}\n## Injected",
            rationale="It pays.",
            clauses=(),
        )

    draft_constitution(checkout.root, [], today=TODAY, improve=improve)
    articles = read(checkout).articles
    assert [one.title for one in articles] == [
        "Keep Secrets ## Injected",
        "Keep Security ## Injected",
        "Keep Simplicity ## Injected",
    ]
    assert all("**Rationale**: It pays." in one.text for one in articles)
    assert len(articles[0].sources) == 2


def test_policies_of_every_format_are_rechecked(checkout: Checkout) -> None:
    (checkout.root / "policies/a.pdf").write_bytes(make_pdf(["Tests must be fast as can be."]))
    (checkout.root / "policies/b.docx").write_bytes(make_docx("Errors must be told."))
    checkout.write("policies/c.html", "<p>Logs must be kept.</p>")
    checkout.commit()
    draft(checkout)
    assert find_codes(checkout) == []
    (checkout.root / "policies/a.pdf").write_bytes(make_pdf(["Tests must be slow."]))
    (checkout.root / "policies/b.docx").write_bytes(make_docx("", "More.", "Errors must be told."))
    (checkout.root / "policies/c.html").unlink()
    problems = check(checkout.root, targets=TARGETS).findings
    assert [problem.code for problem in problems] == ["article-suspect"] * 2
    assert "policies/a.pdf p. 1 l. 1 does not say any more" in problems[0].message
    assert "policies/c.html l. 1 is not to be found" in problems[1].message


def test_the_example(repository: Path) -> None:
    """Three policies of a company: one duplicate, one conflict, one line that wants to steer."""
    checkout = Checkout(root=repository)
    shutil.copytree(PARKING / "policies", repository / "policies")
    checkout.commit()
    report = draft(checkout, "policies")
    assert {one.path: one.statements for one in report.policies} == {
        "policies/approved-libraries.md": 4,
        "policies/coding-standard.docx": 16,
        "policies/security.pdf": 15,
    }
    (conflict,) = report.conflicts
    assert "85 %" in conflict.one.text
    assert "80 %" in conflict.other.text
    (hostile,) = [one for one in report.left_out if one.reason is Reason.ADDRESSED]
    assert str(hostile.words.passage) == "policies/security.pdf p. 1 l. 38-39"
    text = checkout.read(CONSTITUTION_PATH)
    assert "evilpark" not in text
    assert (
        "- Dependencies must be pinned to an exact version.\n"
        "  **Source**: policies/coding-standard.docx par. 14 (sha256:be89e58c6cb00e16)\n"
        "  **Source**: policies/security.pdf p. 1 l. 26-27 (sha256:c7de665645889817)\n"
    ) in text
    assert "calls: [eval, exec]" in text
    assert report.words < 500
    assert "article-suspect" not in find_codes(checkout)
