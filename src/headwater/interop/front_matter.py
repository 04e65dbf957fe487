"""YAML between `---` at the head of a Markdown file, which Markdown would take for a heading."""

from __future__ import annotations

import re

from headwater.spec.model import Source

_FRONT_MATTER = rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)"


def find_front_matter(data: bytes) -> bytes:
    """The YAML at the head of a file; empty when there is none."""
    match = re.match(_FRONT_MATTER, data, re.DOTALL | re.MULTILINE)
    return match["yaml"] if match else b""


def hide_front_matter(source: Source) -> Source:
    """The same document with its front matter blanked out; every offset stays."""
    match = re.match(_FRONT_MATTER, source.data, re.DOTALL | re.MULTILINE)
    if not match:
        return source
    blank = re.sub(rb"[^\r\n]", b" ", match[0])
    return Source(path=source.path, data=blank + source.data[match.end() :])
