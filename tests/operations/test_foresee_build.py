"""What a build says it would do, beside what it then does."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.build import BuildRequest
from headwater.operations.building.estimate import Basis
from headwater.operations.building.foresee_build import ForeseenBuild, Ripple, foresee_build
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.building.report import Action
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    NO_EVAL,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    answer,
    answer_all,
    make_ports,
    start_checkout,
)
from tests.operations.wallets import CODE, WALLET_PLAN, WALLET_SPEC

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout

DONE_AS = {
    Action.GENERATED: Ripple.REGENERATE,
    Action.VERIFIED: Ripple.VERIFY,
    Action.REMOVED: Ripple.REMOVE,
}


def foresee(checkout: Checkout, *, feature: str = "", upgrade: bool = False) -> ForeseenBuild:
    before = checkout.look()
    found = foresee_build(
        checkout.root,
        BuildRequest(feature=feature, upgrade=upgrade),
        ports=make_ports(ScriptedModel([])),
    )
    assert checkout.look() == before
    return found


def ripples(foreseen: ForeseenBuild) -> dict[str, Ripple]:
    return {found.component: found.ripple for found in foreseen.components}


def test_a_pivot_ripples_across_features_as_the_build_then_does(wallets: Checkout) -> None:
    spec = wallets.read(WALLET_SPEC)
    wallets.write(WALLET_SPEC, spec.replace("An amount below zero MUST", "A negative amount MUST"))
    plan = wallets.read(WALLET_PLAN)
    wallets.write(WALLET_PLAN, plan.replace("Show an amount.", "Show an amount in words."))
    foreseen = foresee(wallets)
    assert ripples(foreseen) == {
        "001/C1": Ripple.REGENERATE,
        "001/C2": Ripple.VERIFY,
        "001/C3": Ripple.REGENERATE,
        "001/C4": Ripple.VERIFY,
        "002/C1": Ripple.VERIFY,
    }
    assert foreseen.features == ("001", "002")
    found = {one.component: one for one in foreseen.components}
    assert found["001/C1"].reasons == ("001/FR-001 changed",)
    assert found["001/C4"].reasons == ("depends on 001/C3, 001/C1",)
    assert found["001/C1"].files == ("src/wallet/amounts.py", "tests/001_wallet/test_c1.py")
    wallets.commit()
    new = CODE["001/C1"].replace("amount < 0", "0 > amount")
    say = CODE["001/C3"].replace('f"{check(amount)} coins"', 'str(check(amount)) + " coins"')
    model = ScriptedModel({"implement 001/C1": [answer(new)], "implement 001/C3": [answer(say)]})
    report = wallets.build(model)
    assert report.succeeded
    done = {one.component: DONE_AS[one.action] for one in report.components}
    assert done == ripples(foreseen)
    assert report.tests == foreseen.tests


def test_nothing_is_foreseen_where_all_is_fresh(sums: Checkout) -> None:
    foreseen = foresee(sums)
    assert (foreseen.components, foreseen.features, foreseen.tests, foreseen.tokens) == (
        (),
        (),
        0,
        0,
    )
    assert foreseen.fresh == len(SUMS.parts)


def test_one_feature_is_looked_at_alone(wallets: Checkout) -> None:
    spec = wallets.read(WALLET_SPEC)
    wallets.write(WALLET_SPEC, spec.replace("An amount below zero MUST", "A negative amount MUST"))
    assert set(ripples(foresee(wallets, feature="001"))) == {
        "001/C1",
        "001/C2",
        "001/C3",
        "001/C4",
    }
    assert ripples(foresee(wallets, feature="002")) == {}


def test_tokens_are_those_of_the_last_derivation(sums: Checkout) -> None:
    generator = json.loads(sums.read(f"{FOLDER}/headwater.lock/C1.json"))["generator"]
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))
    foreseen = foresee(sums)
    (estimate,) = [found.estimate for found in foreseen.components if found.estimate]
    assert estimate.basis is Basis.PAST
    assert estimate.tokens == generator["input_tokens"] + generator["output_tokens"] > 0
    assert foreseen.tokens == estimate.tokens


def test_a_new_component_is_estimated_from_the_others(sums: Checkout) -> None:
    whole = replace(
        DOUBLE, number=5, name="trebles", interface="def treble(n: int) -> int: ...", rows=()
    )
    sums.adopt(replace(SUMS, parts=(*SUMS.parts, whole)))
    (found,) = foresee(sums).components
    assert found.estimate is not None
    assert found.estimate.basis is Basis.OTHERS
    spent = sorted(
        sum(json.loads(path.read_text())["generator"][f"{way}put_tokens"] for way in ("in", "out"))
        for path in (sums.root / FOLDER / "headwater.lock").glob("C?.json")
    )
    assert spent[0] <= found.estimate.tokens <= spent[-1]


def test_without_a_past_the_size_counts(repository: Path) -> None:
    checkout = start_checkout(repository, SUMS)
    estimates = [found.estimate for found in foresee(checkout).components]
    assert {estimate.basis for estimate in estimates if estimate} == {Basis.SIZE}
    longer = start_checkout(repository, SUMS.change(1, text="A number MUST be doubled. " * 40))
    first = foresee(longer).components[0].estimate
    assert first is not None
    assert estimates[0] is not None
    assert first.tokens > estimates[0].tokens > SearchSettings().answer_tokens


def test_what_was_retired_would_be_removed(sums: Checkout) -> None:
    sums.adopt(replace(SUMS, parts=SUMS.parts[:3]))
    (found,) = foresee(sums).components
    assert (found.component, found.ripple) == ("001/C4", Ripple.REMOVE)
    assert found.files == ("src/sums/shouts.py", "tests/001_sums/test_c4.py")
    assert found.estimate is None


def test_a_hand_edit_blocks(sums: Checkout) -> None:
    sums.write(DOUBLE.path, "# mine\n")
    assert ripples(foresee(sums))["001/C1"] is Ripple.BLOCKED


def test_a_hand_edit_of_a_features_own_file_blocks(sums: Checkout) -> None:
    path = "tests/001_sums/support_001_sums.py"
    sums.write(path, "# mine\n")
    (found,) = foresee(sums).components
    assert (found.component, found.ripple) == ("001", Ripple.BLOCKED)
    assert found.reasons == (f"{path} edited by hand",)


def test_an_upgrade_is_foreseen_only_when_asked_for(sums: Checkout) -> None:
    record = f"{FOLDER}/headwater.lock"
    assert (sums.root / record).is_dir()
    ports = make_ports(ScriptedModel([], name="scripted:better"))
    plain = foresee_build(sums.root, BuildRequest(), ports=ports)
    upgrade = foresee_build(sums.root, BuildRequest(upgrade=True), ports=ports)
    assert plain.components == ()
    assert {found.ripple for found in upgrade.components} == {Ripple.REGENERATE}
    assert len(upgrade.components) == len(SUMS.parts)


def test_an_edited_article_is_foreseen_as_it_is_built(repository: Path) -> None:
    """What breaks it is derived anew, the rest checked again."""
    sly = 'def shout(text: str) -> str:\n    return eval("text.upper()")\n'
    checkout = start_checkout(repository, SUMS)
    answers = {**answer_all(SUMS), "implement 001/C4": [answer(sly)]}
    assert checkout.build(ScriptedModel(answers)).succeeded
    checkout.adopt(replace(SUMS, constitution=NO_EVAL))
    found = ripples(foresee(checkout))
    assert found.pop("001/C4") is Ripple.REGENERATE
    assert set(found.values()) == {Ripple.VERIFY}


def test_errors_in_documents_are_told_as_a_build_tells_them(sums: Checkout) -> None:
    sums.write(SPEC_PATH, sums.read(SPEC_PATH).replace("double(1)", "nonsense(1)", 1))
    with pytest.raises(ProblemsError):
        foresee(sums)


def test_a_file_of_ones_own_in_the_way_is_told(sums: Checkout) -> None:
    plan = sums.read(PLAN_PATH)
    sums.write("src/sums/mine.py", "x = 1\n")
    sums.write(PLAN_PATH, plan.replace("src/sums/shouts.py", "src/sums/mine.py"))
    with pytest.raises(ProblemsError):
        foresee(sums)
