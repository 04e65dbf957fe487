"""JUnit's XML, as GitLab and Jenkins read it: a suite a document, a case a finding."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from headwater.cli.render import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.cli.formats.interface import Checked
    from headwater.operations.standing.placed_problem import PlacedProblem

_NO_CHARACTER = frozenset("\ufffe\uffff")


def render(checked: Checked, /) -> str:
    """What fails the check is a failure, a warning is a skipped case, a sound document one passed.

    Readers tell cases apart by class and name alone, so these are unique and do not hold the line,
    which moves.
    """
    found = {path: tuple(group) for path, group in groupby(checked.problems, _name_path)}
    root = Element("testsuites", {"name": "headwater check"})
    for path in sorted({*checked.report.documents, *found}):
        _add_suite(root, path, found.get(path, ()), checked)
    totals = {name: sum(int(suite.get(name, "0")) for suite in root) for name in _COUNTS}
    root.attrib.update({name: str(total) for name, total in totals.items()})
    indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + tostring(root, encoding="unicode")


_COUNTS = ("tests", "failures", "skipped", "errors")


def _add_suite(
    root: Element, path: str, problems: Iterable[PlacedProblem], checked: Checked
) -> None:
    suite = SubElement(root, "testsuite", {"name": _clean(path)})
    names: Counter[str] = Counter()
    for problem in problems:
        name = f"{problem.code}: {problem.message}"
        names[name] += 1
        unique = name if names[name] == 1 else f"{name} ({names[name]})"
        _add_case(suite, unique, problem, fails=checked.fails(problem))
    if not names:
        _start_case(suite, path, "no findings")
    failures, skipped = len(suite.findall("*/failure")), len(suite.findall("*/skipped"))
    counts = (len(suite), failures, skipped, 0)
    suite.attrib.update({name: str(number) for name, number in zip(_COUNTS, counts, strict=True)})


def _add_case(suite: Element, name: str, problem: PlacedProblem, *, fails: bool) -> None:
    case = _start_case(suite, problem.place.path, name)
    message = _clean(problem.message)
    told = SubElement(case, "failure" if fails else "skipped", {"message": message})
    if fails:
        told.set("type", problem.code)
    lines = (f"{problem.place}: {problem.severity.value}[{problem.code}]", problem.hint)
    told.text = "\n".join(_clean(line) for line in (*lines, problem.excerpt) if line.strip())


def _start_case(suite: Element, path: str, name: str) -> Element:
    # Jenkins takes what stands before the last dot of a class for its package.
    holder = "headwater." + _clean(path).replace(".", "_")
    attributes = {"classname": holder, "name": _clean(name), "file": _clean(path), "time": "0"}
    return SubElement(suite, "testcase", attributes)


def _name_path(problem: PlacedProblem) -> str:
    return problem.place.path


def _clean(text: str) -> str:
    """Text that XML 1.0 can hold: without control characters, lone surrogates and no-characters."""
    return "".join("\ufffd" if sign in _NO_CHARACTER else sign for sign in clean(text))
