"""Whether cited words still stand in their policy: there, elsewhere, or nowhere."""

from __future__ import annotations

import pytest

from headwater.policies.quotes import digest_words
from headwater.policies.recheck import CitedPolicy, Standing
from headwater.spec.article_sources import ArticleSource, Passage, Spot
from headwater.spec.model import Place, Span
from tests.policies.builders import read_text


def cite(words: str, first: int, last: int = 0, *, path: str = "p.md") -> ArticleSource:
    return ArticleSource(
        passage=Passage(path=path, first=Spot(0, first), last=Spot(0, last or first)),
        digest=digest_words(words),
        place=Place(path="c.md", line=1),
        value=Span(start=0, end=0),
    )


@pytest.mark.parametrize(
    ("text", "standing", "line"),
    [
        ("# A\n\nKeys must be rotated.\n", Standing.SAME, 3),
        ("# A\n\nKeys  must be\trotated.\n", Standing.SAME, 3),
        ("# A\n\nMore.\n\nKeys must be rotated.\n", Standing.MOVED, 5),
        ("# A\n\nKeys must be\nrotated. And more.\n", Standing.MOVED, 3),
        ("# A\n\n> Keys must be rotated.\n", Standing.SAME, 3),
        ("# A\n\nKeys must be rotated daily.\n", Standing.CHANGED, 0),
        ("# A\n\nKeys should be rotated.\n", Standing.CHANGED, 0),
        ("", Standing.CHANGED, 0),
    ],
)
def test_a_sentence(text: str, standing: Standing, line: int) -> None:
    found = CitedPolicy(read_text(text, path="p.md")).recheck(cite("Keys must be rotated.", 3))
    assert found.standing is standing
    assert (found.quote.passage.first.line if found.quote else 0) == line


def test_lines_of_settings_are_found_as_a_run() -> None:
    source = cite("a = [ 1, ]", 1, 3, path="p.toml")
    same = CitedPolicy(read_text("a = [\n  1,\n]\n", path="p.toml")).recheck(source)
    moved = CitedPolicy(read_text("b = 1\n\na = [\n  1,\n]\n", path="p.toml")).recheck(source)
    changed = CitedPolicy(read_text("a = [\n  2,\n]\n", path="p.toml")).recheck(source)
    assert same.standing is Standing.SAME
    assert moved.standing is Standing.MOVED
    assert moved.quote
    assert str(moved.quote.passage) == "p.toml l. 3-5"
    assert changed.standing is Standing.CHANGED
