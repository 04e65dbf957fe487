"""Drafting a constitution from policies: what is written, what is told, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.check import check
from headwater.policies.left_out import Reason
from headwater.rules.articles.registry import RULES
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.history import read_commits
from headwater.workspace.repository import open_repository
from tests.operations.builders import TARGETS, Checkout
from tests.operations.policies import SECURITY, draft, find_codes, read
from tests.policies.builders import make_docx, make_pdf

PARKING = Path(__file__).parents[2] / "examples" / "parking"


def test_a_first_draft_is_committed_with_its_sources(ruled: Checkout) -> None:
    report = draft(ruled, "policies")
    constitution = read(ruled)
    assert constitution.problems == ()
    assert [(one.id, one.title) for one in constitution.articles] == [
        ("I", "Secrets"),
        ("II", "Security"),
        ("III", "Simplicity"),
    ]
    assert (report.before, report.version, report.settled) == ("", "1.0.0", True)
    (commit,) = read_commits(open_repository(ruled.root), limit=1)
    assert report.commit == commit.id == ruled.git("rev-parse", "HEAD")
    (source,) = commit.trailers["Source"]
    assert source.startswith("policies/security.md (sha256:")
    assert ruled.git("status", "--porcelain") == ""
    assert find_codes(ruled) == []


def test_checks_are_proposed_where_there_are_some(ruled: Checkout) -> None:
    draft(ruled)
    checks = [check.check for article in read(ruled).articles for check in article.checks]
    assert {"imports.forbidden", "complexity.max"} <= set(checks) <= set(RULES)


def test_a_dry_run_writes_nothing(ruled: Checkout) -> None:
    report = draft(ruled, write=False)
    assert report.changed
    assert len(report.articles) == 3
    assert not (ruled.root / CONSTITUTION_PATH).exists()


def test_the_template_of_spec_kit_is_replaced(ruled: Checkout) -> None:
    ruled.write(CONSTITUTION_PATH, "# [PROJECT_NAME] Constitution\n\n### [PRINCIPLE_1_NAME]\n")
    ruled.commit()
    draft(ruled)
    assert "[PR" not in ruled.read(CONSTITUTION_PATH)


def test_a_policy_outside_the_repository_is_cited_and_told_once(ruled: Checkout) -> None:
    outside = ruled.root.parent / "company.txt"
    outside.write_text("Tests must be fast. Tests must be run.\n", encoding="utf-8")
    report = draft(ruled, "../company.txt")
    assert [one.outside for one in report.policies] == [True]
    (article,) = read(ruled).articles
    assert {source.passage.path for source in article.sources} == {"../company.txt"}
    (problem,) = check(ruled.root, targets=TARGETS).findings
    assert problem.code == "source-outside"
    assert "../company.txt l. 1, and 1 more, lie outside the repository" in problem.message
    assert draft(ruled, "../company.txt").changed is False


def test_files_that_cannot_be_read_stop_no_others(ruled: Checkout) -> None:
    ruled.write("policies/broken.pdf", "no PDF")
    ruled.write("policies/sheet.xlsx", "x")
    (ruled.root / "policies/link.md").symlink_to("security.md")
    ruled.commit()
    report = draft(ruled)
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
def test_nothing_to_draft_from(ruled: Checkout, paths: list[str], message: str) -> None:
    ruled.write("broken.pdf", "no PDF")
    with pytest.raises(HeadwaterError) as caught:
        draft(ruled, *paths)
    assert message in caught.value.message
    assert caught.value.hint
    assert not (ruled.root / CONSTITUTION_PATH).exists()


def test_uncommitted_changes_of_the_constitution_are_not_mixed_in(ruled: Checkout) -> None:
    ruled.write(CONSTITUTION_PATH, "# Mine\n")
    with pytest.raises(HeadwaterError) as caught:
        draft(ruled)
    assert "expected no uncommitted changes in .specify/memory/constitution.md" in (
        caught.value.message
    )
    assert ruled.read(CONSTITUTION_PATH) == "# Mine\n"


def test_other_work_in_progress_is_left_alone(ruled: Checkout) -> None:
    ruled.write("README.md", "# Mine\n")
    ruled.write("policies/security.md", SECURITY + "\nTests must be run.\n")
    draft(ruled)
    assert ruled.git("status", "--porcelain").splitlines() == [
        "M README.md",
        " M policies/security.md",
    ]


def test_policies_of_every_format_are_rechecked(ruled: Checkout) -> None:
    (ruled.root / "policies/a.pdf").write_bytes(make_pdf(["Tests must be fast as can be."]))
    (ruled.root / "policies/b.docx").write_bytes(make_docx("Errors must be told."))
    ruled.write("policies/c.html", "<p>Logs must be kept.</p>")
    ruled.commit()
    draft(ruled)
    assert find_codes(ruled) == []
    (ruled.root / "policies/a.pdf").write_bytes(make_pdf(["Tests must be slow."]))
    (ruled.root / "policies/b.docx").write_bytes(make_docx("", "More.", "Errors must be told."))
    (ruled.root / "policies/c.html").unlink()
    problems = check(ruled.root, targets=TARGETS).findings
    assert [problem.code for problem in problems] == ["article-suspect"] * 2
    assert "policies/a.pdf p. 1 l. 1 does not say any more" in problems[0].message
    assert "policies/c.html l. 1 is not to be found" in problems[1].message


def test_the_example(repository: Path) -> None:
    """Three policies of a company: one duplicate, one conflict, one line that wants to steer."""
    ruled = Checkout(root=repository)
    shutil.copytree(PARKING / "policies", repository / "policies")
    ruled.commit()
    report = draft(ruled, "policies")
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
    text = ruled.read(CONSTITUTION_PATH)
    assert "evilpark" not in text
    assert (
        "- Dependencies must be pinned to an exact version.\n"
        "  **Source**: policies/coding-standard.docx par. 14 (sha256:be89e58c6cb00e16)\n"
        "  **Source**: policies/security.pdf p. 1 l. 26-27 (sha256:c7de665645889817)\n"
    ) in text
    assert "calls: [eval, exec]" in text
    assert report.words < 500
    assert "article-suspect" not in find_codes(ruled)
