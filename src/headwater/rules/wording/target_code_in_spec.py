"""`target-code-in-spec`: code in a document that says what, not how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.markdown import BlockKind, read_outline, walk
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Place, Source

CODE_LANGUAGES = frozenset({"python", "python3", "py", "go", "golang", "typescript", "ts", "tsx"})
_NAMES = "|".join(sorted(CODE_LANGUAGES))
# A fence is taken whole, so that a long row of its signs is read once.
_FENCE = rf"(?i)(?:(?<!`)`{{3,}}+|(?<!~)~{{3,}}+)[ \t]*+(?:{_NAMES})\b".encode()


def find_target_code(subject: FeatureSubject) -> Iterator[Finding]:
    """Every block of target code in the spec, and in the plan outside the interfaces.

    A plan without components is not one to derive from, and may show what it likes.
    """
    feature = subject.feature
    if feature.spec:
        for place, language in _find_blocks(feature.spec.source, allowed=frozenset()):
            yield _report(place, language, hint="Say what it does, with an example table.")
    if feature.plan and feature.plan.components:
        # An interface's code begins in the line below its fence.
        interfaces = frozenset(item.interface_place.line - 1 for item in feature.plan.components)
        for place, language in _find_blocks(feature.plan.source, allowed=interfaces):
            yield _report(place, language, hint="Keep signatures in a component's Interface.")


def _find_blocks(source: Source, *, allowed: frozenset[int]) -> Iterator[tuple[Place, str]]:
    """Where each fenced block in a target language begins, and its language.

    Blocks that begin in the lines `allowed` are left out; with no other, nothing is read.
    """
    if _list_lines(source.data) <= allowed:
        return
    for block in walk(read_outline(source.data.decode()).blocks):
        language = next(iter(block.info.lower().split()), "")
        if block.kind is BlockKind.CODE and language in CODE_LANGUAGES:
            place = source.place(block.span.start)
            if place.line not in allowed:
                yield place, language


def _list_lines(data: bytes) -> frozenset[int]:
    """The lines in which a fence of a target language may stand."""
    numbers, counted, number = set(), 0, 1
    for fence in re.finditer(_FENCE, data):
        number += data.count(b"\n", counted, fence.start())
        counted = fence.start()
        numbers.add(number)
    return frozenset(numbers)


def _report(place: Place, language: str, *, hint: str) -> Finding:
    return Finding(place=place, message=f"{language} code stands outside an interface", hint=hint)


RULE = Rule(
    name="target-code-in-spec",
    title="Target code outside a component's interface",
    why="Code in a spec is copied instead of derived: it binds the feature to one language, no "
    "test judges it, and it is never brought up to date.",
    source="docs/design.md, section 4",
    severity=Severity.ERROR,
    bad="""\
- **FR-001**: The ledger MUST add up the entries of an account.

  ```python
  def balance(entries):
      return sum(entries)
  ```
""",
    good="""\
- **FR-001**: The ledger MUST add up the entries of an account.

  | Call | Result |
  | --- | --- |
  | `balance([1, 2])` | `3` |
""",
    alone=(
        """\
- **FR-001**: The ledger MUST export entries in this form:

  ```json
  {"date": "2026-11-22", "amount": 5}
  ```
""",
    ),
    find_in_feature=find_target_code,
)
