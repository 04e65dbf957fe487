"""Which feature a command means, and which number is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.drafting.feature import choose_feature
from headwater.operations.drafting.number import find_free_number
from headwater.operations.standing.survey import take_survey
from headwater.workspace.repository import open_repository
from tests.operations.builders import TARGETS, Checkout

if TYPE_CHECKING:
    from pathlib import Path


def specify(checkout: Checkout, *folders: str) -> None:
    for folder in folders:
        checkout.write(f"specs/{folder}/spec.md", f"# Feature Specification: {folder}\n")
    checkout.commit()


def choose(checkout: Checkout, wanted: str = "") -> str:
    survey = take_survey(checkout.root, targets=TARGETS)
    return choose_feature(open_repository(checkout.root), survey, wanted).folder


def test_the_branch_names_its_feature_by_name_or_number(repository: Path) -> None:
    checkout = Checkout(root=repository)
    specify(checkout, "001-wallet", "002-export")
    for branch in ("001-wallet", "001-another-try"):
        checkout.git("switch", "--quiet", "--create", branch)
        assert choose(checkout) == "specs/001-wallet"
    assert choose(checkout, "specs/002-export/") == "specs/002-export"
    assert choose(checkout, "002") == "specs/002-export"


def test_the_only_feature_needs_no_name(repository: Path) -> None:
    checkout = Checkout(root=repository)
    with pytest.raises(HeadwaterError, match="no feature yet"):
        choose(checkout)
    specify(checkout, "001-wallet")
    assert choose(checkout) == "specs/001-wallet"
    specify(checkout, "002-export")
    with pytest.raises(HeadwaterError, match="belongs to no feature") as raised:
        choose(checkout)
    assert "001-wallet, 002-export" in raised.value.hint
    with pytest.raises(HeadwaterError, match="no feature 'nine'"):
        choose(checkout, "nine")


def test_a_free_number_is_free_on_every_branch(repository: Path, tmp_path: Path) -> None:
    origin = Checkout(root=repository)
    specify(origin, "001-wallet")
    origin.git("switch", "--quiet", "--create", "work")
    specify(origin, "004-export")
    origin.git("switch", "--quiet", "main")
    opened = open_repository(repository)
    assert find_free_number(opened, ["001-wallet"]) == "005"
    origin.git("branch", "007-named-only")
    origin.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    assert find_free_number(open_repository(tmp_path / "clone"), []) == "008"
    assert find_free_number(opened, ["20260101-120000-dated"]) == "008"
