"""The check of calls: what it finds, and whose code it judges."""

from __future__ import annotations

import pytest

from headwater.rules.articles.evidence import Evidence
from tests.rules.articles.breaches import find, find_messages
from tests.rules.articles.builders import make_evidence, make_facts


@pytest.mark.parametrize(
    ("calls", "called", "found"),
    [
        (["eval"], "eval", True),
        (["eval"], "ast.literal_eval", False),
        (["eval"], "model.eval", False),
        (["subprocess.*"], "subprocess.run", True),
        (["subprocess.*"], "subprocess", False),
        (["subprocess.*"], "asyncio.subprocess.run", False),
        (["*.execute"], "cursor.execute", True),
        (["time.time"], "time.TIME", False),
    ],
)
def test_a_forbidden_call_is_a_whole_name_or_a_wildcard(
    calls: list[str], called: str, found: bool
) -> None:
    facts = make_facts(calls=((called, 3),))
    assert bool(find_messages("calls.forbidden", facts, calls=calls)) is found


def test_forbidden_calls_are_told_line_by_line() -> None:
    facts = make_facts(calls=(("os.system", 9), ("os.system", 4), ("os.system", 4), ("print", 1)))
    assert find_messages("calls.forbidden", facts, calls=["os.*", "os.system"]) == [
        "article I forbids calling `os.system` (src/x.py:4)",
        "article I forbids calling `os.system` (src/x.py:9)",
    ]


def test_a_call_is_known_by_a_name_that_other_files_pass_on() -> None:
    first = make_facts(path="src/a.py", exports={"go": "subprocess.run"})
    second = make_facts(path="src/b.py", exports={"start": "a.go"})
    caller = make_facts(calls=(("b.start", 5), ("b.other", 6)))
    evidence = make_evidence(first, second, caller, judged="src/x.py")
    (problem,) = find("calls.forbidden", evidence, calls=["subprocess.*"])
    assert problem.message == "article I forbids calling `subprocess.run` (src/x.py:5)"


def test_names_that_stand_for_one_another_come_to_an_end() -> None:
    first = make_facts(path="src/a.py", exports={"go": "b.go"})
    second = make_facts(path="src/b.py", exports={"go": "a.go"}, calls=(("a.go", 1),))
    assert find_messages("calls.forbidden", first, second, calls=["eval"]) == []


def test_peoples_own_files_are_judged_only_where_the_check_says_so() -> None:
    facts = make_facts(path="tools/mine.py", calls=(("eval", 1),))
    evidence = Evidence(handwritten=frozenset({facts.path}), code={facts.path: facts})
    assert find("calls.forbidden", evidence, calls=["eval"]) == []
    assert find("calls.forbidden", evidence, calls=["eval"], handwritten=False) == []
    assert find("calls.forbidden", evidence, calls=["eval"], handwritten=True)
    assert find("calls.forbidden", evidence, calls=["eval"], handwritten=True, scope="src/**") == []
