"""`check` with a base: what was there before is counted, what a change brings is found."""

from __future__ import annotations

import shutil

import pytest

from headwater.graph.states import State
from headwater.operations.checking.check_report import FailOn
from tests.cli.projects import CODE_PATH, CONSTITUTION, PLAN_PATH, SPEC_PATH
from tests.cli.projects import SPEC as SOUND
from tests.operations.changing_titles import SPEC, Changing, codes, count_before, find_vague

FOLDER = "specs/001-titles"


def test_no_change_is_no_finding(changing: Changing) -> None:
    everything, report = changing.check(""), changing.check()

    assert (report.findings, report.unsettled, report.drift) == ((), (), ())
    assert count_before(report) == (len(everything.findings), 1)
    assert report.before
    assert report.before.commit == changing.git(changing.root, "rev-parse", "base").strip()
    assert report.passed
    assert not everything.passed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Feature", "<!-- a\nlong\n\ncomment -->\n\n# Feature"),
        ("joined by hyphens, easily.", "joined by hyphens,\n  easily."),
        ("It MUST be robust enough for", "It MUST\n  be   robust\n  enough for"),
        ("## Requirements", "## Requirements\n\n- **FR-009** *(retired 2026-01-01: no)*: Gone."),
    ],
)
def test_moved_and_wrapped_text_is_no_new_finding(changing: Changing, old: str, new: str) -> None:
    assert old in SPEC
    changing.write(SPEC_PATH, SPEC.replace(old, new))

    assert codes(changing.check()) == []


def test_a_new_finding_is_found_whether_or_not_it_is_committed(changing: Changing) -> None:
    changing.write(SPEC_PATH, SPEC.replace("in lower case", "quickly in lower case"))

    report = changing.check()

    assert find_vague(report) == [7]
    assert count_before(report)[0] >= 3
    changing.commit()
    assert changing.check().findings == report.findings


def test_a_second_finding_of_the_same_words_is_new(changing: Changing) -> None:
    """Of several that read the same, as many are known as there were."""
    changing.write(SPEC_PATH, f"{SPEC}\n- **FR-002**: A title MUST be shown quickly.\n")

    assert find_vague(changing.check()) == [SPEC.count("\n") + 2]


def test_what_a_change_breaks_elsewhere_is_found_there(changing: Changing) -> None:
    """A requirement is retired; the plan, which did not change, still implements it."""
    changing.write(SPEC_PATH, SPEC.replace("**FR-001**", "**FR-003**"))

    found = changing.check().findings

    assert ("unknown-ref", PLAN_PATH) in [(one.code, one.place.path) for one in found]


def test_a_renamed_folder_is_no_new_finding(changing: Changing) -> None:
    changing.git(changing.root, "mv", FOLDER, "specs/001-names")

    assert codes(changing.check()) == []

    changing.git(changing.root, "mv", "specs/001-names", "specs/007-names")
    assert find_vague(changing.check()) == []


def test_a_deleted_document_takes_its_findings_along(changing: Changing) -> None:
    (changing.root / PLAN_PATH).unlink()

    report = changing.check()

    assert "plan-missing" in [one.code for one in report.findings]
    assert find_vague(report) == []


def test_a_new_feature_is_judged_whole(changing: Changing) -> None:
    changing.write("specs/002-more/spec.md", "# More\n\n- **FR-001**: It MUST be simple.\n")

    report = changing.check()

    assert {one.place.path.rpartition("/")[0] for one in report.findings} == {"specs/002-more"}
    assert find_vague(report) == [3]


def test_a_base_without_specs_knows_nothing(changing: Changing) -> None:
    changing.git(changing.root, "rm", "-r", "--quiet", "specs")
    changing.commit()
    changing.git(changing.root, "tag", "empty")
    changing.git(changing.root, "checkout", "--quiet", "base", "--", "specs")

    report = changing.check("empty")

    assert len(find_vague(report)) == 3
    assert count_before(report)[0] == 0


def test_a_component_is_new_once_its_sources_differ(changing: Changing) -> None:
    """It was stale at the base; the change makes it stale for more."""
    assert changing.check().unsettled == ()
    changing.write(SPEC_PATH, SPEC.replace("joined by hyphens", "joined by dots"))

    report = changing.check()

    assert [(one.ref, one.state) for one in report.unsettled] == [("001/C1", State.STALE)]
    assert [(one.code, one.place.path) for one in report.drift] == [("not-fresh", PLAN_PATH)]
    assert not report.passed
    assert count_before(report)[1] == 0


def test_a_hand_edit_is_new_and_an_old_one_is_not(changing: Changing) -> None:
    changing.write(CODE_PATH, "edited = 1\n")
    assert [one.state for one in changing.check().unsettled] == [State.EDITED]

    changing.commit()
    assert changing.check("HEAD").unsettled == ()
    changing.write(CODE_PATH, "edited = 2\n")
    assert [one.state for one in changing.check("HEAD").unsettled] == [State.EDITED]


def test_articles_judge_code_as_it_was(changing: Changing) -> None:
    changing.write(".specify/memory/constitution.md", CONSTITUTION.replace("eval", '"*.lower"'))
    assert [one.place.path for one in changing.check().findings] == [CODE_PATH]

    changing.commit()

    assert changing.check("HEAD").findings == ()


def test_a_rule_that_is_turned_up_is_not_new_but_counts(changing: Changing) -> None:
    report = changing.check(severity={"vague-word": "error"})
    assert report.findings == ()

    changing.write(SPEC_PATH, SPEC.replace("in lower case", "quickly in lower case"))
    report = changing.check(severity={"vague-word": "error"})

    assert report.errors >= 1
    assert not report.passed


def test_nothing_of_the_repository_moves(changing: Changing) -> None:
    changing.write(SPEC_PATH, SOUND)
    before = changing.git(changing.root, "status", "--porcelain"), sorted(changing.root.rglob("*"))

    changing.check()

    after = changing.git(changing.root, "status", "--porcelain"), sorted(changing.root.rglob("*"))
    assert after == before


def test_what_fails_is_asked_for(changing: Changing) -> None:
    shutil.rmtree(changing.root / "specs" / "001-titles" / "headwater.lock")
    (changing.root / PLAN_PATH).unlink()
    report = changing.check("", severity={"vague-word": "warning"})

    assert report.errors == 0
    assert [report.passes(level) for level in FailOn] == [True, False, True]
