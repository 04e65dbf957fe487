from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from headwater.cli.live_progress import LiveProgress, open_live_progress
from headwater.cli.progress import PlainProgress, describe_event, open_progress
from headwater.engine.interface import Ended
from headwater.engine.progress import (
    AttemptStarted,
    Event,
    JobFinished,
    JobStarted,
    Message,
    TestsJudged,
    TokensSpent,
)

REF = "001/C1"
STARTED = JobStarted(component=REF, purpose="implement")
ATTEMPT = AttemptStarted(component=REF, purpose="implement", attempt=2, attempts=16)
JUDGED = TestsJudged(component=REF, purpose="implement", passed=3, total=7)
SPENT = TokensSpent(component=REF, purpose="implement", input_tokens=700, output_tokens=77)
MESSAGE = Message(component=REF, purpose="implement", text="line 3: expected 1\nand so on")
FAILED = JobFinished(component=REF, purpose="implement", ended=Ended.FAILED, detail="gave up")
DONE = JobFinished(component=REF, purpose="implement", ended=Ended.DONE)


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (STARTED, "implement"),
        (ATTEMPT, "attempt 2 of at most 16"),
        (JUDGED, "3 of 7 tests pass"),
        (SPENT, ""),
        (MESSAGE, "line 3: expected 1"),
        (Message(component=REF, purpose="implement", text=""), ""),
        (FAILED, "failed: gave up"),
        (DONE, "done"),
    ],
)
def test_events_in_words(event: Event, text: str) -> None:
    assert describe_event(event) == text


def test_plain_lines_name_the_component_and_hide_control_characters() -> None:
    stream = StringIO()
    progress = PlainProgress(stream)

    for event in (ATTEMPT, SPENT, Message(component="", purpose="", text="a\x1bb")):
        progress.notify(event)

    assert stream.getvalue() == "001/C1: attempt 2 of at most 16\na\\x1bb\n"


def test_a_download_is_told_in_tenths() -> None:
    stream = StringIO()
    progress = PlainProgress(stream)

    for done in (0, 1, 99_999_999, 100_000_000, 1_000_000_000):
        progress.pulled("coder", done=done, total=1_000_000_000)

    assert stream.getvalue().splitlines() == [
        "fetching coder: 0 % of 1.0 GB",
        "fetching coder: 10 % of 1.0 GB",
        "fetching coder: 100 % of 1.0 GB",
    ]


def test_a_closed_stream_does_not_stop_a_build() -> None:
    stream = StringIO()
    stream.close()

    PlainProgress(stream).notify(ATTEMPT)


def draw(progress: LiveProgress) -> list[str]:
    console = Console(file=StringIO(), width=100)
    with console.capture() as capture:
        console.print(progress)
    return [" ".join(line.split()) for line in capture.get().splitlines() if line.strip()]


def test_the_live_table_has_one_line_a_component() -> None:
    progress = LiveProgress()
    for event in (STARTED, ATTEMPT, JUDGED, SPENT, MESSAGE):
        progress.notify(event)
    progress.notify(JobStarted(component="001/C2", purpose="implement"))

    assert draw(progress) == [
        "component state attempt tests tokens seconds",
        "001/C1 implement 2 of 16 3 of 7 777 0 line 3: expected 1",
        "001/C2 implement 0",
    ]


def test_a_long_message_is_cut_and_squeezes_nothing() -> None:
    progress = LiveProgress()
    for event in (STARTED, ATTEMPT, Message(component=REF, purpose="", text="long " * 50)):
        progress.notify(event)

    header, line = draw(progress)
    assert header == "component state attempt tests tokens seconds"
    assert line.startswith("001/C1 implement 2 of 16 0 long long")
    assert line.endswith("…")


def test_a_test_that_is_written_has_a_line_without_a_clock() -> None:
    progress = LiveProgress()
    progress.notify(Message(component="001/FR-002", purpose="write a test", text="answer 1"))

    assert draw(progress)[1] == "001/FR-002 write a test answer 1"


@pytest.mark.parametrize(
    ("event", "line"),
    [(DONE, "001/C1 done 2 of 16 0"), (FAILED, "001/C1 failed 2 of 16 0 gave up")],
)
def test_a_component_that_ended_keeps_its_line(event: JobFinished, line: str) -> None:
    progress = LiveProgress()
    for each in (STARTED, ATTEMPT, event):
        progress.notify(each)

    assert draw(progress)[1] == line


def test_a_repair_takes_the_line_of_the_first_search() -> None:
    progress = LiveProgress()
    for event in (STARTED, DONE, STARTED):
        progress.notify(event)

    assert draw(progress)[1:] == ["001/C1 implement 0"]


def test_markup_in_a_message_is_text() -> None:
    progress = LiveProgress()
    progress.notify(Message(component=REF, purpose="implement", text="[red]x[/red] \x1b[2J"))

    assert draw(progress)[1].endswith(r"[red]x[/red] \x1b[2J")


def test_the_live_table_shows_a_download() -> None:
    progress = LiveProgress()
    progress.pulled("coder", done=1, total=4)

    assert draw(progress) == ["fetching coder: 25 % of 0.0 GB"]


def test_a_terminal_gets_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with open_progress() as progress:
        assert isinstance(progress, LiveProgress)
        progress.notify(DONE)

    printed = capsys.readouterr()
    assert "001/C1" in printed.err
    assert printed.out == ""


def test_quiet_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with open_progress(quiet=True) as progress:
        progress.notify(ATTEMPT)
        progress.pulled("coder", done=1, total=2)

    assert capsys.readouterr() == ("", "")


def test_the_live_table_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with open_live_progress() as progress:
        progress.notify(STARTED)

    assert capsys.readouterr().out == ""
