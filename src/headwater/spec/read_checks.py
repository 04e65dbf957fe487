"""Reads an article's `enforce:` block, a fenced YAML list of checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from headwater.spec.model import ArticleCheck, Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    import yaml

    from headwater.spec.document import Document
    from headwater.spec.markdown import Block

_ENFORCE = r"(?m)^[\"']?enforce[\"']?\s*:"
_MAPPING = "tag:yaml.org,2002:map"
_EVERYTHING = "**"
_LONGEST = 20_000
_DEEPEST = 20
_EXAMPLE = "Write `enforce:` and below it `- check: complexity.max`."


def has_checks(block: Block) -> bool:
    """Whether a block is fenced YAML with an `enforce:` key."""
    language = next(iter(block.info.lower().split()), "")
    return language in ("yaml", "yml") and re.search(_ENFORCE, block.code) is not None


def read_checks(document: Document, block: Block) -> tuple[list[ArticleCheck], list[Problem]]:
    """The checks of a block that `has_checks`, and what is wrong with them."""
    reader = _Reader(document, block)
    return reader.read(), reader.problems


class _Mark(Protocol):
    """A place in a YAML text, from 0; the library has two classes for it."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class _Reader:
    """Reads one block; knows which of the document's lines each of its lines is."""

    def __init__(self, document: Document, block: Block) -> None:
        self._first = document.place(block.content.start)
        self._code = block.code
        self.problems: list[Problem] = []

    def read(self) -> list[ArticleCheck]:
        """Every check that can be read."""
        if len(self._code) > _LONGEST:
            self._report("enforce-yaml", f"expected at most {_LONGEST:,} characters", None)
            return []
        import yaml  # noqa: PLC0415 - slow to load, and few commands meet such a block

        try:
            fancy = _find_fancy(yaml.parse(self._code, Loader=yaml.SafeLoader))
            if fancy:
                message = "expected plain YAML, found an alias, a tag or deep nesting"
                self._report("enforce-yaml", message, fancy.start_mark, hint=_EXAMPLE)
                return []
            node = yaml.compose(self._code, Loader=yaml.SafeLoader)
            value = yaml.safe_load(self._code)
        except yaml.MarkedYAMLError as error:
            message = f"this is no YAML: {error.problem or error.context}"
            self._report("enforce-yaml", message, error.problem_mark)
            return []
        except (yaml.YAMLError, ValueError) as error:
            message = f"this is no YAML: {str(error).splitlines()[0]}"
            self._report("enforce-yaml", message, None)
            return []
        return self._read_entries(node, value)

    def _read_entries(self, node: yaml.Node | None, value: object) -> list[ArticleCheck]:
        """The entries under `enforce`; nodes tell the places, values what stands there."""
        top = _members(node)
        entries = next((member for key, member in top if key.value == "enforce"), None)
        listed = value.get("enforce") if isinstance(value, dict) else None
        if entries is None or not isinstance(listed, list):
            mark = entries.start_mark if entries is not None else None
            self._report("enforce-list", "expected a list of checks", mark, hint=_EXAMPLE)
            return []
        checks = [self._read_entry(n, v) for n, v in zip(entries.value, listed, strict=True)]
        return [check for check in checks if check]

    def _read_entry(self, node: yaml.Node, entry: object) -> ArticleCheck | None:
        if not isinstance(entry, dict):
            self._report("enforce-entry", "expected a check", node.start_mark, hint=_EXAMPLE)
            return None
        keys = [key.value for key, _ in _members(node)]
        if len(set(keys)) < len(keys) or not all(isinstance(key, str) for key in entry):
            message = "expected keys that are texts, each once"
            self._report("enforce-keys", message, node.start_mark)
            return None
        arguments = {str(key): value for key, value in entry.items()}
        check = arguments.pop("check", None)
        scope = arguments.pop("scope", _EVERYTHING)
        severity = self._read_severity(node, arguments.pop("severity", Severity.ERROR.value))
        if not isinstance(check, str) or not check:
            message = "expected the name of a check"
            self._report("enforce-check", message, node.start_mark, hint=_EXAMPLE)
            return None
        if not isinstance(scope, str) or not scope:
            message = f"expected a glob over paths as `scope`, found {scope!r}"
            self._report("enforce-scope", message, node.start_mark, hint="Write src/**/*.py.")
            return None
        return ArticleCheck(
            check=check,
            scope=scope,
            severity=severity,
            arguments=arguments,
            place=self._place(node.start_mark),
        )

    def _read_severity(self, node: yaml.Node, value: object) -> Severity:
        """The severity that is named; the stricter one for a name that is none."""
        names = [severity.value for severity in Severity]
        if value in names:
            return Severity(value)
        mark = next((m.start_mark for key, m in _members(node) if key.value == "severity"), None)
        message = f"expected error or warning as `severity`, found {value!r}"
        self._report("enforce-severity", message, mark)
        return Severity.ERROR

    def _report(self, code: str, message: str, mark: _Mark | None, *, hint: str = "") -> None:
        place = self._place(mark) if mark else self._first
        self.problems.append(Problem(code=code, message=message, place=place, hint=hint))

    def _place(self, mark: _Mark) -> Place:
        first = self._first
        return Place(
            path=first.path, line=first.line + mark.line, column=first.column + mark.column
        )


def _find_fancy(events: Iterable[yaml.Event]) -> yaml.Event | None:
    """The first alias, tag or deep nesting, which checks do without and attacks do not."""
    import yaml  # noqa: PLC0415 - loaded already, by `_Reader.read`

    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        tagged = isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None)
        if tagged or depth > _DEEPEST:
            return event
    return None


def _members(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    """A mapping's members; any other node has none."""
    return node.value if node is not None and node.tag == _MAPPING else []
