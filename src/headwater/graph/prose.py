"""The normal form of Markdown prose: what digests are taken of and prompts are rendered from.

White space, wrapping, list markers, numbering, tick boxes and comments do not count; the order of
bullet points and of sections does not either. Code spans, code blocks and table cells stay exact.
"""

from __future__ import annotations

import re

import pyromark

from headwater.graph.prose_reader import ProseReader, split_event

# Lines that begin with a letter, and hold no sign that Markdown knows but those of emphasis and of
# simple code spans, which stay as they are written: most sentences are such, and most fields. Of a
# requirement with marks behind its id the colon stays.
_CODE_SPAN = r"`[^`\s\0]++(?: [^`\s\0]++)*+`(?!`)"
_PLAIN_LINE = rf"(?:: )?\*{{0,2}}[A-Za-z](?:[A-Za-z0-9 ,.;:()'\"/%?!=+*_→—–“”’-]++|{_CODE_SPAN})*+"
_NEXT_LINE = r"\n {0,3}"
_NEXT_PARAGRAPH = r"\n(?:[ \t]*\n)+ {0,3}"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:(?:{_NEXT_LINE}|{_NEXT_PARAGRAPH}){_PLAIN_LINE})*")
# A fenced block that nothing holds.
_FENCED = re.compile(r"(?m)^```[\w+-]*+\n((?:(?! {0,3}```)[^\r\n\0]*+\n)*+)```[ \t]*+$")

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS


def normalise_prose(text: str, *, steps: bool = False, without_code: str = "") -> str:
    """The one form that all ways of writing the same prose share.

    Args:
        text: Markdown, such as a requirement's text or a component's section.
        steps: the order of bullet points and sections counts, as in a scenario.
        without_code: leave out code blocks with exactly this content, apart from white space
            around it; an interface block is digested by its syntax instead.
    """
    plain = _leave_out(without_code, text) if without_code.strip() else text
    if _PLAIN.fullmatch(plain):
        if "\n" not in plain:
            return " ".join(plain.split())
        paragraphs = re.split(_NEXT_PARAGRAPH, plain)
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return _normalise_markdown(text, steps=steps, without_code=without_code)


def _leave_out(code: str, text: str) -> str:
    """The text without the fenced blocks that hold just this code, if all else in it is plain."""
    return _FENCED.sub(
        lambda block: "\n" if block[1].strip() == code.strip() else block[0], text
    ).strip("\n")


def _normalise_markdown(text: str, *, steps: bool, without_code: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    reader = ProseReader(data=text.encode(), keep_order=steps, without_code=without_code.strip())
    for event, span in pyromark.events_with_range(text, options=_OPTIONS):
        name, detail = split_event(event)
        reader.take(name, detail, span["start"], span["end"])
    definitions = _render_definitions(text)
    return "\n\n".join(part for part in (reader.finish(), definitions) if part)


def _render_definitions(text: str) -> str:
    """Link definitions, which the parser takes out of the text, in the order of their labels."""
    if "]:" not in text:
        return ""
    found = pyromark.reference_definitions(text, options=_OPTIONS)
    lines = [
        f"[{label}]: <{entry['dest']}>" + (f' "{entry["title"]}"' if entry["title"] else "")
        for label, entry in found.items()
    ]
    return "\n".join(sorted(lines))
