"""Reads one component of a plan: its fields and its interface block."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from headwater.spec.ids import IdKind
from headwater.spec.markdown import Block, BlockKind, walk
from headwater.spec.model import Component, Problem, Severity, Span
from headwater.spec.ref_lists import read_refs, split_list
from headwater.spec.sections import Field, Section, find_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.document import Document

_FIELDS = ("file", "files", "implements", "depends on", "command", "responsibility", "interface")
_COMMAND = r"`?(?P<word>[^\s`→,;]+)`?\s*(?:→|->|=>)\s*(?:`(?P<quoted>[^`]+)`|(?P<bare>[^`,;\n]+))"
_NO_COMMAND = r"(?i)`?(?:none|—|-|)`?\.?"
_TARGET_LANGUAGES = ("python", "py", "go", "golang", "typescript", "ts")
_ALIKE = 4


def read_component(
    document: Document, sections: Sequence[Section], *, ref: str, name: str
) -> tuple[Component, list[Problem]]:
    """Read a component from its section and those below it."""
    section = sections[0]
    blocks = [block for each in sections for block in each.blocks]
    fields = _Fields(document, find_fields(document, blocks))
    code = [block for block in walk(blocks) if block.kind is BlockKind.CODE and block.fenced]
    interface = _choose_interface(fields, sections, code)
    component = Component(
        id=ref,
        name=name.strip("`"),
        files=fields.entries("file", "files"),
        implements=fields.refs("implements"),
        depends_on=fields.refs("depends on", kind=IdKind.COMPONENT),
        commands=fields.commands(),
        responsibility=_read_responsibility(document, fields, sections, code),
        interface=interface.code if interface else "",
        interface_place=document.place(interface.content.start if interface else section.start),
        language=_language(interface) if interface else "",
        text=document.raw(section.body),
        span=document.trimmed(section.span),
        place=document.place(section.start),
    )
    fields.report_unknown()
    other = [block for block in code if block is not interface and _is_code(block, interface)]
    return component, [*fields.problems, *(_other_code(document, block) for block in other)]


class _Fields:
    """A component's fields by name, and what is wrong with them."""

    def __init__(self, document: Document, fields: Sequence[Field]) -> None:
        self._document = document
        self.all = fields
        self._by_name: dict[str, list[Field]] = {}
        for field in fields:
            self._by_name.setdefault(field.name.lower(), []).append(field)
        self.problems: list[Problem] = []

    def named(self, *names: str) -> list[Field]:
        """The fields of these names, those of the first name first."""
        return [field for name in names for field in self._by_name.get(name, ())]

    def entries(self, *names: str) -> tuple[str, ...]:
        """What they list, each once."""
        lists = [split_list(field.value) for field in self.named(*names)]
        return tuple(dict.fromkeys(entry for entries in lists for entry in entries))

    def refs(self, name: str, *, kind: IdKind | None = None) -> tuple[str, ...]:
        """The refs that they list, each once."""
        found: dict[str, None] = {}
        for field in self.named(name):
            refs, problems = read_refs(self._document, field, kind=kind)
            found.update(dict.fromkeys(refs))
            self.problems += problems
        return tuple(found)

    def commands(self) -> Mapping[str, tuple[str, ...]]:
        """What each command's first word starts."""
        found: dict[str, tuple[str, ...]] = {}
        for field in self.named("command", "commands"):
            rest = re.sub(_COMMAND, "", field.value).strip(" ,;.\n")
            matches = list(re.finditer(_COMMAND, field.value))
            if not re.fullmatch(_NO_COMMAND, rest):
                self._report_command(field, f"found “{rest}”")
            for match in matches:
                try:
                    words = tuple(shlex.split(match["quoted"] or match["bare"]))
                except ValueError as error:
                    self._report_command(field, f"{match[0]} cannot be split into words: {error}")
                    continue
                found[match["word"]] = words
        return found

    def report_unknown(self) -> None:
        """Fields that are not read: a name that is nearly right, or a use yet to come."""
        for field in self.all:
            name = field.name.lower()
            if name in (*_FIELDS, "commands"):
                continue
            meant = [known for known in _FIELDS if known[:_ALIKE] == name[:_ALIKE]]
            if name == "extends":
                self._report(
                    field,
                    "field-unsupported",
                    "**Extends** is not supported yet, so this file would not be changed",
                    hint="Write this as part of the component that owns the file.",
                )
            elif meant:
                self._report(
                    field,
                    "field-unknown",
                    f"**{field.name}** is not read",
                    hint=f"If **{meant[0].capitalize()}** is meant, write it so.",
                    severity=Severity.WARNING,
                )

    def _report_command(self, field: Field, found: str) -> None:
        self._report(
            field,
            "command-unreadable",
            f"expected a word, an arrow and what it starts, {found}",
            hint="Write **Command**: `wallet` → `python -m wallet.cli`.",
        )

    def _report(
        self,
        field: Field,
        code: str,
        message: str,
        *,
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        problem = self._document.problem(
            code, message, offset=field.start, hint=hint, severity=severity
        )
        self.problems.append(problem)


def _choose_interface(
    fields: _Fields, sections: Sequence[Section], code: Sequence[Block]
) -> Block | None:
    """The block below **Interface** or a heading of that name; without either, the first."""
    starts = [field.start for field in fields.named("interface")]
    starts += [part.start for part in sections[1:] if part.title.lower() == "interface"]
    after = min(starts, default=0)
    return next((block for block in code if block.span.start > after), None)


def _read_responsibility(
    document: Document, fields: _Fields, sections: Sequence[Section], code: Sequence[Block]
) -> str:
    """The field's text up to the next field, fence or heading."""
    for field in fields.named("responsibility"):
        stops = [
            *(other.start for other in fields.all),
            *(block.span.start for block in code),
            *(section.start for section in sections),
            sections[0].body.end,
        ]
        end = min(stop for stop in stops if stop > field.start)
        text = document.raw(Span(start=field.value_start, end=max(field.value_start, end)))
        return re.sub(r"\n\s*[-*+]$", "", text).strip()
    return ""


def _language(block: Block) -> str:
    return next(iter(block.info.lower().split()), "")


def _is_code(block: Block, interface: Block | None) -> bool:
    language = _language(block)
    same = interface is not None and language == _language(interface)
    return language in _TARGET_LANGUAGES or (same and bool(language))


def _other_code(document: Document, block: Block) -> Problem:
    return document.problem(
        "code-outside-interface",
        "expected one block of code in a component, its interface; found another",
        offset=block.span.start,
        hint="Say in prose what the code must do.",
    )
