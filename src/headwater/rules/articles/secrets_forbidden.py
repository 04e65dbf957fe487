"""`secrets.forbidden`: no key, token or password in documents, code and configured files."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from headwater.paths import matches_any, matches_glob
from headwater.rules.articles.interface import Argument, ArgumentKind, Need, Rule
from headwater.secret_shapes import FoundSecret, find_secret_shapes
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem

# A name that says that a secret follows, and the value in quotes or up to the next space.
_ASSIGNED = re.compile(
    r"(?i)(?:api|access|auth|secret|private|client|signing)?[_-]?"
    r"(?:key|token|secret|passw(?:or)?d|passphrase|credentials?)['\"]?\s*(?::\s*\w+\s*)?[:=]\s*"
    r"(?:['\"](?P<quoted>[^'\"\s]{16,200})['\"]|(?P<plain>[^'\"\s,;()\[\]{}<>$]{16,200})(?=\s|$))"
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s:/@]+:(?P<password>[^\s:/@<>${}]{6,})@[\w.-]+")
_PLACEHOLDER = re.compile(
    r"(?i)^password$|^[$<{%]|example|placeholder|change.?me|your[_-]|dummy|sample|redacted|x{4}"
)
_LEAST_BITS = 3.5  # of entropy a character; words and identifiers have less, random text more
_HEX = re.compile(r"(?i)[0-9a-f]+")
_LEAST_HEX_BITS = 3.0  # of at most 4
_LEAST_HEX = 32


def find_secrets_in_files(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each; what it is is said, and never shown."""
    for path, text in sorted(evidence.texts.items()):
        asked = matches_any(path, demand.names("paths"))
        if not (asked or matches_glob(path, demand.check.scope)):
            continue
        for found in _list_secrets(text):
            if text[found.start : found.end] not in demand.names("known"):
                line = text.count("\n", 0, found.start) + 1
                yield demand.report(
                    "secret-in-file",
                    f"forbids secrets in files; this looks like a {found.kind}",
                    place=Place(path=path, line=line),
                    remedy="Take it out, revoke it, and read it from the environment",
                )


def _list_secrets(text: str) -> Iterator[FoundSecret]:
    """What looks like a secret, by its shape or by the name before it; each place once."""
    shaped = [
        found
        for found in find_secret_shapes(text)
        if not _PLACEHOLDER.search(text[found.start : found.end])
    ]
    yield from shaped
    for found in _find_named(text):
        if not any(found.start < other.end and other.start < found.end for other in shaped):
            yield found


def _find_named(text: str) -> Iterator[FoundSecret]:
    for match in _ASSIGNED.finditer(text):
        group = "quoted" if match["quoted"] else "plain"
        if _is_random(match[group]) and not _PLACEHOLDER.search(match[group]):
            yield FoundSecret("password or key", match.start(group), match.end(group))
    for match in _ADDRESS.finditer(text):
        if not _PLACEHOLDER.search(match["password"]):
            yield FoundSecret("password in an address", *match.span("password"))


def _is_random(value: str) -> bool:
    """Whether a value has the entropy of a key (Shannon 1948), and letters as well as digits."""
    bits = -sum(
        count / len(value) * math.log2(count / len(value)) for count in Counter(value).values()
    )
    if _HEX.fullmatch(value):
        return len(value) >= _LEAST_HEX and bits >= _LEAST_HEX_BITS
    mixed = re.search(r"\d", value) and re.search(r"[A-Za-z]", value)
    return mixed is not None and bits >= _LEAST_BITS


def _render(_: Demand) -> str:
    return "write no key, token or password into the code"


RULE = Rule(
    name="secrets.forbidden",
    finds="private keys, tokens of well-known services, passwords in addresses, and random values "
    "assigned to a name such as `api_key`; not placeholders and examples that say so",
    why="Whoever can read the repository, or once could, has the secret.",
    example='{check: secrets.forbidden, paths: ["*.toml", "deploy/**"]}',
    arguments=(
        Argument(
            name="paths",
            kind=ArgumentKind.NAMES,
            means="globs of further files besides documents and derived code",
            optional=True,
        ),
        Argument(
            name="known",
            kind=ArgumentKind.NAMES,
            means="values that look like secrets and are none",
            optional=True,
        ),
    ),
    needs=frozenset({Need.TEXTS}),
    find=find_secrets_in_files,
    render=_render,
)
