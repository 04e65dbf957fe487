"""Which reader a file has, by its name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.policies.read_docx import read_docx
from headwater.policies.read_html import read_html
from headwater.policies.read_lines import read_lines
from headwater.policies.read_markdown import read_markdown
from headwater.policies.read_pdf import read_pdf
from headwater.policies.read_text import read_text
from headwater.policies.refusals import refuse_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.policies.interface import PolicyText, Reader

_READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".text": read_text,
    ".rst": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".toml": read_lines,
    ".json": read_lines,
    ".yml": read_lines,
    ".yaml": read_lines,
    ".cfg": read_lines,
    ".ini": read_lines,
    ".mod": read_lines,
    ".editorconfig": read_lines,
}
_BY_NAME: Mapping[str, Reader] = {
    "CODEOWNERS": read_lines,
    ".editorconfig": read_lines,
    ".coveragerc": read_lines,
}


def find_reader(path: str) -> Reader | None:
    """The reader of a file; None for a format that is not read. No suffix at all means text."""
    name = PurePosixPath(path)
    by_suffix = _READERS.get(name.suffix.lower())
    return _BY_NAME.get(name.name) or by_suffix or (None if name.suffix else read_text)


def read_policy(path: str, data: bytes) -> PolicyText:
    """What a file says, or why it cannot be read."""
    reader = find_reader(path)
    if reader is None:
        return refuse_policy(
            path,
            "expected Markdown, text, HTML, PDF or DOCX, found a file "
            f"`*{PurePosixPath(path).suffix}`",
            hint="Save it in one of these formats.",
        )
    return reader(path, data)
