"""Tables of approved and forbidden libraries."""

from __future__ import annotations

import pytest

from tests.policies.builders import find_in, find_one

TABLE = """\
# Libraries

| Package | Version | Licence | Status |
| --- | --- | --- | --- |
| `httpx` | 0.27 | BSD-3-Clause | approved |
| requests |  | Apache 2.0 | ❌ not allowed |
| not a name | 1 | MIT | approved |
| later | 2 | MIT | under review |
"""


def test_status_stands_in_a_column() -> None:
    statement = find_one(TABLE)
    httpx, requests = statement.libraries
    assert (httpx.name, httpx.allowed, httpx.version, httpx.licences) == (
        "httpx",
        True,
        "0.27",
        ("BSD-3-Clause",),
    )
    assert (requests.name, requests.allowed) == ("requests", False)
    assert statement.clause == (
        "Approved libraries: `httpx` (0.27, BSD-3-Clause). "
        "Forbidden libraries: `requests` (Apache 2.0)."
    )
    assert str(statement.quote.passage) == "policies/security.md l. 3-8"


@pytest.mark.parametrize(
    ("heading", "allowed"),
    [("Approved libraries", True), ("Forbidden packages", False), ("2. Banned", False)],
)
def test_status_stands_in_the_heading(heading: str, allowed: bool) -> None:
    text = f"## {heading}\n\n| Name | Why |\n| --- | --- |\n| click | it must be good |\n"
    (library,) = find_one(text).libraries
    assert (library.name, library.allowed) == ("click", allowed)


@pytest.mark.parametrize(
    "text",
    [
        "## Libraries\n\n| Name | Why |\n| --- | --- |\n| click | good |\n",
        "## Approved\n\n| Colour | Why |\n| --- | --- |\n| red | good |\n",
        "## Approved libraries\n\n| Name |\n| --- |\n",
    ],
)
def test_other_tables_are_none(text: str) -> None:
    assert find_in(text).statements == ()


def test_an_html_table() -> None:
    rows = "<tr><th>Library</th><th>Approved</th></tr><tr><td>click</td><td>Yes</td></tr>"
    (library,) = find_one(f"<table>{rows}</table>", path="list.html").libraries
    assert (library.name, library.allowed) == ("click", True)
