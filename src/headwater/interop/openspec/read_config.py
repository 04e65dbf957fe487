"""Reads `openspec/config.yaml`: its context and its rules, as principles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.names import make_slug
from headwater.spec.model import Article, Constitution, Place, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from headwater.spec.model import Source

# Other keys choose how OpenSpec itself works.
_OF_THE_TOOL = frozenset({"schema", "version", "profile", "store"})


def read_config(source: Source) -> Constitution:
    """Read the settings file; `context` is one article, every entry of `rules` another."""
    # Imported here for start-up cost: a repository without this file needs no YAML.
    import yaml  # noqa: PLC0415

    text = source.data.decode()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return _unreadable(source, error)
    reader = _ConfigReader(source, text)
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            reader.take(key, value)
    elif root is not None:
        reader.warn(root, "expected a mapping, with `context` or `rules`")
    return Constitution(
        source=source,
        title="OpenSpec project",
        articles=tuple(reader.articles),
        problems=tuple(reader.problems),
    )


class _ConfigReader:
    """Takes the top-level keys of the file in order."""

    def __init__(self, source: Source, text: str) -> None:
        self._source = source
        self._text = text
        self.articles: list[Article] = []
        self.problems: list[Problem] = []

    def take(self, key: yaml.Node, value: yaml.Node) -> None:
        name = str(key.value)
        if name == "context" and isinstance(value.value, str):
            self._add("context", "Context", key, value, value.value)
        elif name == "rules" and value.tag.endswith(":map"):
            for inner, rules in value.value:
                self._add(
                    f"rules.{make_slug(str(inner.value))}",
                    f"Rules for {inner.value}",
                    inner,
                    rules,
                    "\n".join(f"- {line}" for line in _list_lines(rules)),
                )
        elif name not in _OF_THE_TOOL:
            self.warn(key, f"`{name}` is no key that is read here, or not of its kind")

    def warn(self, node: yaml.Node, message: str) -> None:
        self.problems.append(
            Problem(
                code="config-not-read",
                message=message,
                place=self._source.place(self._offset(node.start_mark.index)),
                hint="Principles stand under `context` (text) and `rules` (lists of texts).",
                severity=Severity.WARNING,
            )
        )

    def _add(self, name: str, title: str, key: yaml.Node, value: yaml.Node, text: str) -> None:
        if not text.strip():
            return
        start = self._offset(key.start_mark.index)
        span = Span(start=start, end=self._offset(value.end_mark.index))
        self.articles.append(
            Article(
                id=f"project.{name}",
                title=title,
                text=text.strip(),
                checks=(),
                span=span,
                place=self._source.place(start),
            )
        )

    def _offset(self, index: int) -> int:
        return len(self._text[:index].encode())


def _list_lines(node: yaml.Node) -> Iterator[str]:
    values = node.value if isinstance(node.value, list) else [node]
    for value in values:
        yield " ".join(str(getattr(value, "value", "")).split())


def _unreadable(source: Source, error: yaml.YAMLError) -> Constitution:
    mark = getattr(error, "problem_mark", None)
    problem = Problem(
        code="config-unreadable",
        message=f"expected YAML: {getattr(error, 'problem', None) or error}",
        place=Place(path=source.path, line=mark.line + 1 if mark else 1),
        hint="Mend the file; until then its context and rules are not read.",
        severity=Severity.WARNING,
    )
    return Constitution(source=source, title="", problems=(problem,))
