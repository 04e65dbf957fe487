"""The example `punch`, and code that satisfies it as a model would write it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.operations.building.prepare import prepare_feature
from headwater.operations.standing.survey import take_survey
from headwater.steps.settings import SearchSettings
from tests.operations.builders import TARGETS

if TYPE_CHECKING:
    from headwater.steps.deriving.suites import Suite

EXAMPLE = Path(__file__).parents[2] / "examples" / "punch"

CODE = {
    "001/C1": """\
def parse_duration(text: str) -> int:
    hours, colon, minutes = text.partition(":")
    if not colon:
        raise ValueError(text)
    return int(hours) * 60 + int(minutes)


def format_duration(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
""",
    "001/C2": """\
from dataclasses import dataclass

from punch.durations import parse_duration


@dataclass(frozen=True)
class Entry:
    date: str
    project: str
    minutes: int
    note: str


def parse_entry(line: str) -> Entry:
    words = line.split(" ", 3)
    if len(words) < 3:
        raise ValueError(line)
    note = words[3] if len(words) > 3 else ""
    return Entry(words[0], words[1], parse_duration(words[2]), note)
""",
    "001/C3": """\
from punch.entries import Entry


def total_minutes(entries: list[Entry]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for entry in entries:
        totals[entry.project] = totals.get(entry.project, 0) + entry.minutes
    return totals
""",
    "001/C4": """\
def billable_minutes(minutes: int) -> int:
    return -(-minutes // 15) * 15


def price_in_cents(minutes: int, hourly_rate: int) -> int:
    return billable_minutes(minutes) * hourly_rate * 100 // 60
""",
    "001/C5": """\
from punch.billing import billable_minutes, price_in_cents
from punch.durations import format_duration


def report_line(project: str, minutes: int, hourly_rate: int) -> str:
    time = format_duration(billable_minutes(minutes))
    return f"{project}: {time}, {price_in_cents(minutes, hourly_rate) / 100:.2f}"


def report(totals: dict[str, int], hourly_rate: int) -> list[str]:
    return [report_line(project, totals[project], hourly_rate) for project in sorted(totals)]
""",
    "001/C6": """\
import sys

from punch.log import BrokenLine, read_log
from punch.report import report
from punch.totals import total_minutes


def main() -> int:
    try:
        entries = read_log(sys.stdin.read())
    except BrokenLine as error:
        print(f"punch: line {error} is broken", file=sys.stderr)
        return 1
    for line in report(total_minutes(entries), int(sys.argv[1])):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
""",
    "001/C7": """\
from punch.durations import format_duration
from punch.entries import Entry


def to_row(entry: Entry) -> str:
    return "\\t".join((entry.date, entry.project, format_duration(entry.minutes), entry.note))
""",
    "001/C8": """\
from punch.entries import Entry, parse_entry


class BrokenLine(Exception): ...


def read_log(log: str) -> list[Entry]:
    entries = []
    for number, line in enumerate(log.splitlines(), 1):
        try:
            entries.append(parse_entry(line))
        except ValueError:
            raise BrokenLine(number) from None
    return entries
""",
}


def read_timesheet(root: Path) -> tuple[Suite, dict[str, str]]:
    """The tests of the example, and its code by path, from a copy of it in an empty folder."""
    shutil.copytree(EXAMPLE, root, dirs_exist_ok=True)
    survey = take_survey(root, targets=TARGETS)
    work = prepare_feature(
        survey,
        survey.reading.find_feature("001"),
        target=TARGETS["python"],
        todo=frozenset(),
        settings=SearchSettings(held_out_share=0),
    )
    components = work.suite.components
    return work.suite, {components[ref].files[0]: code for ref, code in CODE.items()}
