"""Blocks and documents: bytes, places, and what is hidden."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.spec.document import open_document
from headwater.spec.markdown import Block, BlockKind, read_outline, walk
from headwater.spec.model import Place, Source, Span
from tests.spec.builders import at, constitution_of, plan_of, spec_of, tasks_of


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    """The kinds of all blocks, in order."""
    return [block.kind.value for block in walk(blocks)]


def test_blocks_and_their_bytes() -> None:
    text = (
        "# Té\n\n- a\n  - b\n\n```py x\nc\n```\n\n| d |\n| - |\n| e |\n\n> f\n\n---\n\n<p>g</p>\n"
    )
    blocks = read_outline(text).blocks
    assert kinds(blocks) == [
        *("heading", "list", "item", "paragraph", "list", "item", "paragraph"),
        *("code", "table", "quote", "paragraph", "rule", "html"),
    ]
    data = text.encode()
    found = {b.kind: data[b.content.start : b.content.end] for b in walk(blocks)}
    assert found[BlockKind.HEADING] == "Té".encode()
    assert found[BlockKind.CODE] == b"c\n"
    [code] = [b for b in walk(blocks) if b.kind is BlockKind.CODE]
    assert (code.info, code.code, code.fenced) == ("py x", "c\n", True)
    [table] = [b for b in walk(blocks) if b.kind is BlockKind.TABLE]
    assert [data[row.start : row.end] for row in table.rows] == [b"| d |\n", b"| e |\n"]


def test_tight_and_loose_lists_look_alike() -> None:
    tight = read_outline("- [ ] a *b*\n- c\n").blocks
    loose = read_outline("- [ ] a *b*\n\n- c\n").blocks
    assert kinds(tight) == kinds(loose)
    for blocks in (tight, loose):
        first = blocks[0].children[0].children[0]
        assert (first.kind, first.span.start, first.content.end) == (BlockKind.PARAGRAPH, 2, 11)


def test_comments_and_code_are_blanked_and_offsets_stay() -> None:
    text = "a <!-- é --> `b`\n\n<!--\nc\n-->\n\n    d\n\n<p><!-- e --></p>\n"
    document = open_document(Source(path="x", data=text.encode()))
    assert len(document.masked) == len(document.prose) == len(text.encode())
    assert document.masked.decode().split() == ["a", "`b`", "<p>", "</p>"]
    assert document.prose.decode().split() == ["a", "<p>", "</p>"]
    assert document.masked.count(b"\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("a\n\n```\n- **FR-001**: x\n", [("not-closed", 3, 1)]),
        ("```", [("not-closed", 1, 1)]),
        ("```\n~~~~\n```\n~~~\n", [("not-closed", 4, 1)]),
        ("a <!-- b -->\n\n<!--\n- **FR-001**: x\n", [("not-closed", 3, 1)]),
        ("- ~~~\n  a\n  ~~~\n\n> ````\n> ```\n> ````\n\n<!---->\n", []),
    ],
)
def test_what_has_no_end_is_reported(text: str, errors: list[tuple[str, int, int]]) -> None:
    """Such a block hides requirements, tasks or checks that a person believes are read."""
    for document in (spec_of(text), plan_of(text), tasks_of(text), constitution_of(text)):
        assert [at(problem) for problem in document.problems] == errors


def test_raw_text_leaves_parts_out_and_indentation_off() -> None:
    source = Source(path="x", data=b"- a\r\n  b\r\n\r\n\tc\r\n d [cut]e")
    document = open_document(source)
    end = len(source.data)
    cut = Span(start=end - 6, end=end - 1)
    text = document.raw(Span(start=2, end=end), without=[cut, cut], indent=2)
    assert text == "a\nb\n\nc\nd\n\ne"


@given(st.text(alphabet="aé→\n\r 😀", max_size=60), st.data())
def test_places_are_those_that_the_source_gives(text: str, data: st.DataObject) -> None:
    """Counting the lines once gives what counting them anew gives."""
    source = Source(path="x", data=text.encode())
    document = open_document(source)
    offset = data.draw(st.integers(0, len(source.data)))
    assert document.place(offset) == source.place(offset)


@pytest.mark.parametrize(("column", "shown"), [(3, "a.md:2:3"), (0, "a.md:2")])
def test_a_place_is_shown_as_editors_take_it(column: int, shown: str) -> None:
    assert str(Place(path="a.md", line=2, column=column)) == shown


def test_importing_the_reader_loads_nothing_heavy() -> None:
    """Start-up time is a feature; YAML is loaded when a constitution needs it."""
    program = (
        "import sys, headwater.spec.read_project, headwater.spec.splice\n"
        "print([m for m in ('pydantic', 'yaml', 'hypothesis', 'httpx') if m in sys.modules])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "[]"
