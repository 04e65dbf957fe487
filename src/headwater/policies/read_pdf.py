"""Reads policies in PDF, through pypdf; a place in one is a page and a line on it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from headwater.policies.interface import PolicyLine, PolicyText
from headwater.policies.outline_lines import outline_lines
from headwater.policies.refusals import refuse_policy
from headwater.spec.article_sources import Spot
from headwater.spec.document import LARGEST_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PdfReader

_MOST_PAGES = 1000
_EDGE = 2  # lines at the top and bottom of a page that a running title may take
_PAGE_NUMBER = r"(?i)\s*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*"
_HINT = "Export the PDF anew, without protection; or give the policy in another format."


class _RefusedError(Exception):
    """A file that is not to be read; the message says why."""


def read_pdf(path: str, data: bytes) -> PolicyText:
    """The blocks of a PDF: its text in reading order, without running titles and page numbers.

    A page that is only a picture has no text; nothing recognises letters in pictures.
    """
    if len(data) > LARGEST_DOCUMENT:
        return refuse_policy(
            path, f"expected at most 4 MB, found {len(data):,} bytes", hint="Split the document."
        )
    try:
        pages = _read_pages(data)
    except _RefusedError as error:
        return refuse_policy(path, str(error), hint=_HINT)
    except Exception as error:  # noqa: BLE001 - on damaged files pypdf raises all kinds of errors
        told = (str(error).splitlines() or [type(error).__name__])[0][:200]
        return refuse_policy(path, f"expected a PDF document, found none: {told}", hint=_HINT)
    if not any(line.strip() for page in pages for line in page):
        return refuse_policy(
            path,
            "expected text, found only pages without any",
            hint="It is likely to be scanned: give the policy with its text.",
        )
    return PolicyText(path=path, blocks=outline_lines(_list_lines(pages)))


def _read_pages(data: bytes) -> list[list[str]]:
    import pypdf  # noqa: PLC0415 - slow to load, and only this format needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong, it also raises
    reader = pypdf.PdfReader(BytesIO(data))
    _refuse_locked(reader)
    if len(reader.pages) > _MOST_PAGES:
        raise _RefusedError(f"expected at most {_MOST_PAGES} pages, found {len(reader.pages)}")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text().encode(errors="replace").decode()
        size += len(text)
        if size > LARGEST_DOCUMENT:
            raise _RefusedError("expected at most 4 MB of text, found more")
        pages.append(text.splitlines())
    return pages


def _refuse_locked(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise _RefusedError("expected a PDF that can be opened, found one that asks for a password")


def _list_lines(pages: Sequence[Sequence[str]]) -> Iterator[PolicyLine]:
    running = _find_running(pages)
    for number, page in enumerate(pages, 1):
        for line, text in enumerate(page, 1):
            edge = line <= _EDGE or line > len(page) - _EDGE
            if edge and (_fold(text) in running or re.fullmatch(_PAGE_NUMBER, text)):
                continue
            yield PolicyLine(text=text, spot=Spot(number, line))


def _find_running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines that stand at the edge of most pages, whatever number they hold."""
    if len(pages) < 2:
        return frozenset()
    counts = Counter(
        text
        for page in pages
        for text in {_fold(line) for line in (*page[:_EDGE], *page[-_EDGE:]) if line.strip()}
    )
    return frozenset(text for text, times in counts.items() if times > len(pages) / 2)


def _fold(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))
