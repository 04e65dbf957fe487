"""`trace`, `impact` and `explain`: what they print, in every form, and how they end."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import CODE_PATH, PLAN_PATH, RECORD_PATH, SPEC, SPEC_PATH

if TYPE_CHECKING:
    from tests.cli.projects import Project

FORMATS = ("text", "markdown", "html", "csv", "json", "reqif")


def test_trace_of_everything_and_of_one(built: Project) -> None:
    assert built.run("trace").stdout == ("001/FR-001  verified  001/C1  2 tests\n1 of 1 verified\n")
    lines = built.run("trace", "FR-001").stdout.splitlines()
    assert lines[:5] == [
        "001/FR-001  verified",
        "  text       A title MUST become its words in lower case, joined by hyphens.",
        f"  stands at  {SPEC_PATH}:5:5",
        "  component  001/C1 slugs: fresh, 2 tests passed",
        f"  file       {CODE_PATH}",
    ]
    assert len(lines) == 7
    for line in lines[5:]:
        assert line.startswith("  test       FR-001-")
        assert line.endswith(": passed in tests/001_titles/test_c1.py")


def test_trace_leads_back_from_file_and_test(built: Project) -> None:
    one = built.run("trace", "FR-001").stdout
    key = one.splitlines()[-1].split()[1].rstrip(":")

    for ref in (CODE_PATH, "tests/001_titles/test_c1.py", key, f"a.py::test_fr_001[{key}]"):
        assert built.run("trace", ref).stdout == one


def test_trace_as_json(built: Project) -> None:
    items = built.run("trace", "--json").document["items"]

    assert isinstance(items, list)
    assert items[0]["coverage"] == "verified"
    assert items[0]["components"][0]["passed"] == 2
    assert items[0]["tests"][0]["by_model"] is False
    assert items[0]["tests"][0]["passed"] is True
    assert built.run("trace", "--format", "json").document["items"] == items


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_goes_to_a_file_as_to_the_screen(built: Project, form: str) -> None:
    shown = built.run("trace", "--format", form)
    written = built.run("trace", "--format", form, "-o", "trace.out")
    again = built.run("trace", "--format", form)

    text = (built.root / "trace.out").read_bytes().decode()
    assert (shown.code, written.code, written.stdout) == (0, 0, "")
    assert text.removesuffix("\n") == shown.stdout.removesuffix("\n")
    assert shown == again
    assert "001/FR-001" in text


def test_a_long_requirement_leaves_whole(built: Project) -> None:
    """The screen shows the beginning; a form that others read has all of it."""
    long = f"A title MUST become its words, {'and so on, ' * 20}and no more."
    built.write(SPEC_PATH, SPEC.replace("A title MUST become its words in lower case, ", long))

    rows = list(csv.DictReader(StringIO(built.run("trace", "--format", "csv").stdout)))

    assert rows[0]["text"].startswith(long)
    assert long not in built.run("trace", "FR-001").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("trace", "--json", "--format", "csv"), "expected one format for standard output"),
        (("trace", "--format", "pdf"), "'pdf' is not one of"),
        (("trace", "-o", "src"), "cannot be written"),
        (("impact",), "expected either refs or --diff REV"),
        (("impact", "FR-001", "--diff", "HEAD"), "expected either refs or --diff REV"),
        (("impact", "FR-001", "--depth", "0"), "--depth"),
        (("explain", f"{CODE_PATH}:0"), "expected a line from 1"),
        (("explain", f"{CODE_PATH}:999"), "expected a line of"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(
    built: Project, arguments: tuple[str, ...], message: str
) -> None:
    before = built.look()
    finished = built.run(*arguments)

    assert finished.code == 2
    assert message in finished.stderr + finished.stdout
    assert built.look() == before


def test_impact_of_a_requirement(built: Project) -> None:
    lines = built.run("impact", "FR-001").stdout.splitlines()

    assert lines[0] == "derived again"
    assert "  component  001/C1" in lines[3]
    assert lines[3].endswith("001/FR-001 → 001/C1 (implements it)")
    assert any(
        line.endswith(f"001/C1 (implements it) → {CODE_PATH} (is derived for it)") for line in lines
    )
    assert lines[-1] == "5 things touched: 5 derived again"


def test_impact_since_a_revision(built: Project) -> None:
    assert built.run("impact", "--diff", "HEAD").stdout.endswith(": 0 changes of meaning\n")
    built.write(SPEC_PATH, SPEC.replace("hyphens", "dots").replace('("One")', '("Two")'))

    lines = built.run("impact", "--diff", "HEAD").stdout.splitlines()
    document = built.run("impact", "--diff", "HEAD", "--json").document

    assert lines[0].endswith(": 1 change of meaning")
    what = "text, 1 example added, 1 example removed"
    assert lines[1] == f"  001/FR-001  changed  {what}  {SPEC_PATH}:5:5"
    touched = document["touched"]
    assert isinstance(touched, list)
    (component,) = [one for one in touched if one["node"] == "001/C1"]
    assert component["effect"] == "derived again"
    assert component["path"] == [
        {"node": "001/FR-001", "because": ""},
        {"node": "001/C1", "because": "implements it"},
    ]


def test_impact_of_what_nothing_depends_on(built: Project) -> None:
    built.write(SPEC_PATH, f"{SPEC}\n## Success Criteria\n\n- **SC-001**: Everybody is glad.\n")

    assert built.run("impact", "SC-001").stdout == "Nothing else is touched.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("impact", "FR-002"), 1, "there is no `FR-002`"),
        (("impact", "--diff", "nowhere"), 2, "found 'nowhere'"),
        (("check", "--diff", "nowhere"), 2, "nowhere"),
        (("explain", "nowhere.py"), 1, "found none"),
        (("explain", "../out.py"), 1, "expected a path inside the repository"),
    ],
)
def test_what_is_not_there_is_told(
    built: Project, arguments: tuple[str, ...], code: int, message: str
) -> None:
    finished = built.run(*arguments)
    as_json = built.run(*arguments, "--json")

    assert (finished.code, as_json.code) == (code, code)
    assert message in finished.stderr
    assert message in json.dumps(as_json.document)


def test_explain_tells_sources_and_maker(built: Project) -> None:
    code = built.run("explain", CODE_PATH).stdout

    assert code.startswith(f"{CODE_PATH}\n  may you change it  no: it is derived")
    assert "component          001/C1 slugs (code)" in code
    assert "state              fresh, 2 tests passed" in code
    assert "made by            scripted:script.json in 1 attempt, 23 answer tokens" in code
    assert f"change 001/FR-001 in {SPEC_PATH}:5:5; then `headwater build`." in code
    shared = built.run("explain", "tests/001_titles/conftest.py").stdout
    assert "feature            001 (tests)" in shared
    assert "made by" not in shared


def test_explain_of_an_edit_by_hand_says_how_to_take_it_back(built: Project) -> None:
    built.write(CODE_PATH, "edited\n")

    told = built.run("explain", CODE_PATH).stdout
    document = built.run("explain", CODE_PATH, "--json").document

    assert f"because            {CODE_PATH} edited by hand" in told
    assert f"`headwater revert {CODE_PATH}` takes the edit by hand back." in told
    derived = document["derived"]
    assert isinstance(derived, dict)
    assert derived["state"] == "edited"


@pytest.mark.parametrize("place", [f"{CODE_PATH}:5", f"{CODE_PATH}:5:9", f"{CODE_PATH}:5:"])
def test_explain_of_a_line_names_function_tests_and_requirement(built: Project, place: str) -> None:
    """A place may be as tools print it, with a column."""
    told = built.run("explain", place).stdout

    assert told.startswith(f"{CODE_PATH}:5\n")
    assert "function           slugify" in told
    assert told.count("run by             FR-001-") == 2
    assert "told from          names in the code, not a recorded run" in told
    assert f"serves             001/FR-001 ({SPEC_PATH}:5:5): A title MUST" in told


def test_explain_of_documents_and_own_files(built: Project) -> None:
    built.write("notes:7", "mine\n")

    item = built.run("explain", f"{SPEC_PATH}:9").stdout
    assert "may you change it  yes: it is a source" in item
    assert "comes to           001/FR-001: verified" in item
    assert "none stands at this line" in built.run("explain", f"{PLAN_PATH}:1").stdout
    assert "no: it is a record" in built.run("explain", RECORD_PATH).stdout
    assert "yes: it is your own" in built.run("explain", "notes:7").stdout
