"""Prompt templates and what goes into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.steps.deriving.search import Style
from headwater.steps.prompting import fill_prompt, load_prompt, template_version

VALUES = {"contract": "C", "language": "python", "outline": "O", "failures": "F"}


def test_values_take_the_place_of_placeholders() -> None:
    prompt = fill_prompt("deriving/focus", VALUES)
    assert '```python\n"""C\n"""\n\nO\n```' in prompt
    assert prompt.endswith("An earlier attempt got these wrong:\nF")


@given(st.text())
def test_a_value_stays_as_it_is(text: str) -> None:
    """Placeholders, back-references and format fields in a value are text."""
    for value in (text, f"{{outline}}{text}{{unknown}}\\1\\g<0>"):
        prompt = fill_prompt("deriving/implement", {**VALUES, "contract": value})
        assert f'"""{value}\n"""\n\nO\n```' in prompt


def test_a_placeholder_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="contract"):
        fill_prompt("deriving/implement", {"language": "python", "outline": ""})


@pytest.mark.parametrize("style", Style)
def test_every_style_has_a_template_that_begins_with_the_module(style: Style) -> None:
    """The prompt cache of a local model holds what all questions of a search begin with."""
    text = load_prompt(f"deriving/{style.value}")
    assert '```{language}\n"""{contract}\n"""\n' in text


def test_the_version_is_short_and_stable() -> None:
    assert len(template_version("deriving")) == 12
    assert int(template_version("deriving"), 16) >= 0
    template_version.cache_clear()
    assert template_version("deriving") == template_version("deriving")
