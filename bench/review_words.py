"""Words that a person has to review a feature: in real repositories, and in templates filled in."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/review_words.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpora import CORPORA, find_corpora, read_documents
from bench.planning import IDEAS
from headwater.cli.failures import report_failure
from headwater.cli.progress import SilentProgress
from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelRequest
from headwater.llm.open import open_model
from headwater.llm.settings import ModelSettings
from headwater.spec.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

TEMPLATES = ("spec-template.md", "plan-template.md", "tasks-template.md")
# What makes a feature whole in each format; the documents that are counted.
_WHOLE = {
    "spec-kit": {"spec.md", "plan.md", "tasks.md"},
    "openspec": {"proposal.md", "tasks.md"},
    "kiro": {"requirements.md", "design.md", "tasks.md"},
}
_SIDE = {"research.md", "data-model.md", "design.md"}
_ANSWER_TOKENS = 2500


def main(arguments: Sequence[str] | None = None) -> int:
    """Print words a feature in each corpus; with `--fill`, of Spec Kit's own template filled in."""
    parser = argparse.ArgumentParser(prog="python -m bench.review_words", description=__doc__)
    parser.add_argument("--fill", nargs="*", metavar="IDEA", help="ideas to fill the template for")
    parser.add_argument("--model", default="embedded:", help="who fills it in")
    options = parser.parse_args(arguments)
    try:
        print("\n".join(render_corpora()))
        for name in options.fill or ():
            words, whole = fill_template(name, model=options.model)
            print(f"{name}: {words} words{'' if whole else ', cut off there'}")
    except (HeadwaterError, KeyboardInterrupt) as error:
        return report_failure(error, folder=Path(), as_json=False)
    return 0


def render_corpora() -> Iterator[str]:
    """A Markdown table: features of each corpus, and the words of their documents."""
    yield "| where | features | words a feature: median | least | most |"
    yield "| --- | --- | --- | --- | --- |"
    for corpus in CORPORA:
        counted = count_features(find_corpora() / corpus.name, whole=_WHOLE[corpus.name])
        found = sorted(counted.values())
        middle = f"{statistics.median(found):.0f}"
        yield f"| {corpus.name} | {len(found)} | {middle} | {found[0]} | {found[-1]} |"
    templates = {name: count_words(read_template(name)) for name in TEMPLATES}
    total = sum(templates.values())
    yield f"| Spec Kit's templates, empty | 3 files | {total} in all | | |"


def count_features(folder: Path, *, whole: Set[str]) -> dict[str, int]:
    """Words of each feature that has all documents of `whole`, deltas of its specs included."""
    documents = read_documents(folder)
    names: dict[str, set[str]] = {}
    for path in documents:
        parent, _, name = path.rpartition("/")
        names.setdefault(parent, set()).add(name)
    features = [parent for parent, present in names.items() if whole <= present]
    words = dict.fromkeys(features, 0)
    for path, data in documents.items():
        feature = next((one for one in features if path.startswith(f"{one}/")), "")
        inner = path[len(feature) + 1 :]
        if feature and (inner in whole | _SIDE or inner.startswith("specs/")):
            words[feature] += count_words(data.decode(errors="replace"))
    return words


def read_template(name: str) -> str:
    """One of Spec Kit's templates, as its package holds it."""
    folder = files("specify_cli") / "core_pack" / "templates"
    return (folder / name).read_text(encoding="utf-8")


def fill_template(name: str, *, model: str) -> tuple[int, bool]:
    """Words of Spec Kit's spec template as a model fills it in; False where it was cut off."""
    idea = (IDEAS / f"{name}.md").read_text(encoding="utf-8")
    prompt = (
        f"Fill in this template for the idea below. Answer with the document alone.\n\n"
        f"Idea: {idea}\n\nTemplate:\n\n{read_template('spec-template.md')}"
    )
    settings = ModelSettings(name=model, mirror=os.environ.get("HEADWATER_MODEL_MIRROR") == "1")
    with open_model(settings, observer=SilentProgress(), environment=os.environ) as opened:
        reply = opened.complete(
            ModelRequest(prompt=prompt, max_tokens=_ANSWER_TOKENS, purpose=f"fill in for {name}")
        )
    return count_words(reply.text), not reply.truncated


if __name__ == "__main__":
    sys.exit(main())
