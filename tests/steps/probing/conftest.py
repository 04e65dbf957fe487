"""What tests of probing share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.operations.standing.survey import take_survey
from tests.operations.builders import TARGETS, start_checkout

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.standing.survey import Survey


@pytest.fixture
def survey(repository: Path) -> Survey:
    """The sketch `SUMS`, not built."""
    start_checkout(repository)
    return take_survey(repository, targets=TARGETS)
