"""Checks of what is no code: dependencies, licences, documents, tests, secrets."""

from __future__ import annotations

import pytest

from headwater.rules.articles.evidence import Dependency, Evidence, NotTestedFirst, Package
from headwater.rules.articles.licences_allowed import is_allowed
from headwater.spec.model import Place, Severity
from tests.rules.articles.breaches import find
from tests.rules.articles.builders import CONSTITUTION

PLAN = Place(path="specs/001-x/plan.md", line=8)
REQUIREMENTS = Place(path="requirements.txt", line=2)


def make_dependencies(
    *names: str, place: Place = PLAN, pinned: bool = False, packages: tuple[Package, ...] = ()
) -> Evidence:
    return Evidence(
        dependencies=tuple(Dependency(name, pinned, place) for name in names),
        packages={package.name: package for package in packages},
    )


FLASK = Package("flask", "BSD-3-Clause", ("jinja2",))
JINJA = Package("jinja2", "BSD-3-Clause", ("MarkupSafe",))
MARKUP = Package("markupsafe", "GPL-3.0-only", ())


# --- Dependencies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [("requests", True), ("Requests", True), ("requests-mock", False), ("google.cloud_x", True)],
)
def test_a_forbidden_dependency_goes_by_its_normal_name(name: str, found: bool) -> None:
    evidence = make_dependencies(name)
    problems = find(
        "dependencies.forbidden",
        evidence,
        packages=["requests", "google-cloud-x"],
        transitive=False,
    )
    assert [problem.message for problem in problems] == [
        f"article I forbids depending on `{name}` (specs/001-x/plan.md:8)"
    ] * found


def test_a_forbidden_dependency_is_found_behind_others() -> None:
    evidence = make_dependencies("Flask", packages=(FLASK, JINJA, MARKUP))
    (problem,) = find("dependencies.forbidden", evidence, packages=["markupsafe"])
    assert problem.place == PLAN
    assert "`Flask` brings along: flask → jinja2 → markupsafe" in problem.message
    assert find("dependencies.forbidden", evidence, packages=["markupsafe"], transitive=False) == []
    assert find("dependencies.forbidden", evidence, packages=["django"]) == []


def test_what_is_not_installed_is_said_to_be_unknown() -> None:
    evidence = make_dependencies("flask", packages=(FLASK,))
    (problem,) = find("dependencies.forbidden", evidence, packages=["django"])
    assert (problem.code, problem.severity) == ("dependency-unknown", Severity.WARNING)
    assert "`jinja2` is not installed" in problem.message


def test_packages_that_require_one_another_come_to_an_end() -> None:
    packages = (Package("a", "", ("b",)), Package("b", "", ("a",)))
    evidence = make_dependencies("a", packages=packages)
    assert find("dependencies.forbidden", evidence, packages=["c"]) == []


def test_only_allowed_dependencies_may_be_named() -> None:
    evidence = make_dependencies("flask", "Attrs", packages=(FLASK, JINJA, MARKUP))
    (problem,) = find("dependencies.allowed", evidence, packages=["attrs"])
    assert problem.message == (
        "article I does not allow depending on `flask` (specs/001-x/plan.md:8)"
    )
    assert find("dependencies.allowed", evidence, packages=["attrs", "flask"]) == []


def test_what_allowed_dependencies_require_is_judged_where_asked_for() -> None:
    evidence = make_dependencies("flask", packages=(FLASK, JINJA, MARKUP))
    problems = find("dependencies.allowed", evidence, packages=["flask", "jinja2"], transitive=True)
    assert ["`markupsafe`" in problem.message for problem in problems] == [True]


def test_a_dependency_must_have_one_version_in_files_of_the_scope() -> None:
    loose = make_dependencies("flask", place=REQUIREMENTS)
    (problem,) = find("dependencies.pinned", loose, scope="requirements*.txt")
    assert problem.place == REQUIREMENTS
    assert "flask==1.2.3" in problem.hint
    assert find("dependencies.pinned", loose, scope="specs/**") == []
    assert find("dependencies.pinned", make_dependencies("flask", pinned=True)) == []


