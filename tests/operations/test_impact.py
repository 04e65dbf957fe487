"""Impact in a repository: of refs, and since a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.impact import Effect
from headwater.graph.network import NodeKind
from headwater.graph.states import Change, State
from headwater.operations.impact import report_impact, report_impact_since
from headwater.operations.status import report_status
from headwater.policies.quotes import digest_words
from headwater.workspace.repository import NoRepositoryError
from tests.operations.builders import CONSTITUTION_PATH, TARGETS
from tests.operations.wallets import REPORT_SPEC, WALLET_PLAN, WALLET_SPEC, WALLET_TASKS

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.impact import ImpactReport
    from tests.operations.builders import Checkout


def impact_of(checkout: Checkout, *refs: str, depth: int = 0) -> ImpactReport:
    return report_impact(checkout.root, refs, targets=TARGETS, depth=depth)


def impact_since(checkout: Checkout, revision: str = "HEAD") -> ImpactReport:
    return report_impact_since(checkout.root, revision, targets=TARGETS)


def list_touched(report: ImpactReport, effect: Effect, kind: NodeKind) -> set[str]:
    return {one.node for one in report.touched if one.effect is effect and one.kind is kind}


def regenerated(report: ImpactReport) -> set[str]:
    """The components that are derived again and still planned."""
    return {
        one.node
        for one in report.touched
        if one.effect in {Effect.REDECLARED, Effect.REGENERATED}
        and one.kind is NodeKind.COMPONENT
        and not one.gone
    }


def edit(checkout: Checkout, path: str, old: str, new: str) -> None:
    text = checkout.read(path)
    assert old in text
    checkout.write(path, text.replace(old, new))


def describe(report: ImpactReport) -> list[tuple[str, Change]]:
    return [(change.ref, change.change) for change in report.changes]


def test_a_requirement_touches_both_features(wallets: Checkout) -> None:
    report = impact_of(wallets, "001/FR-001")

    assert regenerated(report) == {"001/C1"}
    verified = list_touched(report, Effect.VERIFIED, NodeKind.COMPONENT)
    assert verified == {"001/C2", "001/C3", "001/C4", "002/C1"}
    assert list_touched(report, Effect.REVIEWED, NodeKind.REQUIREMENT) == {"002/FR-001"}
    files = list_touched(report, Effect.REGENERATED, NodeKind.FILE)
    assert files == {"src/wallet/amounts.py", "tests/001_wallet/test_c1.py"}


def test_a_path_explains_what_is_touched(wallets: Checkout) -> None:
    report = impact_of(wallets, "001/FR-001")
    (path,) = [one.path for one in report.touched if one.node == "002/C1"]

    assert [(step.node, step.because) for step in path] == [
        ("001/FR-001", ""),
        ("001/C1", "implements it"),
        ("002/C1", "depends on its interface"),
    ]


def test_a_story_stands_for_its_scenarios_and_a_feature_for_all_in_it(wallets: Checkout) -> None:
    assert regenerated(impact_of(wallets, "US1")) == {"001/C4"}
    assert regenerated(impact_of(wallets, "wallet")) == {f"001/C{n}" for n in (1, 2, 3, 4)}


def test_an_article_touches_everything_in_its_scope(wallets: Checkout) -> None:
    checked = list_touched(impact_of(wallets, "article/I"), Effect.CHECKED, NodeKind.COMPONENT)

    assert checked == {"001/C1", "001/C2", "001/C3", "001/C4"}
    assert [one.node for one in impact_of(wallets, "article/II").touched] == ["article/II"]


@pytest.mark.parametrize(
    ("ref", "message", "hint"),
    [
        ("001/FR-0001", "there is no `001/FR-0001`", "`001/FR-001`"),
        ("nothing", "there is no `nothing`", "Name a ref"),
        ("FR-001", "stands in several features", "001/FR-001, 002/FR-001"),
        ("FR-004", "is retired", "git log"),
        ("src/wallet/cli.py", "found the derived file src/wallet/cli.py", "headwater explain"),
    ],
)
def test_what_has_no_impact_is_refused(
    wallets: Checkout, ref: str, message: str, hint: str
) -> None:
    with pytest.raises(HeadwaterError) as caught:
        impact_of(wallets, ref)

    assert message in caught.value.message
    assert hint in caught.value.hint


def test_an_unknown_revision_and_a_folder_without_git_are_refused(
    wallets: Checkout, tmp_path: Path
) -> None:
    with pytest.raises(HeadwaterError, match="name of a commit, found 'nowhere'"):
        impact_since(wallets, "nowhere")
    outside = tmp_path / "outside"
    outside.mkdir()
    with pytest.raises(NoRepositoryError):
        report_impact_since(outside, "HEAD", targets=TARGETS)


def test_a_line_wrapped_anew_is_no_change(wallets: Checkout) -> None:
    edit(wallets, WALLET_SPEC, "An amount below zero MUST", "An amount below\n  zero MUST")
    edit(wallets, WALLET_TASKS, "- [x] T001", "- [ ] T001")

    report = impact_since(wallets)

    assert (report.changes, report.touched) == ((), ())
    assert report.revision == wallets.head


NEW = "- **FR-005**: More MUST be said. (refines FR-001)\n\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "changes"),
    [
        (WALLET_SPEC, "below zero MUST", "under zero MUST", [("001/FR-001", Change.CHANGED)]),
        (WALLET_SPEC, "| `pay(10, 4)` |", "| `pay(11, 5)` |", [("001/FR-002", Change.CHANGED)]),
        (
            WALLET_SPEC,
            "  | `check(-1)` | raises `invalid_argument` |\n",
            "",
            [("001/FR-001", Change.CHANGED)],
        ),
        (WALLET_SPEC, "`wallet 10 4`", "`wallet 11 5`", [("001/US1.1", Change.CHANGED)]),
        (WALLET_SPEC, "## Success", f"{NEW}## Success", [("001/FR-005", Change.ADDED)]),
        (
            WALLET_SPEC,
            "- **SC-001**: A payment is done in under a second.\n",
            "",
            [("001/SC-001", Change.REMOVED)],
        ),
        (WALLET_PLAN, "Refuse wrong amounts", "Refuse amounts", [("001/C1", Change.CHANGED)]),
        (
            WALLET_PLAN,
            "**Target**: python",
            "**Target**: python\n**Primary Dependencies**: none",
            [("001/plan Primary Dependencies", Change.ADDED)],
        ),
        (
            WALLET_PLAN,
            "def check(amount: int) -> int: ...",
            "def check(amount: int, most: int = 9) -> int: ...",
            [("001/C1", Change.CHANGED)],
        ),
        (WALLET_PLAN, "src/wallet/amounts.py", "src/amounts.py", [("001/C1", Change.CHANGED)]),
        (WALLET_PLAN, "**Choice**: whole", "**Choice**: only", [("001/D1", Change.CHANGED)]),
        (REPORT_SPEC, "added up", "summed up", [("002/FR-001", Change.CHANGED)]),
        (CONSTITUTION_PATH, "[eval]", "[eval, exec]", [("article/I", Change.CHANGED)]),
    ],
)
def test_what_is_derived_again_is_what_status_calls_stale(
    wallets: Checkout,
    path: str,
    old: str,
    new: str,
    changes: list[tuple[str, Change]],
) -> None:
    """The impact of an edit is told before a build, and the states agree with it."""
    edit(wallets, path, old, new)

    report = impact_since(wallets)

    status = report_status(wallets.root, targets=TARGETS)
    stale = {
        one.ref for found in status.features for one in found.components if one.state is State.STALE
    }
    assert describe(report) == changes
    assert regenerated(report) == stale


def test_a_retired_requirement_touches_what_it_was(wallets: Checkout) -> None:
    edit(wallets, WALLET_SPEC, "- **FR-003**:", "- **FR-003** *(retired 2026-11-24: old)*:")

    report = impact_since(wallets)

    (change,) = report.changes
    assert (change.ref, change.change) == ("001/FR-003", Change.RETIRED)
    (component,) = [one for one in report.touched if one.node == "001/C3"]
    assert (component.effect, component.gone) == (Effect.REGENERATED, True)


def test_what_was_taken_out_is_told_from_the_past(wallets: Checkout) -> None:
    wallets.git("rm", "--quiet", "-r", "specs/002-report")

    report = impact_since(wallets)

    assert ("002/FR-001", Change.REMOVED) in describe(report)
    gone = {one.node for one in report.touched if one.gone}
    assert {"002/C1", "002/FR-001", "src/report/summary.py"} <= gone
    assert "001/C1" not in {one.node for one in report.touched}


def test_a_feature_that_is_not_committed_yet_is_added(wallets: Checkout) -> None:
    wallets.write("specs/003-more/spec.md", "# Spec\n\n- **FR-001**: It MUST be.\n")

    assert describe(impact_since(wallets)) == [("003/FR-001", Change.ADDED)]


def test_an_example_that_was_edited_is_one_removed_and_one_added(wallets: Checkout) -> None:
    edit(wallets, WALLET_SPEC, "| `pay(10, 4)` |", "| `pay(11, 5)` |")

    (change,) = impact_since(wallets).changes

    assert not change.text_changed
    assert (len(change.examples_added), len(change.examples_removed)) == (1, 1)


def test_nothing_is_checked_out_or_written(wallets: Checkout) -> None:
    edit(wallets, WALLET_SPEC, "below zero", "under zero")
    before = wallets.look()

    impact_since(wallets, "HEAD~1")

    assert wallets.look() == before


POLICY = "policies/security.md"
SOURCED = """\
# Wallet Constitution

