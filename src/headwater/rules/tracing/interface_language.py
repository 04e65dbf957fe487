"""`interface-language`: the target finds an interface block in another language."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="interface-language",
    title="An interface block in another language than the plan's target",
    why="It is read by the rules of the target, and means nothing there.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("```python", "```go")},
    good={"plan.md": PLAN},
)
