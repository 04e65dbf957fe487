from __future__ import annotations

import pytest

from bench.plain_markdown import flatten_markdown, opens_with_text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Instructions\n\nText.\n", "Text."),
        ("Text.\n\n## Note ##\n\nMore.", "Text.\n\n**Note**\n\nMore."),
        ("Text.\n## Note\nMore.", "Text.\n\n**Note**\n\nMore."),
        ("Title\n=====\nText.", "**Title**\n\nText."),
        ("A.\n\n---\n\nB.", "A.\n\n---\n\nB."),
        ("```sh\n# no heading\n```", "```sh\n# no heading\n```"),
        ("```\n\n\n# no heading\n~~~\n", "```\n\n\n# no heading\n~~~\n\n```"),
        ("A.\n\n~~~~exercism/note\nNote.\n~~~~\n\nB.", "A.\n\nNote.\n\nB."),
        ("A.\r\n\r\n\r\nB.", "A.\n\nB."),
        ("| Letter | Value |\n| --- | --- |", "| Letter | Value |\n| --- | --- |"),
        (
            "A.\n| Call | Gives |\n|---|---|\n| x | y |\n\nB.",
            "A.\n\n```text\n| Call | Gives |\n|---|---|\n| x | y |\n```\n\nB.",
        ),
        ("Run | Gives\n---|---\nx | y", "```text\nRun | Gives\n---|---\nx | y\n```"),
    ],
)
def test_nothing_leaves_the_item(markdown: str, expected: str) -> None:
    assert flatten_markdown(markdown) == expected


@pytest.mark.parametrize("text", ["Text.", "*Text* too", "10 is a number", "#5 is alive"])
def test_plain_text_can_follow_an_id(text: str) -> None:
    assert opens_with_text(text)


@pytest.mark.parametrize("text", ["", "- a", "1. a", "| a |", "> a", "```", "    code", "~~~"])
def test_a_block_cannot_follow_an_id(text: str) -> None:
    assert not opens_with_text(text)
