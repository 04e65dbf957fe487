"""How severe a check is that enforces a statement."""

from __future__ import annotations

from headwater.policies.strengths import Strength
from headwater.spec.model import Severity


def give_severity(strength: Strength) -> Severity:
    """What must be is an error, what should be a warning."""
    return Severity.ERROR if strength is Strength.MUST else Severity.WARNING
