"""The spec of examples/punch, and good answers to all that is asked about it."""

from __future__ import annotations

from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "punch"
SPEC = (EXAMPLE / "specs/001-timesheet/spec.md").read_text(encoding="utf-8")
CONSTITUTION = (EXAMPLE / ".specify/memory/constitution.md").read_text(encoding="utf-8")

ANSWERS: dict[str, object] = {
    "parameters parse_duration": {"names": ["text"]},
    "parameters format_duration": {"names": ["minutes"]},
    "parameters parse_entry": {"names": ["line"]},
    "parameters billable_minutes": {"names": ["minutes"]},
    "parameters report_line": {"names": ["project", "minutes", "hourly_rate"]},
    "parameters price_in_cents": {"names": ["minutes", "hourly_rate"]},
    "parameters report": {"names": ["totals", "hourly_rate"]},
    "parameters read_log": {"names": ["log"]},
    "meaning date of Entry": {"kind": "text"},
    "components components": {
        "components": [
            {"name": "durations", "functions": ["parse_duration", "format_duration"]},
            {"name": "entries", "functions": ["parse_entry", "read_log", "to_row"]},
            {
                "name": "billing",
                "functions": [
                    "total_minutes",
                    "billable_minutes",
                    "price_in_cents",
                    "report_line",
                    "report",
                ],
            },
        ]
    },
    "place US1.2": {"component": "billing"},
    "duty durations": {"does": "Turn a written duration into minutes and back", "calls": []},
    "duty entries": {
        "does": "Read the log, and write an entry as a row",
        "calls": ["parse_duration", "format_duration"],
    },
    "duty billing": {"does": "Add up, round and price the time", "calls": ["format_duration"]},
    "duty cli": {
        "does": "Read the log from standard input and print the bill",
        "calls": ["read_log", "total_minutes", "report"],
    },
    "topics choices": {"choices": [{"title": "How money is held", "serves": ["FR-006", "FR-007"]}]},
    "options D1": {
        "context": "Prices must not lose a cent to rounding.",
        "options": [
            {"name": "Floating point", "good": "nothing new", "bad": "loses cents", "package": ""},
            {"name": "Whole cents", "good": "exact", "bad": "must be formatted", "package": ""},
        ],
    },
    "choice D1": {
        "rationale": "Whole cents are exact, and the simplest of the exact ones.",
        "option": 2,
    },
}
