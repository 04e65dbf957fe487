"""Text from documents, fit to stand in any format."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold (section 2.2), and the signs that turn the direction of what follows.
_UNFIT = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def make_printable(text: str) -> str:
    """The text on one line, with U+FFFD in place of control characters."""
    return " ".join(_UNFIT.sub("\N{REPLACEMENT CHARACTER}", text).split())
