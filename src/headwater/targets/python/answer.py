"""Takes the code out of a model's answer, however it is wrapped or cut off."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from headwater.targets.python.declarations import declared_name
from headwater.targets.python.source import (
    first_line,
    is_docstring,
    last_line,
    parse_source,
    source_lines,
)

if TYPE_CHECKING:
    from collections.abc import Collection

_FENCE = re.compile(r"\s*(?:```|~~~)\s*([\w+.-]*)[^`]*$")
_OPENS_CODE = re.compile(r'(?:def|class|import|from|async def) |@\w|\w+(?:: .+)? = |"""|#')
_OPENS_DEFINITION = re.compile(r"(?:def|class|async def) |@\w")


def extract_code(answer: str, *, wanted: Collection[str] = ()) -> str:
    """The module in a model's answer.

    Of several fenced blocks it is the last that declares all `wanted` names, else all that are
    Python joined. Of an answer that was cut off it is as much as parses; code that is wrong in
    its midst comes back whole, so that the fault is reported.
    """
    blocks = [
        drop_copied_contract(keep_whole_statements(block)) for block in find_code_blocks(answer)
    ]
    if not blocks:
        return ""
    for block in reversed(blocks):
        if wanted and _declared_in(block).issuperset(wanted):
            return block
    if wanted:
        blocks = [block for block in blocks if _declared_in(block) & set(wanted)] or blocks
    return "\n\n\n".join(block.strip("\n") for block in blocks) + "\n"


def find_code_blocks(answer: str) -> list[str]:
    """The fenced blocks of an answer, Python ones only where any says so; else its bare code.

    An answer that continues an opened block has no first fence, one that was cut off no last.
    """
    blocks: list[tuple[str, list[str]]] = []
    outside: list[str] = []
    info: str | None = None
    for line in source_lines(answer):
        fence = _FENCE.match(line)
        if info is not None:
            if fence and not fence[1]:
                info = None
            else:
                blocks[-1][1].append(line)
        elif fence and not (fence[1] or blocks) and _is_code(outside):
            blocks.append(("python", outside))  # the fence that was opened for the answer
        elif fence:
            info = fence[1].lower()
            blocks.append((info, []))
        elif not blocks:
            outside.append(line)
    if not blocks:
        return [_skip_prose(outside)]
    python = [lines for info, lines in blocks if info in {"python", "py", "python3"}]
    chosen = python or [lines for _, lines in blocks]
    return ["\n".join(lines) + "\n" for lines in chosen if any(map(str.strip, lines))]


def keep_whole_statements(code: str) -> str:
    """The code without a last statement that is cut off, or prose that follows it."""
    if parse_source(code) is not None:
        return code
    lines = source_lines(code)
    for position in range(len(lines) - 1, 0, -1):
        line = lines[position]
        if not line[:1].strip():
            continue
        kept = "\n".join(lines[:position]).rstrip() + "\n"
        if kept.strip() and parse_source(kept) is not None:
            return kept
        opens = position > 1 and not lines[position - 1].startswith("@")
        if _OPENS_DEFINITION.match(line) and opens:
            break
    return code


def drop_copied_contract(code: str) -> str:
    """The code without an opening text that holds examples: the prompt's, which models copy.

    Left in, it would go stale beside the specification, and lengthen the next diff.
    """
    tree = parse_source(code)
    if tree is None or not tree.body or not is_docstring(tree.body[0]):
        return code
    text = ast.get_docstring(tree) or ""
    if ">>> " not in text:
        return code
    lines = source_lines(code)
    del lines[first_line(tree.body[0]) - 1 : last_line(tree.body[0])]
    return "\n".join(lines).lstrip("\n") + "\n"


def _is_code(lines: list[str]) -> bool:
    return any(map(_OPENS_CODE.match, lines)) and parse_source("\n".join(lines)) is not None


def _skip_prose(lines: list[str]) -> str:
    """Lines from the first that looks like code; all of them when none does."""
    if parse_source("\n".join(lines)) is None:
        for position, line in enumerate(lines):
            if _OPENS_CODE.match(line):
                return "\n".join(lines[position:]) + "\n"
    return "\n".join(lines) + "\n"


def _declared_in(code: str) -> set[str]:
    tree = parse_source(code)
    return {declared_name(node) for node in tree.body} - {""} if tree else set()
