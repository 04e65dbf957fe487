"""What commands about the present print, as text and as JSON, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    import pytest


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
