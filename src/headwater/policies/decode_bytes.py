"""From the bytes of a policy that is text to its characters."""

from __future__ import annotations

from headwater.policies.interface import PolicyText
from headwater.policies.refusals import refuse_policy
from headwater.spec.document import find_unreadable
from headwater.spec.model import Source

_BOM = "\ufeff"


def decode_bytes(path: str, data: bytes) -> str | PolicyText:
    """The text of a file, ends of line as LF; or, where there is none, a refusal that says why."""
    unreadable = find_unreadable(Source(path=path, data=data))
    if unreadable:
        return PolicyText(path=path, problems=(unreadable,))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return refuse_policy(
            path,
            "expected text, found a zero byte: this is a binary file",
            hint="Give the policy as Markdown, text, HTML, PDF or DOCX.",
            line=line,
        )
    return data.decode().removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
