"""Facts of dependency files: what a project depends on already."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.policies.make_fact import make_fact
from headwater.policies.quotes import list_lines
from headwater.policies.settings_lines import list_settings
from headwater.policies.topics import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.policies.interface import PolicyLine, PolicyText
    from headwater.policies.statements import Statement

_NAME = r"\s*([A-Za-z0-9][\w.-]*)"
_PINNED = r"\s*[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?\s*==\s*[^*,\s;]+\s*(?:[;#\\].*)?"
_BLOCKS = {
    "package.json": (r"\s*\"dependencies\"\s*:\s*\{", r"\s*\"([^\"]+)\"\s*:", r"\s*\}"),
    "go.mod": (r"\s*require\s*\(", r"\s*([\w./-]+)\s+v", r"\s*\)"),
}


def find_dependencies(policy: PolicyText) -> Iterator[Statement]:
    """One statement for the dependencies that a file declares, and one where all are pinned."""
    name = PurePosixPath(policy.path).name
    if name == "pyproject.toml":
        for setting in list_settings(policy):
            if (setting.section, setting.key) == ("project", "dependencies"):
                yield from _make(policy, setting.lines, setting.texts)
    elif name in _BLOCKS:
        yield from _find_block(policy, *_BLOCKS[name])
    else:
        lines = [line for line in list_lines(policy) if re.match(_NAME, line.text)]
        yield from _make(policy, lines, [line.text for line in lines])


def _find_block(policy: PolicyText, opening: str, entry: str, ending: str) -> Iterator[Statement]:
    lines = list(list_lines(policy))
    starts = [number for number, line in enumerate(lines) if re.match(opening, line.text)]
    for start in starts[:1]:
        block = []
        for line in lines[start + 1 :]:
            if re.match(ending, line.text):
                break
            block.append(line)
        found = (re.match(entry, line.text) for line in block)
        yield from _make(policy, block, [match[1] for match in found if match], whole=True)


def _make(
    policy: PolicyText, lines: Sequence[PolicyLine], entries: Sequence[str], *, whole: bool = False
) -> Iterator[Statement]:
    """`whole` entries are names; others are requirements such as `httpx>=0.27`."""
    matches = (re.match(r"(.+)" if whole else _NAME, entry) for entry in entries)
    names = list(dict.fromkeys(match[1] for match in matches if match))
    if not names:
        return
    listed = ", ".join(f"`{name}`" for name in names)
    yield make_fact(
        policy,
        lines,
        clause=f"Dependencies are those that are declared: {listed}.",
        topic=Topic.DEPENDENCIES,
        check="dependencies.allowed",
        packages=names,
    )
    if not whole and all(re.fullmatch(_PINNED, entry) for entry in entries):
        yield make_fact(
            policy,
            lines,
            clause="Dependencies are pinned to an exact version.",
            topic=Topic.DEPENDENCIES,
            check="dependencies.pinned",
        )
