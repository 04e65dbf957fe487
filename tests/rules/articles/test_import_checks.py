"""The checks of imports and layers: what they find, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headwater.spec.model import Place, Severity
from tests.rules.articles.breaches import find, find_messages
from tests.rules.articles.builders import CONSTITUTION, make_evidence, make_facts


@pytest.mark.parametrize(
    ("modules", "imported", "found"),
    [
        (["requests"], "requests", True),
        (["requests"], "requests.adapters", True),
        (["requests"], "requests_mock", False),
        (["requests"], "vendored.requests", False),
        (["urllib.request"], "urllib.request", True),
        (["urllib.request"], "urllib.request.Request", True),
        (["urllib.request"], "urllib", False),
        (["urllib.request"], "urllib.parse", False),
        (["requests", "httpx"], "httpx", True),
    ],
)
def test_a_forbidden_module_forbids_its_submodules_and_nothing_else(
    modules: list[str], imported: str, found: bool
) -> None:
    facts = make_facts(imports=((imported, 3),))
    assert bool(find_messages("imports.forbidden", facts, modules=modules)) is found


def test_a_forbidden_import_is_told_once_a_line_with_article_and_place() -> None:
    """`from requests import get, post` imports two names and is one problem."""
    facts = make_facts(imports=(("os", 1), ("requests.get", 3), ("requests.post", 3)))
    (problem,) = find(
        "imports.forbidden", make_evidence(facts), modules=["requests"], severity="warning"
    )
    assert problem.message == "article I forbids importing `requests` (src/x.py:3)"
    assert problem.place == Place(path="src/x.py", line=3)
    assert problem.code == "forbidden-import"
    assert problem.severity is Severity.WARNING
    assert f"{CONSTITUTION}:7" in problem.hint


NET = make_facts(path="src/shop/net.py", imports=(("socket", 4),))
MIDDLE = make_facts(path="src/shop/middle.py", imports=(("shop.net", 2),))
CORE = make_facts(path="src/shop/core.py", imports=(("shop.middle.send", 1),))


def test_a_forbidden_import_is_found_through_other_files_with_the_way_there() -> None:
    evidence = make_evidence(CORE, MIDDLE, NET, judged="src/shop/core.py")
    (problem,) = find("imports.forbidden", evidence, modules=["socket"])
    assert problem.message == (
        "article I forbids importing `socket`, which this reaches through src/shop/middle.py:2 → "
        "src/shop/net.py:4 (src/shop/core.py:1)"
    )


def test_what_another_judged_file_imports_is_its_own_breach_alone() -> None:
    messages = find_messages("imports.forbidden", CORE, MIDDLE, NET, modules=["socket"])
    assert messages == ["article I forbids importing `socket` (src/shop/net.py:4)"]


def test_modules_that_import_one_another_come_to_an_end() -> None:
    one = make_facts(path="src/a.py", imports=(("b", 1),))
    other = make_facts(path="src/b.py", imports=(("a", 1),))
    assert find_messages("imports.forbidden", one, other, modules=["socket"]) == []


def test_a_package_that_a_module_stands_in_is_reached_too() -> None:
    package = replace(
        make_facts(path="src/shop/__init__.py", imports=(("socket", 4),)), module="shop"
    )
    evidence = make_evidence(
        make_facts(path="src/core.py", imports=(("shop.near", 2),)), package, judged="src/core.py"
    )
    (problem,) = find("imports.forbidden", evidence, modules=["socket"])
    assert "src/shop/__init__.py:4" in problem.message


@pytest.mark.parametrize(
    ("imported", "found"),
    [("attrs", False), ("json", False), ("shop.net", False), ("requests.get", True)],
)
def test_only_allowed_own_and_standard_modules_may_be_imported(imported: str, found: bool) -> None:
    facts = make_facts(imports=((imported, 2),), standard=frozenset({"json"}))
    evidence = make_evidence(facts, own=frozenset({"shop"}))
    messages = [one.message for one in find("imports.allowed", evidence, modules=["attrs"])]
    assert messages == ["article I does not allow importing `requests` (src/x.py:2)"] * found


LAYERS = ["shop.cli", "shop.core", "src/shop/store/**"]
CLI = make_facts(path="src/shop/cli.py", imports=(("shop.core", 1),))
STORE = make_facts(path="src/shop/store/file.py", imports=(("shop.cli.main", 3),))


def test_a_lower_layer_may_not_import_a_higher_one() -> None:
    core = make_facts(path="src/shop/core.py", imports=(("shop.store.file", 1), ("shop.core", 2)))
    assert find_messages("layers", CLI, core, STORE, layers=LAYERS) == [
        (
            "article I puts `shop.cli` above `src/shop/store/**`, which may not import it "
            "(src/shop/store/file.py:3)"
        )
    ]


def test_a_way_round_through_a_file_of_no_layer_is_found() -> None:
    core = make_facts(path="src/shop/core.py", imports=(("odds", 7),))
    odds = make_facts(path="src/odds.py", imports=(("shop.cli", 2),))
    assert find_messages("layers", CLI, core, odds, layers=LAYERS) == [
        (
            "article I puts `shop.cli` above `shop.core`, which may not import it, as it does "
            "through src/odds.py:2 → src/shop/cli.py (src/shop/core.py:7)"
        )
    ]


def test_a_package_whose_name_begins_alike_is_of_another_layer() -> None:
    core = make_facts(path="src/shop/core.py", imports=(("shop.client", 1),))
    assert find_messages("layers", CLI, core, layers=LAYERS) == []
