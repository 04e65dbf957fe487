"""What well-known kinds of secrets look like, for whoever hides or forbids them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class FoundSecret(NamedTuple):
    """The kind of a secret, and from where to where it stands in a text."""

    kind: str
    start: int
    end: int


_SHAPES: Final = (
    (
        "private key",
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    ),
    ("key of OpenAI or Anthropic", r"\bsk-[A-Za-z0-9_-]{16,}"),
    ("token of GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})"),
    ("token of GitLab", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("key of Amazon", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("key of Google", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("token of Slack", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("token of Hugging Face", r"\bhf_[A-Za-z0-9]{30,}"),
    ("key of Stripe", r"\b[rs]k_live_[A-Za-z0-9]{20,}"),
    ("token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("token of the Python package index", r"\bpypi-AgE[A-Za-z0-9_-]{50,}"),
    ("key of SendGrid", r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,}"),
    (
        "JSON Web Token",
        r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
    ),
)
_ANY: Final = re.compile("|".join(f"({shape})" for _, shape in _SHAPES))


def find_secret_shapes(text: str) -> Iterator[FoundSecret]:
    """Everything that looks like a well-known kind of secret, in the order of the text."""
    for match in _ANY.finditer(text):
        kind = _SHAPES[(match.lastindex or 1) - 1][0]
        yield FoundSecret(kind, match.start(), match.end())
