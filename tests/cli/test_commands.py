"""What each command prints, as text and as JSON, and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import (
    CODE_PATH,
    CONSTITUTION,
    PLAN,
    PLAN_PATH,
    RECORD_PATH,
    SPEC,
    SPEC_PATH,
    Project,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_init_says_what_it_made(empty: Project) -> None:
    empty.write(".kiro/specs/auth/requirements.md", "# Auth\n")

    first, second = empty.run("init"), empty.run("init")

    assert (first.code, second.code) == (0, 0)
    assert "created  headwater.toml" in first.stdout
    assert "found    Kiro in .kiro/specs/ (1 spec): read as it is" in first.stdout
    assert "Commit these files" in first.stdout
    assert "unchanged  headwater.toml" in second.stdout
    assert "Commit" not in second.stdout


def test_init_as_json(empty: Project) -> None:
    document = empty.run("init", "--json").document

    assert document["repository_created"] is False
    assert document["files"] == [
        {"path": ".gitattributes", "change": "created"},
        {"path": ".gitignore", "change": "created"},
        {"path": "headwater.toml", "change": "created"},
    ]


def test_init_makes_no_repository_unasked(
    git_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard input is no terminal here, so nothing can be asked."""
    plain = Project(root=tmp_path / "plain", capture=capsys)
    plain.root.mkdir()

    refused = plain.run("init")
    assert refused.code == 1
    assert "init --yes" in refused.stderr
    assert list(plain.root.iterdir()) == []

    made = plain.run("init", "--yes")
    assert made.code == 0
    assert "created  git repository" in made.stdout
    assert (plain.root / ".git").is_dir()


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_a_person_at_a_terminal_is_asked(
    git_settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: int,
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    plain = Project(root=tmp_path / "plain", capture=capsys)
    plain.root.mkdir()
    monkeypatch.setattr("sys.stdin", Terminal(answer))

    finished = plain.run("init")

    assert finished.code == code
    assert "Make one?" in finished.stderr
    assert (plain.root / ".git").exists() is (code == 0)


def test_check_of_a_repository_without_specs(empty: Project) -> None:
    finished = empty.run("check")

    assert finished.code == 0
    assert finished.stdout == ("No specs: no folder specs/NNN-name holds a document. 0 problems.\n")


def test_check_that_passes(built: Project) -> None:
    text, document = built.run("check"), built.run("check", "--json")

    assert (text.code, document.code) == (0, 0)
    assert text.stdout == "1 feature, 1 component: 0 errors, 0 warnings, 0 not fresh\n"
    assert document.document == {
        "passed": True,
        "features": 1,
        "components": 1,
        "findings": [],
        "unsettled": [],
    }


def test_check_that_finds(built: Project) -> None:
    built.write(SPEC_PATH, SPEC.replace("hyphens", "dots"))
    built.write(PLAN_PATH, PLAN.replace("**Implements**: FR-001", "**Implements**: FR-001, FR-7"))

    text, document = built.run("check"), built.run("check", "--json").document

    assert text.code == 1
    assert f"{PLAN_PATH}:9:1: error[unknown-ref]: " in text.stdout
    assert "    hint: " in text.stdout
    assert "001/C1 is stale: changed; 001/FR-001 changed" in text.stdout
    assert text.stdout.endswith("1 feature, 1 component: 1 error, 0 warnings, 1 not fresh\n")
    assert document["passed"] is False
    findings, unsettled = document["findings"], document["unsettled"]
    assert isinstance(findings, list)
    assert findings[0]["code"] == "unknown-ref"
    assert isinstance(unsettled, list)
    assert unsettled[0]["reasons"][0] == {
        "text": "001/C1 changed",
        "subject": "001/C1",
        "change": "changed",
    }


def test_status_aligns_and_counts(built: Project) -> None:
    built.write(SPEC_PATH, SPEC.replace("hyphens", "dots").replace('`"one"`', '`"1"`'))

    finished = built.run("status")

    assert finished.code == 0
    lines = finished.stdout.splitlines()
    assert lines[0] == "001-titles"
    assert lines[1].startswith("  C1     slugs           stale  001/FR-001 changed")
    assert lines[2].startswith(" " * 32)
    assert lines[-2] == "  tests  of the feature  fresh"
    assert lines[-1] == "1 component: 1 stale"


def test_status_of_what_is_not_planned_yet(empty: Project) -> None:
    assert "No specs" in empty.run("status").stdout
    empty.write(SPEC_PATH, SPEC.replace('| `"one"` |', "|"))
    empty.write("specs/002-other/plan.md", "# Plan\n\n## Technical Context\n\n**Target**: python\n")

    finished = empty.run("status")

    assert finished.code == 0
    assert "001-titles\n  no plan.md yet\n" in finished.stdout
    assert "002-other\n  the plan names no component\n" in finished.stdout
    assert "1 error in documents or lock; `headwater check` says which." in finished.stdout


def test_status_as_json(built: Project) -> None:
    document = built.run("status", "--json").document

    features = document["features"]
    assert isinstance(features, list)
    assert features[0]["components"] == [
        {
            "ref": "001/C1",
            "name": "slugs",
            "files": [CODE_PATH],
            "state": "fresh",
            "reasons": [],
        }
    ]
    assert features[0]["own_files"]["state"] == "fresh"


def test_trace_of_what_is_not_covered(empty: Project) -> None:
    assert empty.run("trace").stdout == "No requirements to trace.\n"
    empty.write(SPEC_PATH, SPEC)

    assert "no component implements it" in empty.run("trace", "001").stdout
    assert empty.run("trace", "FR-002").code == 1


def test_trace_of_a_component_that_implements_nothing(empty: Project) -> None:
    empty.write(SPEC_PATH, "# Spec\n")
    empty.write(PLAN_PATH, PLAN)

    assert empty.run("trace", "C1").stdout == "Nothing is traced for C1.\n"


def test_revert_says_where_the_bytes_came_from(built: Project) -> None:
    before = built.look()
    built.write(CODE_PATH, "edited\n")
    built.write(RECORD_PATH, "damaged\n")

    finished = built.run("revert", "--all")

    head = built.git("rev-parse", "HEAD")[:12]
    assert finished.code == 0
    assert f"restored  {CODE_PATH}" in finished.stdout
    assert f"from {head}" in finished.stdout
    assert built.look() == before
    assert built.run("revert", "--all").stdout == "Every derived file is as it was recorded.\n"
    assert built.run("revert", CODE_PATH).stdout == f"unchanged  {CODE_PATH}\n"
    assert built.run("revert", CODE_PATH, "--json").document == {
        "files": [{"path": CODE_PATH, "outcome": "unchanged", "commit": ""}]
    }


def test_control_characters_in_documents_never_reach_the_terminal(empty: Project) -> None:
    empty.write(SPEC_PATH, SPEC)
    empty.write(PLAN_PATH, PLAN.replace("C1: slugs", "C1: sl\x1b[2Jugs"))

    finished = empty.run("status")

    assert "\x1b" not in finished.stdout
    assert "sl\\x1b[2Jugs" in finished.stdout


def test_colour_only_where_somebody_looks(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")

    assert "\x1b" not in built.run("status").stdout


def test_a_model_needs_no_repository(
    git_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = Project(root=tmp_path, capture=capsys).run("model", "pull", "nothing")

    assert finished.code == 2
    assert "there is no embedded model `nothing`" in finished.stderr


def test_articles_are_checked_without_a_model(built: Project) -> None:
    built.write(".specify/memory/constitution.md", CONSTITUTION.replace("eval", '"*.lower"'))

    finished = built.run("check")

    assert finished.code == 1
    assert f"{CODE_PATH}:" in finished.stdout


def test_log_tells_a_change_and_what_came_of_it(built: Project) -> None:
    shown = built.run("log", "001/FR-001")

    assert shown.code == 0
    assert "Ada Lovelace" in shown.stdout
    events = [line.split()[0] for line in shown.stdout.splitlines() if line.startswith("  ")]
    assert events == ["verified", "derived", "added"]
    assert built.run("log", "--limit", "1").stdout.endswith("`--limit 0` shows all.\n")


def test_log_in_other_forms(built: Project) -> None:
    document = json.loads(built.run("log", CODE_PATH, "--json").stdout)
    markdown = built.run("log", "--format", "markdown").stdout

    assert [entry["event"] for entry in document["entries"]] == ["verified", "derived"]
    assert markdown.startswith("# Log\n\n| time | who | commit |")


def test_log_of_what_never_was(built: Project) -> None:
    refused = built.run("log", "001/FR-077")

    assert refused.code == 1
    assert "expected something that history knows, found '001/FR-077'" in refused.stderr
    assert "001/FR-001" in refused.stderr


def test_verify_runs_the_tests_again(built: Project) -> None:
    verified = built.run("verify", "HEAD")

    assert verified.code == 0
    assert "001/C1  slugs           verified" in verified.stdout
    assert "2 of 2 tests passed" in verified.stdout
    assert "all as recorded" in verified.stdout


def test_verify_says_what_differs(built: Project) -> None:
    built.write(SPEC_PATH, SPEC.replace('"one"', '"un"'))
    built.git("commit", "--quiet", "--all", "--message", "Change")

    shown = built.run("verify", "HEAD", "--no-run")
    document = json.loads(built.run("verify", "HEAD", "--no-run", "--json").stdout)

    assert shown.code == 1
    assert "differs" in shown.stdout
    assert "No test was run." in shown.stdout
    assert document["verified"] is False
    assert document["records"][0]["differences"]


def test_provenance_is_printed_or_written(built: Project) -> None:
    printed = built.run("provenance", "001/C1")
    written = built.run("provenance", "--output", "evidence")

    assert printed.code == written.code == 0
    assert printed.stdout.startswith('{"_type": "https://in-toto.io/Statement/v1"')
    assert (built.root / "evidence/001-C1.intoto.json").exists()
    (statement,) = json.loads(built.run("provenance", "--json").stdout)["statements"]
    assert statement["subject"][0]["name"] == CODE_PATH
