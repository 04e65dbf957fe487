from __future__ import annotations

import pytest
import yaml

from headwater.errors import HeadwaterError
from headwater.rules.articles.apply import (
    articles_digest,
    check_articles,
    check_constitution,
    render_articles_for,
)
from headwater.rules.articles.evidence import Evidence
from headwater.rules.articles.registry import RULES
from headwater.spec.model import Constitution, Severity
from tests.rules.articles.builders import (
    CONSTITUTION,
    make_check,
    make_constitution,
    make_evidence,
    make_facts,
)

IMPORTS = make_check("imports.forbidden", scope="src/**", modules=["requests"])
CALLS = make_check("calls.forbidden", calls=["eval"])
COMPLEXITY = make_check("complexity.max", scope="src/*.py", max=3)


def test_every_check_goes_by_its_name() -> None:
    assert {"imports.forbidden", "coverage.floor", "documents.required"} <= set(RULES)
    assert all(rule.name == name for name, rule in RULES.items())
    assert len(RULES) == 17


def test_every_example_asks_rightly() -> None:
    """What hints and the table of checks show is taken as it stands."""
    for name, rule in RULES.items():
        entry = yaml.safe_load(rule.example)
        assert entry.pop("check") == name
        scope, severity = entry.pop("scope", "**"), Severity(entry.pop("severity", "error"))
        check = make_check(name, scope=scope, severity=severity, **entry)
        assert check_constitution(make_constitution(I=[check])) == []


def test_code_is_checked_by_the_articles_whose_scope_covers_it() -> None:
    constitution = make_constitution(I=[IMPORTS], II=[CALLS, COMPLEXITY])
    evidence = make_evidence(
        *(
            make_facts(
                path=path,
                imports=(("requests", 1),),
                calls=(("eval", 2),),
                complexities=(("f", 4, 3),),
            )
            for path in ("tools/b.py", "src/deep/a.py", "src/a.py")
        )
    )
    assert [problem.message for problem in check_articles(constitution, evidence)] == [
        "article I forbids importing `requests` (src/a.py:1)",
        "article II forbids calling `eval` (src/a.py:2)",
        "article II allows a complexity of 3; `f` has 4 (src/a.py:3)",
        "article I forbids importing `requests` (src/deep/a.py:1)",
        "article II forbids calling `eval` (src/deep/a.py:2)",
        "article II forbids calling `eval` (tools/b.py:2)",
    ]


def test_sound_code_and_a_constitution_without_checks_have_no_problem() -> None:
    evidence = make_evidence(make_facts())
    assert check_articles(make_constitution(I=[IMPORTS]), evidence) == []
    assert check_articles(make_constitution(I=[]), evidence) == []


def test_a_sound_constitution_has_no_problem() -> None:
    assert check_constitution(make_constitution(I=[IMPORTS], II=[CALLS, COMPLEXITY])) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("import.forbidden", "Did you mean `imports.forbidden`?"),
        ("zzz", f"There are: {', '.join(RULES)}."),
    ],
)
def test_an_unknown_check_is_named_with_what_may_be_meant(name: str, hint: str) -> None:
    (problem,) = check_constitution(make_constitution(I=[make_check(name, line=12)]))
    assert problem.code == "check-unknown"
    assert str(problem.place) == f"{CONSTITUTION}:12"
    assert problem.hint == hint


def test_every_misconfigured_check_is_listed() -> None:
    wrong = make_check("complexity.max", max="3")
    problems = check_constitution(make_constitution(I=[wrong, CALLS], II=[make_check("none")]))
    assert [problem.code for problem in problems] == ["check-argument-type", "check-unknown"]


def test_code_is_not_passed_by_a_check_that_cannot_be_applied() -> None:
    wrong = make_check("complexity.max", max="3", line=9)
    constitution = make_constitution(I=[wrong, make_check("none")])
    with pytest.raises(HeadwaterError, match=r"constitution\.md:9: .* \(and 1 more\)") as caught:
        check_articles(constitution, Evidence())
    assert caught.value.hint
    with pytest.raises(HeadwaterError, match=r"constitution\.md:9"):
        render_articles_for(constitution, ["src/x.py"])


def test_a_prompt_quotes_the_constraints_of_its_paths_once() -> None:
    constitution = make_constitution(I=[IMPORTS, IMPORTS], II=[CALLS, COMPLEXITY])
    assert render_articles_for(constitution, ["src/deep/x.py", "src/deep/y.py"]) == (
        "do not import `requests` (article I)",
        "do not call `eval` (article II)",
    )
    assert render_articles_for(constitution, []) == ()


# --- The digest ----------------------------------------------------------------------------------


def digest(constitution: Constitution | None, *paths: str) -> str:
    return articles_digest(constitution, paths or ("src/x.py",))


def test_the_digest_leaves_alone_what_changes_no_check() -> None:
    both = digest(make_constitution(I=[IMPORTS, CALLS]))
    assert digest(make_constitution(V=[CALLS], IX=[IMPORTS])) == both
    elsewhere = make_check("complexity.max", scope="tools/**", max=1)
    assert digest(make_constitution(I=[IMPORTS, CALLS, elsewhere])) == both
    moved = make_check("calls.forbidden", line=99, calls=["eval"])
    assert digest(make_constitution(I=[IMPORTS, moved])) == both
    assert digest(None) == digest(make_constitution(I=[]))
    documents = make_check("documents.required", paths=["SECURITY.md"])
    assert digest(make_constitution(I=[IMPORTS, CALLS, documents])) == both


def test_the_digest_changes_with_every_check_that_applies() -> None:
    constitutions = [
        None,
        make_constitution(I=[IMPORTS]),
        make_constitution(I=[CALLS]),
        make_constitution(I=[IMPORTS, CALLS]),
        make_constitution(I=[make_check("calls.forbidden", calls=["exec"])]),
        make_constitution(
            I=[make_check("calls.forbidden", severity=Severity.WARNING, calls=["eval"])]
        ),
    ]
    assert len({digest(constitution) for constitution in constitutions}) == len(constitutions)


def test_the_digest_tells_paths_apart_and_ignores_their_order() -> None:
    constitution = make_constitution(I=[IMPORTS])
    assert digest(constitution, "src/a.py", "b.py") == digest(constitution, "b.py", "src/a.py")
    assert digest(constitution, "src/a.py") != digest(constitution, "b.py")


def test_the_digest_takes_even_arguments_that_are_wrong() -> None:
    """Status must work while the constitution has a mistake in it."""
    wrong = make_check("complexity.max", max={1: 2, "a": [object]})
    assert digest(make_constitution(I=[wrong]))
