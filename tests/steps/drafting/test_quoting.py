"""Text from outside stays data."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from headwater.steps.drafting.quoting import is_quoted, quote_data


@given(st.text())
def test_no_text_can_end_its_own_quotation(text: str) -> None:
    quoted = quote_data("policy", text)
    tag = re.match(r"<(policy-[0-9a-f]{8})>\n", quoted)
    assert tag
    assert quoted.count(f"</{tag[1]}>") == 1
    assert quoted.endswith(f"\n</{tag[1]}>")


def test_a_quote_is_found_however_it_is_wrapped() -> None:
    text = "Secrets  must never\nbe committed."
    assert is_quoted('"secrets must never be committed"', inside=text)
    assert not is_quoted("Secrets may be committed", inside=text)
    assert not is_quoted("  ", inside=text)
