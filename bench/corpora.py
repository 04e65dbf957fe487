"""How much of real documents is read: items by kind, what is not understood, and the time."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/corpora.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpus import PROSE, Corpus, ReadFile, read_spec_kit
from bench.foreign_corpus import read_kiro, read_openspec
from headwater.cli.failures import report_failure
from headwater.errors import HeadwaterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# A further corpus is one more line here, with its reader.
CORPORA = (
    Corpus(name="spec-kit", read=read_spec_kit),
    Corpus(name="openspec", read=read_openspec, rest=PROSE),
    Corpus(name="kiro", read=read_kiro, rest=PROSE),
)
HAND_COUNTS = Path(__file__).resolve().parent / "hand_counts.json"
RUNS = 3


def main() -> int:
    """Read every corpus, and print what was found in it beside what was counted by hand."""
    try:
        folder = find_corpora()
        by_hand = json.loads(HAND_COUNTS.read_text(encoding="utf-8"))
        for corpus in CORPORA:
            documents = read_documents(folder / corpus.name)
            files = corpus.read(documents)
            seconds = measure_seconds(corpus, documents, runs=RUNS)
            totals = render_corpus(files, given=len(documents), seconds=seconds, rest=corpus.rest)
            compared = render_hand_counts(files, by_hand.get(corpus.name, {}))
            print(f"## {corpus.name}\n\n{totals}\n\n{compared}\n")
    except (HeadwaterError, KeyboardInterrupt) as error:
        return report_failure(error, folder=Path(), as_json=False)
    return 0


def find_corpora() -> Path:
    """The folder of corpora below the one that `HEADWATER_DATA` names.

    Raises:
        UsageError: there is none.
    """
    named = os.environ.get("HEADWATER_DATA", "")
    folder = Path(named) / "corpora"
    if not named or not folder.is_dir():
        names = [corpus.name for corpus in CORPORA]
        raise UsageError(
            f"HEADWATER_DATA names no folder that holds corpora/: {named or 'it is not set'}",
            hint=f"Set it to a folder with corpora/NAME/ in it: {', '.join(names)}.",
        )
    return folder


def read_documents(folder: Path) -> dict[str, bytes]:
    """Every file of a corpus, by its path below the corpus's folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def measure_seconds(corpus: Corpus, documents: Mapping[str, bytes], *, runs: int) -> float:
    """The least processor time, of `runs`, that reading and counting a corpus takes."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        corpus.read(documents)
        times.append(time.process_time() - start)
    return min(times)


def render_corpus(files: Sequence[ReadFile], *, given: int, seconds: float, rest: str) -> str:
    """What was read of the `given` files, as tables of totals; `rest` is a corpus's."""
    items: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    for file in files:
        items.update(file.items)
        problems.update(file.problems)
    total, unknown = sum(file.total for file in files), sum(file.unknown for file in files)
    lines = [f"{len(files)} of {given} files read, in {seconds:.2f} s of processor time.", ""]
    lines += ["| kind | items |", "| --- | --- |"]
    lines += [f"| {kind} | {number} |" for kind, number in sorted(items.items())]
    lines += ["", "| problem | times |", "| --- | --- |"]
    lines += [f"| `{code}` | {number} |" for code, number in sorted(problems.items())]
    share = 100 * unknown / total if total else 0
    lines += ["", f"{unknown:,} of {total:,} bytes ({share:.1f} %) {rest}."]
    return "\n".join(lines)


def render_hand_counts(
    files: Sequence[ReadFile], by_hand: Mapping[str, Mapping[str, int | str]]
) -> str:
    """A line for each kind in each file that was counted by hand; the last column explains."""
    found = {file.path: file.items for file in files}
    lines = ["| file | kind | by hand | read | |", "| --- | --- | --- | --- | --- |"]
    for path, counts in by_hand.items():
        lines += _compare(path, counts, found.get(path, {}))
    return "\n".join(lines)


def _compare(path: str, counts: Mapping[str, int | str], read: Mapping[str, int]) -> Iterator[str]:
    """Every kind that one or the other found; a file without any has one line that says so."""
    note = counts.get("note", "")
    kinds = [kind for kind in counts if kind != "note"]
    kinds += [kind for kind, number in read.items() if number and kind not in kinds]
    for kind in kinds or ["any item"]:
        hand, machine = counts.get(kind, 0), read.get(kind, 0)
        verdict = "same" if hand == machine else f"differs: {note or 'not explained'}"
        yield f"| {path} | {kind} | {hand} | {machine} | {verdict} |"


if __name__ == "__main__":
    sys.exit(main())
