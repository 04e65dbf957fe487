"""The page of each rule, made from the rule itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from headwater.rules.interface import Case, Rule


def render_pages(rules: Collection[Rule]) -> Mapping[str, str]:
    """Every page of `docs/rules`, by the name of its file."""
    pages = {f"{rule.name}.md": render_rule_page(rule) for rule in rules}
    return {"README.md": render_rule_list(rules), **pages}


def render_rule_page(rule: Rule) -> str:
    """The Markdown page of one rule."""
    return "\n".join(_list_lines(rule))


def render_rule_list(rules: Iterable[Rule]) -> str:
    """The page that lists all rules."""
    rows = (
        f"| [`{rule.name}`]({rule.name}.md) | {rule.title} | {_name_severity(rule)} |"
        for rule in sorted(rules, key=lambda rule: rule.name)
    )
    return "\n".join([_INTRODUCTION, *rows, ""])


_MOST_LINES = 80
_SHOWN_LINES = 30

_INTRODUCTION = """\
# Rules

What `headwater check` looks for, besides what a reader cannot read at all. A rule's severity and
the documents that it looks at are set in `headwater.toml`:

```toml
[rules.severity]
vague-word = "error"      # or "warning", or "off"

[rules.scope]
vague-word = ["specs/0*/spec.md"]
```

A finding is ignored in place by a comment that gives the reason. On a line of its own it covers
what the next line begins; behind text, its own line; `ignore-file` covers the document:

```markdown
<!-- headwater: ignore vague-word: the customer's own term -->
```

A rule marked *essential* is what `build` relies on; it can be neither turned down nor ignored.

The pages show documents in which a rule finds something, and documents in which it does not. What
is not shown is sound: `requirements`, or a text without a path, stands under Functional
Requirements of a spec; `tasks.md` alone has a plan with the component C1 for FR-001 in
`src/ledger/balance.py`, and `plan.md` alone a spec with FR-001 and US1.1. `export:PATH` is a
document on another branch, `export`.

| rule | finds | severity |
| --- | --- | --- |"""


def _list_lines(rule: Rule) -> Iterator[str]:
    yield from (f"# {rule.name}", "", f"{rule.title}.", "", rule.why, "")
    yield f"**Severity**: {_name_severity(rule)}"
    if rule.native_only:
        yield from ("", "Specs in the formats of other tools are left alone.")
    if rule.source:
        yield from ("", f"**Source**: {rule.source}")
    yield from ("", "## Bad", "", *_show(rule.bad), "## Good", "", *_show(rule.good))
    if rule.alone:
        yield from ("## Left alone", "")
        for number, case in enumerate(rule.alone):
            yield from ("---", "") if number else ()
            yield from _show(case)


def _name_severity(rule: Rule) -> str:
    return f"{rule.severity.value}, essential" if rule.essential else rule.severity.value


def _show(case: Case) -> Iterator[str]:
    documents = {"": case} if isinstance(case, str) else case
    for path, text in documents.items():
        if path:
            yield from (f"`{path}`:", "")
        yield from ("````markdown", *_shorten(text.strip("\n")), "````", "")


def _shorten(text: str) -> Iterator[str]:
    """The lines of a document; of a very long one its first, and how many follow."""
    lines = text.split("\n")
    if len(lines) <= _MOST_LINES:
        yield from lines
    else:
        yield from lines[:_SHOWN_LINES]
        yield f"… and so on: {len(lines) - _SHOWN_LINES} lines more"