# --- Licences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "met"),
    [
        ("MIT", True),
        ("mit", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only AND MIT OR Apache-2.0", True),
        ("GPL-3.0-only AND (MIT OR Apache-2.0)", False),
        ("(GPL-3.0-only OR MIT) AND Apache-2.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("MIT Apache-2.0", False),
        ("(MIT", False),
        ("MIT OR", True),
        ("", False),
    ],
)
def test_a_licence_expression_is_met_by_what_is_allowed(expression: str, met: bool) -> None:
    assert is_allowed(expression, frozenset({"MIT", "Apache-2.0"})) is met


def test_the_licence_of_what_is_brought_along_counts() -> None:
    evidence = make_dependencies("flask", packages=(FLASK, JINJA, MARKUP))
    (problem,) = find("licences.allowed", evidence, licenses=["BSD-3-Clause"])
    assert "GPL-3.0-only of `markupsafe`, which `flask` brings along" in problem.message
    assert problem.severity is Severity.ERROR


def test_a_licence_that_is_not_known_is_a_warning() -> None:
    evidence = make_dependencies("odd", "gone", packages=(Package("odd", "", ()),))
    problems = find("licences.allowed", evidence, licenses=["MIT"])
    assert [problem.code for problem in problems] == ["licence-unknown"] * 2
    assert {problem.severity for problem in problems} == {Severity.WARNING}


# --- Documents and tests -------------------------------------------------------------------------


def test_a_required_document_must_be_there() -> None:
    evidence = Evidence(paths=frozenset({"docs/decisions/0001-x.md"}))
    asked = ["SECURITY.md", "docs/decisions/*.md"]
    (problem,) = find("documents.required", evidence, paths=asked)
    assert "wants a file at `SECURITY.md`, and there is none" in problem.message
    assert problem.place.path == CONSTITUTION


def test_nothing_is_missing_where_nobody_looked() -> None:
    assert find("documents.required", Evidence(), paths=["SECURITY.md"]) == []


def test_faults_of_tests_are_told_within_the_scope() -> None:
    fault = NotTestedFirst("no test that could fail judges C1", "Give an example", PLAN)
    evidence = Evidence(testing_faults=(fault,))
    (problem,) = find("tests.before_code", evidence)
    assert "wants tests before code; no test that could fail judges C1" in problem.message
    assert find("tests.before_code", evidence, scope="specs/002-*/**") == []


# --- Secrets -------------------------------------------------------------------------------------

# Put together, so that this file holds nothing that looks like a secret.
TOKEN = "ghp_" + "a1B2c3D4" * 5
RANDOM = "q7Zp" + "9xV2mKd4Rt8wLb3n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"token = '{TOKEN}'", "token of GitHub"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----\nMIIB\n", "private key"),
        (f'api_key: "{RANDOM}"', "password or key"),
        (f"API_TOKEN={RANDOM}", "password or key"),
        (f'{{"secret": "{RANDOM}"}}', "password or key"),
        (f'api_key: str = "{RANDOM}"', "password or key"),
        ("postgres://app:" + "s3cr3tpw@db.local/x", "password in an address"),
    ],
)
def test_a_secret_is_found_and_never_shown(text: str, kind: str) -> None:
    evidence = Evidence(texts={"src/x.py": f"first line\n{text}\n"})
    (problem,) = find("secrets.forbidden", evidence)
    assert f"looks like a {kind} (src/x.py:2)" in problem.message
    assert TOKEN not in str(problem)
    assert RANDOM not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "key = 'AKIAIOSFODNN7EXAMPLE'",
        "api_key = 'your-api-key-goes-here-1'",
        "password = os.environ['APP_PASSWORD_FROM_VAULT']",
        "token_count = number_of_tokens_in_text",
        "secret = '${SECRET_FROM_VAULT_1234}'",
        "sort(key=lambda entry: entry.created_at_1)",
        "postgres://user:password@localhost/db",
        "digest = 'd41d8cd98f00b204e9800998ecf8427e'",
        "Send the token in the header, as RFC 6750 says.",
    ],
)
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    assert find("secrets.forbidden", Evidence(texts={"src/x.py": text})) == []


def test_a_value_that_is_known_to_be_none_is_left_alone() -> None:
    evidence = Evidence(texts={"src/x.py": f"api_key = '{RANDOM}'"})
    assert find("secrets.forbidden", evidence, known=[RANDOM]) == []


def test_files_that_the_check_names_are_searched_whatever_the_scope() -> None:
    evidence = Evidence(texts={"app.toml": f"api_key = '{RANDOM}'", "other.toml": f"key='{TOKEN}'"})
    (problem,) = find("secrets.forbidden", evidence, scope="src/**", paths=["app.toml"])
    assert problem.place.path == "app.toml"
