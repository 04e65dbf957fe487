"""`**Source**:` lines are read as they are written, and what only looks like one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.spec.article_sources import Passage, Spot, render_source
from headwater.spec.model import Constitution, Source
from headwater.spec.read_constitution import read_constitution

DIGEST = "0123456789abcdef"


def read(*lines: str) -> Constitution:
    text = "# C\n\n## Core Principles\n\n### I. A\n\n- Words.\n" + "".join(f"{x}\n" for x in lines)
    return read_constitution(Source(path="c.md", data=text.encode()))


spots = st.builds(Spot, st.just(0), st.integers(1, 9999))
paths = st.from_regex(r"[A-Za-z0-9][\w .-]{0,12}(/[A-Za-z][\w-]{0,5})?\.(pdf|md)", fullmatch=True)


@given(path=paths, page=st.integers(0, 20), first=st.integers(1, 900), more=st.integers(0, 9))
def test_what_is_written_is_read(path: str, page: int, first: int, more: int) -> None:
    passage = Passage(path=path, first=Spot(page, first), last=Spot(page, first + more))
    (article,) = read(f"  **Source**: {render_source(passage, DIGEST)}").articles
    (source,) = article.sources
    assert source.passage == passage
    assert source.digest == DIGEST


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        (
            f"**Source**: policies/a.pdf p. 3 l. 12-14 (sha256:{DIGEST})",
            Passage(path="policies/a.pdf", first=Spot(3, 12), last=Spot(3, 14)),
        ),
        (
            f"- **Source**: `a b.docx` par. 7 (sha256:{DIGEST})",
            Passage(path="a b.docx", first=Spot(0, 7), last=Spot(0, 7), unit="par."),
        ),
        (
            f"**Source**: a.pdf p. 3 l. 40-p. 4 l. 2 (sha256:{DIGEST})",
            Passage(path="a.pdf", first=Spot(3, 40), last=Spot(4, 2)),
        ),
    ],
)
def test_places(line: str, passage: Passage) -> None:
    (article,) = read(line).articles
    assert [source.passage for source in article.sources] == [passage]
    assert str(article.sources[0].place).startswith("c.md:8:")


def test_several_sources() -> None:
    (article,) = read(
        f"  **Source**: a.md l. 1 (sha256:{DIGEST})", f"  **Source**: b.md l. 2 (sha256:{DIGEST})"
    ).articles
    assert [source.passage.path for source in article.sources] == ["a.md", "b.md"]


@pytest.mark.parametrize(
    "line", ["**Source**: `steering/tech.md:3`", "**Source**: the handbook", "Source: a.md l. 1"]
)
def test_a_source_in_other_words_is_prose(line: str) -> None:
    constitution = read(line)
    assert constitution.articles[0].sources == ()
    assert constitution.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "**Source**: a.md l. 1 (sha256:0123)",
        f"**Source**: a.md (sha256:{DIGEST})",
        f"**Source**: a.md l. x (sha256:{DIGEST})",
    ],
)
def test_a_source_that_cannot_be_read_is_told(line: str) -> None:
    (problem,) = read(line).problems
    assert problem.code == "source-unreadable"
    assert problem.place.line == 8
    assert "run `headwater constitution` again" in problem.hint


def test_a_source_in_code_or_a_comment_is_none() -> None:
    line = f"**Source**: a.md l. 1 (sha256:{DIGEST})"
    assert read("```text", line, "```").articles[0].sources == ()
    assert read(f"<!-- {line} -->").articles[0].sources == ()