### I. Input is data

- Words of a person must not be run as code.
  **Source**: policies/security.md l. 3 (sha256:{})

```yaml
enforce:
  - {{check: calls.forbidden, scope: "src/wallet/*.py", calls: [eval]}}
```

### II. Be kind

- Letters must be answered.
  **Source**: policies/security.md l. 5 (sha256:{})
"""
_WORDS = ("Words of a person must not be run as code.", "Letters must be answered.")


@pytest.fixture
def sourced(wallets: Checkout) -> Checkout:
    """The wallets with a policy from which two articles are."""
    wallets.write(POLICY, "# Security\n\n{}\n\n{}\n".format(*_WORDS))
    wallets.write(CONSTITUTION_PATH, SOURCED.format(*map(digest_words, _WORDS)))
    wallets.commit()
    return wallets


def test_a_policy_touches_its_articles_and_what_is_under_them(sourced: Checkout) -> None:
    report = impact_of(sourced, POLICY)
    articles = list_touched(report, Effect.REVIEWED, NodeKind.ARTICLE)
    assert articles == {"article/I", "article/II"}
    components = list_touched(report, Effect.POSSIBLE, NodeKind.COMPONENT)
    assert "001/C1" in components
    assert not any(ref.startswith("002/") for ref in components)


def test_a_changed_policy_touches_the_articles_whose_words_changed(sourced: Checkout) -> None:
    edit(sourced, POLICY, "run as code", "run as code, ever")
    report = impact_since(sourced)
    assert [(one.ref, one.kind, one.change) for one in report.changes] == [
        (POLICY, NodeKind.POLICY, Change.CHANGED)
    ]
    assert list_touched(report, Effect.REVIEWED, NodeKind.ARTICLE) == {"article/I"}
    (path,) = [one.path for one in report.touched if one.node == "001/C1"]
    assert [step.node for step in path] == [POLICY, "article/I", "001/C1"]


def test_words_that_only_moved_touch_nothing(sourced: Checkout) -> None:
    edit(sourced, POLICY, "# Security\n", "# Security\n\nBe careful.\n")
    report = impact_since(sourced)
    assert [one.ref for one in report.changes] == [POLICY]
    assert [one.node for one in report.touched if one.effect is not Effect.CHANGED] == []
