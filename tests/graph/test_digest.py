"""A digest covers meaning: what must keep it and what must change it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.graph.digest import (
    digest_bytes,
    digest_rows,
    digest_text,
    digest_value,
    normalise_cell,
)
from headwater.graph.prose import normalise_prose
from tests.graph.examples import call, row, run_row, table

# Words that cannot be taken for Markdown, wherever a line breaks.
WORDS = st.lists(st.from_regex(r"[a-zäß]{1,9}[,.;]?", fullmatch=True), min_size=1, max_size=25)
# A bullet point must stay one, and tell its neighbours apart from it.
ITEMS = st.lists(WORDS.map(" ".join), min_size=2, max_size=6)


@given(words=WORDS, width=st.integers(min_value=10, max_value=60), gap=st.integers(1, 4))
def test_wrapping_and_spaces_keep_it(words: list[str], width: int, gap: int) -> None:
    text = " ".join(words)
    wrapped = "\n".join(textwrap.wrap((" " * gap).join(words), width, break_long_words=False))
    assert digest_text(wrapped) == digest_text(text)
    assert normalise_prose(wrapped) == text


@given(
    text=st.from_regex(r"[A-Za-z][A-Za-z0-9 ,.;:()'\"/%\n-]{0,80}", fullmatch=True),
    steps=st.booleans(),
)
def test_plain_text_has_the_form_that_markdown_gives_it(text: str, *, steps: bool) -> None:
    """An empty comment changes nothing but that the text is read as Markdown."""
    commented = normalise_prose(f"{text} <!-- -->", steps=steps)
    assert normalise_prose(text, steps=steps) == commented


CODE = "x = 1\n\ny = 2"
PIECES = ["a", "b ", "`a`", "`", "`a b`", "*", "**", "_", "\n", "\n  ", "\n\n", " \t", "    "]
PIECES += [".", ": ", ":", "-", "=", "+ ", "!", "→", "“", "1", "a\n", "**a**: ", "\n- ", "\n> "]
PIECES += ["<b>", "\n```\n", f"\n```py\n{CODE}\n```\n", f"\n````\n{CODE}\n````\n", "\n~~~\n"]


def test_no_code_leaves_nothing_out() -> None:
    assert normalise_prose("a\n\n```\n\n```", without_code=" \n") == "a\n\n```\n\n```"


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), steps=st.booleans())
def test_nearly_plain_text_has_the_form_that_markdown_gives_it(
    pieces: list[str], *, steps: bool
) -> None:
    """A comment at the beginning changes nothing but that the text is read as Markdown."""
    text = "".join(["a", *pieces])
    commented = normalise_prose(f"<!-- -->\n\n{text}", steps=steps, without_code=CODE)
    assert normalise_prose(text, steps=steps, without_code=CODE) == commented


@given(items=ITEMS, start=st.integers(min_value=0, max_value=500))
def test_renumbering_keeps_it(items: list[str], start: int) -> None:
    from_one = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    renumbered = "\n".join(f"{number}) {item}" for number, item in enumerate(items, start))
    assert digest_text(renumbered) == digest_text(from_one)


@given(items=ITEMS, data=st.data())
def test_order_counts_in_numbered_lists_only(items: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(items))
    bullets = ["\n".join(f"- {item}" for item in order) for order in (items, other)]
    numbers = ["\n".join(f"1. {item}" for item in order) for order in (items, other)]
    assert digest_text(bullets[0]) == digest_text(bullets[1])
    assert (digest_text(numbers[0]) == digest_text(numbers[1])) == (items == other)
    steps = [digest_text(text, steps=True) for text in bullets]
    assert (steps[0] == steps[1]) == (items == other)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_has_a_normal_form(text: str) -> None:
    assert len(digest_text(text)) == 64


@given(code=st.from_regex(r"[a-z`]([a-z` ]{0,8}[a-z])?", fullmatch=True))
def test_white_space_in_a_code_span_counts(code: str) -> None:
    spans = [f"Use ```` {text} ```` here." for text in (code, code + " x", code + "  x")]
    assert len({digest_text(text) for text in spans}) == 3
    assert normalise_prose(normalise_prose(spans[2])) == normalise_prose(spans[2])


SAME = {
    "markers": ("- a\n- b", "* b\n\n* a"),
    "tick boxes": ("- [ ] a\n- [x] b", "- [x] a\n- [x] b"),
    "loose list": ("1. a\n2. b", "1. a\n\n2. b"),
    "comments": ("a <!-- note --> b", "a b"),
    "comment block": ("a\n\n<!-- note\n\nmore -->\n\nb", "a\n\nb"),
    "rules": ("a\n\n---\n\nb", "a\n\nb"),
    "sections": ("## A\n\none\n\n## B\n\ntwo", "## B\n\ntwo\n\n## A\n\none"),
    "heading style": ("A  b\n===", "# A b #"),
    "fence style": ("```py\nx\n```", "~~~~ py\nx\n~~~~"),
    "indented code": ("a\n\n    x  y", "a\n\n```\nx  y\n```"),
    "span fences": ("`a`", "`` a ``"),
    "line endings": ("a\r\nb\r\n\r\n- c\r\n", "a\nb\n\n- c\n"),
    "hard breaks": ("a  \nb", "a\\\nb"),
    "table padding": ("| a | b |\n|---|---|\n| 1 | 2 |", "|a|b\n|:-:|--|\n|  1|2  |"),
    "quotes": ("> a\n> b", ">   a\nb"),
    "wrapped span": ("`a\nb`", "`a b`"),
    "list split by a comment": ("- a\n\n<!-- -->\n\n- b", "- a\n- b"),
    "links in tables": ("| [a](b) |\n|---|\n| *c* |", "|[a](b)|\n|:-|\n|  *c*  |"),
    "html": ("<div>\n  a\n</div>", "<div> a </div>"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_layout_keeps_it(one: str, other: str) -> None:
    assert normalise_prose(one) == normalise_prose(other)


DIFFERENT = {
    "word": ("must", "may"),
    "emphasis": ("must", "*must*"),
    "fenced white space": ("```\na  b\n```", "```\na b\n```"),
    "fence language": ("```py\na\n```", "```go\na\n```"),
    "cell": ("| a |\n|---|\n| 1 |", "| a |\n|---|\n| 2 |"),
    "white space in a cell": ("| a |\n|---|\n| 1  2 |", "| a |\n|---|\n| 1 2 |"),
    "cells beyond the header": ("| a |\n|---|\n| 1 | 2 |", "| a |\n|---|\n| 1 |"),
    "escaped bar": ("| a |\n|---|\n| 1 \\| 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    "numbered steps": ("1. a\n2. b", "1. b\n2. a"),
    "numbers to bullets": ("1. a", "- a"),
    "paragraphs": ("a\n\nb", "a b"),
    "list or prose": ("a\n- b", "a \\- b"),
    "nesting": ("- a\n  - b", "- a\n- b"),
    "link": ("[a](http://x)", "[a](http://y)"),
    "link definition": ("[a]\n\n[a]: one", "[a]\n\n[a]: two"),
    "definition that reads as a rule": ("x\n\n[note]: required", "x"),
    "heading level": ("# a", "## a"),
    "quotation": ("> a", "a"),
    "escape": ("\\*a\\*", "*a*"),
    "escape after a line break": ("x\n\\*a*", "x\n*a*"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_meaning_changes_it(one: str, other: str) -> None:
    assert digest_text(one) != digest_text(other)


DOCUMENT = """\
The system  **must** keep `a  b`
and [more](http://x "t") of it:

- [ ] last
  > said
  > **so**
  - inner

  1. one

     two
  2. other
* first

| Name | `x\\|y` |
| :-- | --- |
| a | |

# Title

```py
x =  1

  y
```

[ref]: http://y "title"
"""


def test_the_normal_form_of_a_document() -> None:
    """The whole form, as prompts show it."""
    assert normalise_prose(DOCUMENT) == (
        "The system **must** keep `a  b` and "
        '[more](http://x "t") of it:\n'
        "- first\n"
        "- last\n\n  > said **so**\n\n  - inner\n\n  1. one\n\n     two\n  2. other\n\n"
        "| Name | `x\\|y` |\n| --- | --- |\n| a |  |\n\n"
        "# Title\n\n"
        "```py\nx =  1\n\n  y\n```\n\n"
        '[ref]: <http://y> "title"'
    )


@pytest.mark.parametrize("text", [DOCUMENT, *(text for pair in SAME.values() for text in pair)])
def test_the_normal_form_is_its_own(text: str) -> None:
    once = normalise_prose(text)
    assert normalise_prose(once) == once


def test_steps_keep_their_sections_in_order() -> None:
    assert normalise_prose("## B\n\n## A", steps=True) == "## B\n\n## A"
    assert normalise_prose("## B\n\n## A") == "## A\n\n## B"


def test_deep_nesting_is_no_trouble() -> None:
    assert normalise_prose(">" * 3000 + " x").endswith("x")


def test_an_interface_block_can_be_left_out() -> None:
    text = "Keeps it.\n\n- **Interface**:\n\n  ```python\n  def f(): ...\n  ```\n\n```sh\nls\n```"
    left = normalise_prose(text, without_code="def f(): ...\n")
    assert "def f" not in left
    assert "ls" in left


def test_rows_are_exact_apart_from_decoration() -> None:
    first = row(call("f", 1), 2)
    plain = table(first)
    bare = type(first)(
        cells=(" f(1)", first.cells[1]),
        expression=first.expression,
        expected=first.expected,
        binds="",
        span=first.span,
        place=first.place,
    )
    assert digest_rows(plain, [first]) == digest_rows(plain, [bare])
    second = row(call("f", 1), 3)
    assert digest_rows(plain, [first]) != digest_rows(plain, [second])
    assert digest_rows(plain, [first, second]) != digest_rows(plain, [second, first])


def test_columns_of_a_run_table_may_change_places() -> None:
    one = run_row("wallet add", cells=("wallet add", '"ok"', "0"))
    other = run_row("wallet add", cells=("wallet add", "0", '"ok"'))
    digest = digest_rows(table(one, header=("Run", "Stdout", "Exit")), [one])
    assert digest_rows(table(other, header=("Run", "exit", "stdout")), [other]) == digest
    assert digest_rows(table(other, header=("Run", "Stdout", "Exit")), [other]) != digest


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(" `a  b` ", "a  b"), ("a", "a"), ("`", "`"), ("``", ""), ("`a` `b`", "`a` `b`")],
)
def test_a_cell_loses_only_its_decoration(cell: str, expected: str) -> None:
    assert normalise_cell(cell) == expected


def test_kinds_of_digests_never_meet() -> None:
    assert digest_value("rows", "x") != digest_value("tests", "x")
    assert digest_value("x", {"a": 1, "b": 2}) == digest_value("x", {"b": 2, "a": 1})
    assert digest_bytes(b"").startswith("e3b0c44298fc1c14")
