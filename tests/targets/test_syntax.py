"""Digests of derived code: what they ignore and what they notice."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET

CODE = '''\
"""A module."""
from decimal import Decimal

__all__ = ["Account", "LIMIT", "total"]
LIMIT = 3

class Account:
    """An account."""
    size: int = 0
    def deposit(self, amount: Decimal) -> None:
        self.amount = amount
    def _hidden(self) -> None:
        pass

def total(a: int, b: int = 1) -> int:
    """Add."""
    return a + b

def _helper() -> None: ...
def unlisted() -> None: ...
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""Add."""', '"""Another text."""'),
        ("    return a + b", "    # a comment\n    return a + b"),
        ("return a + b", "return (a  +  b)"),
        ('"""A module."""\n', ""),
    ],
)
def test_comments_docstrings_and_layout_do_not_count(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert changed != CODE
    assert TARGET.digest_body(changed) == TARGET.digest_body(CODE)
    assert TARGET.digest_interface(changed) == TARGET.digest_interface(CODE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return a + b", "return b + a"),
        ("self.amount = amount", "self.amount = -amount"),
        ("def _helper() -> None: ...", "def _helper() -> int: ..."),
        ("def _hidden(self)", "def _other(self)"),
        ("def unlisted() -> None", "def unlisted(a: int) -> None"),
        ("def total(", "@lru_cache(maxsize=8)\ndef total("),
    ],
)
def test_bodies_and_private_names_change_the_body_alone(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert TARGET.digest_body(changed) != TARGET.digest_body(CODE)
    assert TARGET.digest_interface(changed) == TARGET.digest_interface(CODE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("b: int = 1", "b: int = 2"),
        ("b: int = 1", "c: int = 1"),
        ("-> int:", "-> float:"),
        ("LIMIT = 3", "LIMIT = 4"),
        ("class Account:", "class Account(dict):"),
        ("size: int = 0", "size: str = 0"),
        ("def deposit(", "@property\n    def deposit("),
        ('"total"]', '"total", "unlisted"]'),
        ("from decimal import Decimal", "from money import Decimal"),
    ],
)
def test_what_others_rely_on_changes_the_interface(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert changed != CODE
    assert TARGET.digest_interface(changed) != TARGET.digest_interface(CODE)


def test_without_exports_every_public_name_counts() -> None:
    code = CODE.replace('__all__ = ["Account", "LIMIT", "total"]\n', "")
    changed = code.replace("def unlisted() -> None", "def unlisted(a: int) -> None")
    assert TARGET.digest_interface(changed) != TARGET.digest_interface(code)


def test_a_name_that_is_exported_from_elsewhere_counts() -> None:
    one, other = (f"from {name} import Entry\n__all__ = ['Entry']\n" for name in ("a", "b"))
    assert TARGET.digest_interface(one) != TARGET.digest_interface(other)


def test_code_that_does_not_parse_is_digested_by_its_text() -> None:
    for digest in (TARGET.digest_body, TARGET.digest_interface):
        assert digest("def f(:") == digest("def f(:") != digest("def g(:")


def test_digests_are_the_same_on_every_python() -> None:
    """They are kept in locks that people with other versions read."""
    digest = TARGET.digest_body("def f(a: int = 1) -> int:\n    return a\n")
    assert digest == "f1e8bdef0cf1b7f6b7c725d98383a336b567399b4d84adacf377b5ce563a148e"
