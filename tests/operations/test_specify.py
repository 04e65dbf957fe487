"""`specify`: a spec on a branch of its own, or nothing at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.engine.progress import SilentObserver
from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelError
from headwater.operations.drafting.merge import MergeConflictError
from headwater.operations.drafting.ports import DraftPorts
from headwater.operations.drafting.report import DocumentChange
from headwater.operations.specify import SpecifyRequest, specify
from headwater.spec.model import Severity
from headwater.steps.drafting.asking import DraftError
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.specify.vagueness import VagueIdeaError
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import TARGETS, Checkout
from tests.steps.specify.parking import IDEA, answer_parking, demand, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.operations.drafting.report import DraftReport
    from headwater.testing.scripted_model import ScriptedAnswer

SPEC = "specs/001-parking-fees/spec.md"
SNAPSHOT = Path(__file__).with_name("snapshots") / "parking-fees.md"


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    checkout = Checkout(root=repository)
    checkout.write(".gitignore", ".headwater/\n.specify/feature.json\n")
    checkout.commit()
    return checkout


def make_ports(model: ScriptedModel, *, seed: int = 0) -> DraftPorts:
    """Ports that open this model, at most two answers a question."""

    @contextmanager
    def open_drafter() -> Iterator[Drafter]:
        settings = DraftSettings(attempts=2)
        yield Drafter(models=(model,), settings=settings, observer=SilentObserver(), seed=seed)

    return DraftPorts(targets=TARGETS, open_drafter=open_drafter, today=date(2026, 1, 2), seed=seed)


def run(
    checkout: Checkout,
    script: Mapping[str, Sequence[ScriptedAnswer]] | None = None,
    *,
    idea: str = IDEA,
    seed: int = 0,
    new_branch: bool = True,
) -> DraftReport:
    """Specify with these answers; without any, no model may be asked."""
    ports = make_ports(ScriptedModel(script if script is not None else {}), seed=seed)
    return specify(checkout.root, SpecifyRequest(idea=idea, new_branch=new_branch), ports=ports)


def test_the_whole_document_is_as_it_was(checkout: Checkout) -> None:
    """`RENEW_SNAPSHOTS=1` writes it anew; look at the difference before it is committed."""
    report = run(checkout, answer_parking())
    text = checkout.read(SPEC)
    if os.environ.get("RENEW_SNAPSHOTS"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")
    (document,) = report.documents
    assert document.change is DocumentChange.CREATED
    assert document.words < document.budget
    assert {one.code for one in report.findings} == {"open-clarification"}
    assert not [one for one in report.findings if one.severity is Severity.ERROR]


def test_the_spec_is_committed_on_a_branch_of_its_own(checkout: Checkout) -> None:
    before = checkout.head
    report = run(checkout, answer_parking())
    assert report.branch == checkout.git("branch", "--show-current") == "001-parking-fees"
    assert checkout.git("rev-parse", "main") == before == checkout.git("rev-parse", "HEAD~1")
    assert checkout.git("status", "--porcelain") == ""
    message = checkout.git("log", "-1", "--format=%B")
    for line in ("Specify Parking fees", f"Draft: specify {SPEC}", "Spec-Ref: 001"):
        assert line in message


def test_without_a_branch_the_present_one_gets_it(checkout: Checkout) -> None:
    run(checkout, answer_parking(), new_branch=False)
    assert checkout.git("branch", "--show-current") == "main"
    assert checkout.read(SPEC)


def test_spec_kit_is_told_which_feature_it_is(checkout: Checkout) -> None:
    run(checkout, answer_parking())
    assert checkout.read(".specify/feature.json") == (
        '{"feature_directory":"specs/001-parking-fees"}\n'
    )


def test_the_same_idea_again_asks_nothing_and_changes_nothing(checkout: Checkout) -> None:
    run(checkout, answer_parking())
    before = checkout.look()
    wrapped = IDEA.replace(". ", ".\n")
    report = run(checkout, idea=f"  {wrapped} ")
    assert report.documents[0].change is DocumentChange.UNCHANGED
    assert (report.usage.calls, checkout.look()) == (0, before)


def test_what_a_person_changed_is_kept_when_it_is_drafted_anew(checkout: Checkout) -> None:
    run(checkout, answer_parking())
    checkout.write(SPEC, checkout.read(SPEC).replace("A driver leaves", "A tired driver leaves"))
    checkout.commit()
    edited = checkout.look()
    assert run(checkout).documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == edited
    script = answer_parking()
    script["specify/choices choices"] = [say(choices=[], assumptions=["Clocks are right."])]
    report = run(checkout, script, seed=1)
    assert report.documents[0].change is DocumentChange.MERGED
    text = checkout.read(SPEC)
    assert "A tired driver leaves" in text
    assert "- Clocks are right. (open)" in text
    assert "**Created**: 2026-01-02" in text


def test_a_new_draft_that_disagrees_with_a_person_changes_nothing(checkout: Checkout) -> None:
    run(checkout, answer_parking())
    checkout.write(SPEC, checkout.read(SPEC).replace("in one currency", "in euro"))
    checkout.commit()
    before = checkout.look()
    script = answer_parking()
    script["specify/choices choices"] = [say(choices=[], assumptions=["All amounts are net."])]
    with pytest.raises(MergeConflictError):
        run(checkout, script, seed=1)
    assert checkout.look() == before


@pytest.mark.parametrize(
    ("purpose", "answers", "error"),
    [
        ("specify/title title", [ModelError("no connection")], ModelError),
        ("specify/examples FR-004", [ModelError("no connection")], ModelError),
        ("specify/requirements sentence {}", ["", ""], DraftError),
        ("specify/requirements sentence {}", ['{"kind": "song"}', "[]"], DraftError),
        ("specify/requirements sentence {}", ['{"kind": "behav', "{}"], DraftError),
    ],
)
def test_a_model_that_fails_leaves_everything_as_it_was(
    checkout: Checkout, purpose: str, answers: list[ScriptedAnswer], error: type[Exception]
) -> None:
    before = checkout.look()
    failing = {purpose.format(number): list(answers) for number in (1, 2, 3, 4)}
    with pytest.raises(error):
        run(checkout, {**answer_parking(), **failing})
    assert checkout.look() == before


def test_a_vague_idea_is_refused_before_a_model_is_opened(checkout: Checkout) -> None:
    before = checkout.look()
    with pytest.raises(VagueIdeaError, match="too vague"):
        run(checkout, idea="build me something cool")
    assert checkout.look() == before


def test_the_number_is_free_and_a_branch_of_that_name_is_not_made_twice(checkout: Checkout) -> None:
    checkout.git("branch", "006-other")
    run(checkout, answer_parking())
    assert checkout.git("branch", "--show-current") == "007-parking-fees"
    checkout.git("switch", "--quiet", "main")
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="found 007-parking-fees") as raised:
        run(checkout, answer_parking())
    assert "git switch 007-parking-fees" in raised.value.hint
    assert checkout.look() == before


def test_a_detached_head_is_refused_before_a_model_is_asked(checkout: Checkout) -> None:
    checkout.git("switch", "--quiet", "--detach")
    with pytest.raises(HeadwaterError, match="detached"):
        run(checkout)


def test_uncommitted_work_elsewhere_is_left_alone(checkout: Checkout) -> None:
    checkout.write("notes.txt", "mine\n")
    checkout.write("README.md", "# Changed\n")
    run(checkout, answer_parking())
    assert set(checkout.git("status", "--porcelain").splitlines()) == {
        "M README.md",
        "?? notes.txt",
    }


def test_what_the_repository_says_is_read_and_told(checkout: Checkout) -> None:
    checkout.write(
        "specs/001-garage/spec.md",
        "# Feature Specification: Garage\n\n## Requirements\n\n"
        "- **FR-001**: The garage MUST count each parking hour with a tax of 0.50.\n",
    )
    checkout.write("src/garage.py", "def parking_day_cost(hours: int) -> int:\n    return 1\n")
    checkout.write(
        "README.md", "# G\n\nThe garage sells pizza. Parking starts an hour of free air.\n"
    )
    checkout.commit()
    script = answer_parking()
    script["specify/requirements sentence 1"] = [
        demand("", "charge 3.00 per started hour, with a tax of 0.50", pattern="always")
    ]
    model = ScriptedModel(script)
    report = specify(checkout.root, SpecifyRequest(idea=IDEA), ports=make_ports(model))
    told = " ".join(report.notes)
    for source in ("001/FR-001", "src/garage.py", "README.md"):
        assert source in told
    prompt = next(one.prompt for one in model.requests if "sentence 1" in one.purpose)
    assert "def parking_day_cost" in prompt
    assert "pizza" not in prompt
    again = specify(
        checkout.root,
        SpecifyRequest(idea=IDEA),
        ports=replace(make_ports(ScriptedModel({})), today=date(2027, 1, 1)),
    )
    assert again.documents[0].change is DocumentChange.UNCHANGED
