"""`tests-after-code`: a component's tests come after its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Feature, Task

_IS_TEST = r"(?i)^\W*(?:(?:write|add|create|extend|draft)\s+)?(?:\w+[\s-]+){0,3}?tests?\b"
_TEST_PATH = r"(?i)(?:^|/)tests?/|(?:^|/)test_|[._-]tests?\.\w+$|\.spec\.\w+$"
# Running the tests, or mending them, comes after the code in any order of work.
_NO_WRITING = r"(?i)^\W*(?:run|re-run|execute|fix|mend|update|pass)\b"


def find_late_tests(feature: Feature) -> Iterator[Finding]:
    """The first test task of a component where an implementing task of the component stands before.

    A task belongs to the components that it names, or whose file it names. A feature without
    components is left alone: which test is of which code would be guessed.
    """
    plan, tasks = feature.plan, feature.tasks
    components = plan.components if plan else ()
    owners = {path: component.id for component in components for path in component.files}
    implemented: dict[str, Task] = {}
    tested: set[str] = set()
    for task in tasks.tasks if tasks else ():
        named = _list_components(task, owners=owners, feature=feature.number)
        if not _writes_tests(task):
            implemented.update({ref: task for ref in named if ref not in implemented})
            continue
        late = [ref for ref in named if ref in implemented and ref not in tested]
        tested.update(named)
        if late:
            code = implemented[late[0]]
            yield Finding(
                place=task.place,
                message=f"{task.id} tests {late[0]}, which {code.id}, at {code.place}, implements "
                "before",
                hint=f"Put {task.id} before {code.id}, so that the test is seen to fail first.",
            )


def _find_in_feature(subject: FeatureSubject) -> Iterator[Finding]:
    return find_late_tests(subject.feature)


def _list_components(task: Task, *, owners: Mapping[str, str], feature: str) -> list[str]:
    named = [ref.removeprefix(f"{feature}/") for ref in task.components]
    named += [owners[path] for path in task.files if path in owners]
    return list(dict.fromkeys(named))


def _writes_tests(task: Task) -> bool:
    if re.search(_NO_WRITING, task.text):
        return False
    tests_only = bool(task.files) and all(re.search(_TEST_PATH, path) for path in task.files)
    return tests_only or re.search(_IS_TEST, task.text) is not None


RULE = Rule(
    name="tests-after-code",
    title="A task list in which a component's tests come after its code",
    why="A test that was never seen to fail may test nothing. One written after the code repeats "
    "what the code does, its faults among it, in place of what the spec says.",
    source="Beck, Test-Driven Development by Example, 2002; docs/design.md, section 6",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Write tests of the balance in tests/test_balance.py (FR-001; C1)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Write tests of the balance in tests/test_balance.py (FR-001; C1)
- [ ] T002 Implement the balance in src/ledger/balance.py (FR-001; C1)
"""
    },
    alone=(
        # A second set of tests: the first came before the code.
        {
            "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Unit tests of the balance in tests/test_balance.py (FR-001; C1)
- [ ] T002 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T003 Add tests of large sums in tests/test_sums.py (FR-001; C1)
"""
        },
        # To run the tests is no test to be written.
        {
            "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Run all tests of the balance (FR-001; C1)
"""
        },
    ),
    find_in_feature=_find_in_feature,
)
