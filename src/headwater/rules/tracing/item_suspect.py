"""`item-suspect`: `check` finds an item that rests on what changed since it was drafted."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

_BASIS = """\
{
  "format": 1,
  "item": "001/D1",
  "settled": "drafted",
  "sha256": "5287a318c5796cb9262efba921b325aaf03c5323e53ff4acac3b9768214c58c8",
  "sources": {
    "001/FR-001": "6aeafff8b3c27a0c2846f08860103fe97758fb418a787ae12eeb1527ba9f4e3a"
  }
}
"""
_RECORD = "specs/001-ledger/headwater.lock/D1.basis.json"
_OTHER = REQUIREMENTS.replace("the sum of all entries", "the sum of all entries but the first")

RULE = Rule(
    name="item-suspect",
    title="A decision, component or task that rests on what has changed",
    why="It was drafted from a requirement, an assumption or an article that says something else "
    "now, and nobody has looked whether it still holds. Code that is derived from it may be what "
    "nobody asks for any more. `build.block_suspect` makes `build` refuse until then.",
    source="docs/design.md, section 5",
    severity=Severity.WARNING,
    bad={"plan.md": PLAN, "requirements": _OTHER, _RECORD: _BASIS},
    good={"plan.md": PLAN, "requirements": REQUIREMENTS, _RECORD: _BASIS},
    alone=(
        # The same requirement, wrapped otherwise.
        {
            "plan.md": PLAN,
            "requirements": REQUIREMENTS.replace("the ledger MUST", "the ledger\n  MUST"),
            _RECORD: _BASIS,
        },
        # What a person wrote has no record.
        {"plan.md": PLAN, "requirements": _OTHER},
    ),
)
