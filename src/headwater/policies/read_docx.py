"""Reads policies in DOCX, through mammoth; a place in one is the number of a paragraph."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from headwater.policies.interface import PolicyText
from headwater.policies.read_html import read_fragment
from headwater.policies.refusals import refuse_policy

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOCUMENT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_PARTS = 2000
_MOST_BYTES = 64 * 1024 * 1024
_MOST_RATIO = 200
_NO_DOCX = "Save it anew as DOCX, or as PDF."


class _RefusedError(Exception):
    """An archive that is not to be unpacked; the message says why."""


def read_docx(path: str, data: bytes) -> PolicyText:
    """The blocks of a document: without what is deleted, hidden, or a comment."""
    try:
        html = _convert(_drop_hidden(data))
    except _RefusedError as error:
        return refuse_policy(path, str(error), hint=_NO_DOCX)
    except Exception as error:  # noqa: BLE001 - the converter raises what its parts happen to raise
        return refuse_policy(
            path, f"expected a DOCX document, found none: {_tell(error)}", hint=_NO_DOCX
        )
    return PolicyText(path=path, unit="par.", blocks=read_fragment(html, first=1, paragraphs=True))


def _convert(data: bytes) -> str:
    import mammoth  # noqa: PLC0415 - slow to load, and only this format needs it

    def omit(_image: object) -> list[object]:
        return []

    result = mammoth.convert_to_html(
        BytesIO(data), convert_image=omit, include_default_style_map=True
    )
    return str(result.value)


def _drop_hidden(data: bytes) -> bytes:
    """The archive with its document alone changed: runs that Word does not show are gone."""
    kept = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(kept, "w") as copy:
        _refuse_bombs(archive)
        if _DOCUMENT not in archive.namelist():
            raise _RefusedError(f"expected a DOCX document, found an archive without {_DOCUMENT}")
        for info in archive.infolist():
            part = archive.read(info)
            if re.search(rb"(?i)<!(?:DOCTYPE|ENTITY)", part) and not info.filename.startswith(
                "word/media/"
            ):
                raise _RefusedError(f"expected plain XML, found declarations in {info.filename}")
            if info.filename == _DOCUMENT:
                part = _rewrite(part)
            copy.writestr(info.filename, part)
    return kept.getvalue()


def _refuse_bombs(archive: ZipFile) -> None:
    """The sizes that an archive declares bind its reader, so that no more is unpacked."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or size > _MOST_BYTES or size > (packed + 1024) * _MOST_RATIO:
        raise _RefusedError(
            f"expected a document, found an archive of {len(parts):,} parts that unpacks from "
            f"{packed:,} to {size:,} bytes"
        )


def _rewrite(part: bytes) -> bytes:
    root = ET.fromstring(part)  # noqa: S314 - declarations were refused
    for parent in root.iter():
        for run in [child for child in parent if _is_hidden(child)]:
            parent.remove(run)
    rewritten: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return rewritten


def _is_hidden(element: ET.Element) -> bool:
    if element.tag != f"{_WORD}r":
        return False
    marks: Iterable[ET.Element] = element.findall(f"{_WORD}rPr/{_WORD}vanish")
    return any(mark.get(f"{_WORD}val", "1") not in {"0", "false", "off"} for mark in marks)


def _tell(error: Exception) -> str:
    told = str(error).splitlines()
    if isinstance(error, BadZipFile) or not told or not told[0]:
        return "the archive is damaged"
    return told[0][:200]
