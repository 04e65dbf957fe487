"""What `change`, `approve`, `review` and `analyze` print, and how they end."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import PLAN_PATH, SPEC, SPEC_PATH, Project

if TYPE_CHECKING:
    from collections.abc import Mapping

WISH = "titles keep their capital letters"
STATEMENT = {
    "pattern": "always",
    "obligation": "MUST",
    "action": "keep its capital letters, and have its words joined by hyphens",
}
ANSWERS: Mapping[str, list[str]] = {
    "change/which": [json.dumps({"choice": "001/FR-001"})],
    "change/sentence 001/FR-001": [json.dumps({"choice": "1"})],
    "change/statement 001/FR-001": [json.dumps(STATEMENT)],
    "change/rows 001/FR-001": [json.dumps({"rows": [1, 2]})],
    "change/result 001/FR-001": [
        json.dumps({"outcome": "value", "value": "Hello-World"}),
        json.dumps({"outcome": "value", "value": "One"}),
    ],
    "change/example 001/FR-001 1": [
        json.dumps({"function": "slugify", "arguments": ["aB"], "outcome": "value", "value": "aB"})
    ],
}


class Terminal(StringIO):
    """A standard input that a person sits at."""

    def isatty(self) -> bool:
        return True


def test_a_change_is_shown_and_committed(built: Project) -> None:
    finished = built.run("change", WISH, "--yes", "--model", built.script(ANSWERS))

    assert finished.code == 0
    assert finished.stdout.startswith("Changes 001/FR-001, ")
    assert (
        '  example 001/FR-001 changed: slugify("One") → [-"one"-] {+"One"+} (spec.md:11)'
        in finished.stdout
    )
    assert '  example 001/FR-001 added: slugify("aB") → "aB" (spec.md:' in finished.stdout
    assert "001/C1" in finished.stdout
    assert "derived again" in finished.stdout
    assert "6 model calls" not in finished.stdout
    assert "Committed to main as " in finished.stdout
    assert "<!-- drafted: confirm -->" in (built.root / SPEC_PATH).read_text(encoding="utf-8")


def test_a_dry_run_changes_nothing(built: Project) -> None:
    before = built.look()

    finished = built.run("change", WISH, "--dry-run", "--json", "--model", built.script(ANSWERS))

    assert finished.code == 0
    assert finished.document["ref"] == "001/FR-001"
    assert finished.document["draft"]
    assert built.look() == before


def test_nobody_is_asked_without_a_terminal_and_no_model_is_paid(built: Project) -> None:
    before = built.look()

    finished = built.run("change", WISH, "--model", built.script([]))

    assert finished.code == 1
    assert "expected a yes before a change is committed" in finished.stderr
    assert "--yes" in finished.stderr
    assert built.look() == before


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_a_person_at_a_terminal_decides(
    built: Project, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    head = built.git("rev-parse", "HEAD")
    script = built.script(ANSWERS)
    monkeypatch.setattr("sys.stdin", Terminal(answer))

    finished = built.run("change", WISH, "--quiet", "--model", script)

    assert finished.code == code
    assert "Commit this change?" in finished.stderr
    assert (built.git("rev-parse", "HEAD") == head) is (code == 1)


def test_a_person_says_which_requirement_is_meant(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = built.script({**ANSWERS, "change/which": ["", "", "", ""]})
    monkeypatch.setattr("sys.stdin", Terminal("1\ny\n"))

    finished = built.run("change", WISH, "--quiet", "--model", script)

    assert finished.code == 0
    assert "1  001/FR-001: A title MUST become" in finished.stderr
    assert "2  a new one" in finished.stderr


def test_approvals_are_recorded_listed_and_lost(built: Project) -> None:
    approved = built.run("approve", "001/spec", PLAN_PATH)
    assert approved.code == 0
    assert f"{SPEC_PATH}: approved by Ada Lovelace <ada@example.org>" in approved.stdout
    assert "it stands so already" in built.run("approve", "001/spec").stdout

    built.write(SPEC_PATH, SPEC.replace("hyphens", "dots"))
    built.commit()
    listed = built.run("approve", "--list")
    assert f"{SPEC_PATH}: changed since by Ada Lovelace" in listed.stdout
    assert "[-hyphens.-] {+dots.+}" in listed.stdout
    assert "warning[approval-withdrawn]" in built.run("check").stdout
    documents = json.loads(built.run("approve", "--list", "--json").stdout)
    assert [one["document"]["standing"] for one in documents] == ["changed since", "approved"]


def test_what_stands_open_is_shown_with_its_place(built: Project) -> None:
    built.write(SPEC_PATH, SPEC.replace("hyphens", "[NEEDS CLARIFICATION: what?]"))
    built.commit()

    finished = built.run("approve", "001/spec")

    assert finished.code == 1
    assert f"{SPEC_PATH}:5:" in finished.stderr
    assert "nothing was approved" in finished.stderr


def test_approve_needs_documents_or_list(built: Project) -> None:
    assert built.run("approve").code == 2
    assert built.run("approve", "--list", "001/spec").code == 2
    assert built.run("approve", "nothing.md").code == 1


def test_a_build_refuses_what_is_not_approved(built: Project) -> None:
    built.write("headwater.toml", '[build]\nrequire_approval = ["spec"]\n')
    finished = built.run("build", "--model", built.script([]))
    assert finished.code == 1
    assert f"{SPEC_PATH} (never approved)" in finished.stderr
    built.write("headwater.toml", '[build]\nrequire_approval = ["specs"]\n')
    assert built.run("build").code == 2


def test_a_review_shows_what_needs_a_person(built: Project) -> None:
    built.run("approve", "001/spec", "001/plan")
    assert built.run("review", "--strict").stdout == "Nothing needs a person.\n"
    built.write(SPEC_PATH, SPEC.replace("hyphens", "dots [NEEDS CLARIFICATION: or commas?]"))

    text, document = built.run("review", "--strict"), built.run("review", "--json")
    markdown = built.run("review", "001", "--markdown")

    assert (text.code, document.code, markdown.code) == (1, 0, 0)
    lines = text.stdout.splitlines()
    assert lines[0] == "001-titles"
    assert lines[1] == f"  answer 001: or commas? ({SPEC_PATH}:5:75)"
    assert lines[2].startswith(f"  {SPEC_PATH} since the approval by Ada Lovelace")
    assert lines[-1].endswith("words to read.")
    assert document.document["needs_person"] is True
    assert markdown.stdout.startswith("## What needs a person\n\n### 001-titles\n")
    assert "- [ ] **answer** 001: or commas?" in markdown.stdout
    assert built.run("review", "--json", "--markdown").code == 2


def test_status_counts_the_words_that_wait(built: Project) -> None:
    def count() -> int:
        features = built.run("status", "--json").document["features"]
        assert isinstance(features, list)
        return int(features[0]["words"])

    assert count() > 30
    built.run("approve", "001/spec", "001/plan")
    assert count() == 0


def test_an_empty_wish_is_wrong_usage(built: Project) -> None:
    assert built.run("change", " ", "--yes", "--model", built.script([])).code == 2


def test_an_analysis_shows_findings_and_coverage(built: Project) -> None:
    built.write(SPEC_PATH, SPEC + "\n- **FR-002**: Titles SHOULD quickly be shown.\n")
    before = built.look()

    text, document = built.run("analyze"), built.run("analyze", "--json").document

    assert text.code == 0
    assert "ambiguity\n" in text.stdout
    assert "low  " in text.stdout
    assert "001/FR-001  C1" in text.stdout
    assert text.stdout.splitlines()[-1].endswith("1 of 2 items have a component.")
    assert document["number"] == "001"
    assert built.look() == before
