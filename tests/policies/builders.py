"""Policies in every format, made from plain words."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from headwater.policies.read_policy import read_policy
from headwater.policies.statements import find_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.policies.interface import PolicyText
    from headwater.policies.statements import Findings, Statement

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """\
<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument\
.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """\
<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
officeDocument" Target="word/document.xml"/></Relationships>"""


def read_text(text: str, *, path: str = "policies/security.md") -> PolicyText:
    """A policy read from text, in the format that its name says."""
    return read_policy(path, text.encode())


def find_in(text: str, *, path: str = "policies/security.md") -> Findings:
    """The statements of a policy, and what is left out."""
    return find_statements(read_text(text, path=path))


def find_one(text: str, *, path: str = "policies/security.md") -> Statement:
    """The only statement of a policy."""
    (statement,) = find_in(text, path=path).statements
    return statement


def list_clauses(text: str) -> list[str]:
    """What the statements of a policy say."""
    return [statement.clause for statement in find_in(text).statements]


def make_docx(*paragraphs: str, head: str = "", parts: Iterable[tuple[str, str]] = ()) -> bytes:
    """A DOCX document; a paragraph is words, or the XML that stands in `<w:p>`."""
    inner = "".join(
        f"<w:p>{text if text.startswith('<') else make_run(text)}</w:p>" for text in paragraphs
    )
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, text in parts:
            archive.writestr(name, text)
    return file.getvalue()


def make_run(text: str, properties: str = "") -> str:
    """A run of words with properties such as `<w:vanish/>`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def make_pdf(*pages: Sequence[str]) -> bytes:
    """A PDF of one line below the other."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = 3 + 2 * len(pages)
    for number, lines in enumerate(pages):
        shown = " T* ".join(f"({_escape(line)}) Tj" for line in lines)
        stream = f"BT /F1 11 Tf 13 TL 50 780 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    return _join(objects)


def _join(objects: Sequence[str]) -> bytes:
    data = "%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    start = len(data)
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    data += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return data.encode("latin-1")


def _escape(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
