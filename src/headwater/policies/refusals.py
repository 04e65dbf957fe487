"""Why a policy cannot be read, as problems with places."""

from __future__ import annotations

from headwater.policies.interface import PolicyText
from headwater.spec.model import Place, Problem


def refuse_policy(path: str, message: str, *, hint: str, line: int = 1) -> PolicyText:
    """A text without blocks that says why there are none."""
    problem = Problem(
        code="policy-unreadable", message=message, place=Place(path=path, line=line), hint=hint
    )
    return PolicyText(path=path, problems=(problem,))
