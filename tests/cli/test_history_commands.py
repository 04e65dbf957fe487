"""What `log`, `verify` and `provenance` print of what has been."""

from __future__ import annotations

import json

from tests.cli.projects import CODE_PATH, SPEC, SPEC_PATH, Project


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
