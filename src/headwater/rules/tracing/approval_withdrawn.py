"""`approval-withdrawn`: a document says something else than what was approved."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_LINE = (
    '{{"blob":"","by":"Ada Lovelace <ada@example.org>","commit":"","digest":"{digest}",'
    '"document":"specs/001-ledger/plan.md","format":1,"verdict":"approved",'
    '"when":"2026-11-22T10:00:00+00:00"}}\n'
)
_RECORD = "specs/001-ledger/headwater.lock/approvals.jsonl"
_APPROVED = "26b6509b9bb6bbc1e0983af3107721cdcdc9804c9d4591ddc141bd19dd134ad5"

RULE = Rule(
    name="approval-withdrawn",
    title="A document says something else than what was approved",
    why="An approval holds for what was read. Layout, wrapping, tick boxes and comments may change "
    "under it; a changed word withdraws it, until somebody approves what stands there now. "
    "`build.require_approval` makes `build` refuse until then.",
    severity=Severity.WARNING,
    bad={"plan.md": PLAN, _RECORD: _LINE.format(digest="0" * 64)},
    good={"plan.md": PLAN, _RECORD: _LINE.format(digest=_APPROVED)},
    alone=(
        # The same, wrapped and commented.
        {
            "plan.md": PLAN.replace("must not lose", "must not\nlose").replace(
                "## Decisions", "<!-- Read again. -->\n\n## Decisions"
            ),
            _RECORD: _LINE.format(digest=_APPROVED),
        },
        # Nobody has approved it yet.
        {"plan.md": PLAN},
    ),
)
