"""What items of plans and task lists rest on beside what they name: premises and articles."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from headwater.graph.basis import Grounds, list_named
from headwater.graph.digest import digest_text, digest_value
from headwater.graph.index import ItemKind
from headwater.graph.prose import normalise_prose
from headwater.operations.checking.suspect_articles import find_suspects
from headwater.operations.standing.result_keys import combine
from headwater.paths import matches_glob
from headwater.spec.ids import ARTICLE_PREFIX, find_refs, qualify, split_ref
from headwater.steps.clarify.find_questions import find_related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.index import Index
    from headwater.operations.standing.reading import Reading
    from headwater.spec.model import Article, Constitution, Spec
    from headwater.workspace.kept_results import KeptResults

# Where words are cited from may change while they stay the same.
_SOURCE_LINE = r"(?m)^[^\n]*\*\*Source\*\*:[^\n]*$"


def gather_grounds(
    reading: Reading, refs: Iterable[str], *, kept: KeptResults | None = None
) -> Grounds:
    """What these items may rest on; nothing is read for none.

    Args:
        reading: the documents.
        refs: of decisions, components and tasks that exist.
        kept: results of earlier runs; None for none.
    """
    index = reading.index
    items = [index.items[ref] for ref in refs]
    if not items:
        return Grounds()
    constrained = [one.ref for one in items if one.kind is not ItemKind.TASK]
    named = (name for one in items for name in (one.ref, *list_named(one.ref, index=index)))
    numbers = dict.fromkeys(split_ref(name)[0] for name in named)
    return Grounds(
        premises=_list_premises(reading, [one for one in numbers if one in reading.summaries]),
        articles=_digest_articles(reading, kept=kept),
        constraining=dict(_find_constraining(reading, constrained)),
    )


def state_premises(spec: Spec, *, feature: str) -> dict[str, dict[str, str]]:
    """The assumptions and answers of a spec by what they are about, as `Grounds` has them.

    An assumption is about what it names, else about the requirements that share two content words
    with it, as `clarify` has it; else about the feature as a whole. An answer stands in the
    sentence that it was asked about, so that it counts here only for what it names.
    """
    said: dict[tuple[str, str], list[str]] = {}
    for assumption in spec.assumptions:
        about = find_refs(assumption.text) or find_related(spec, assumption.text)
        for ref in [qualify(one, feature=feature) for one in about] or [feature]:
            said.setdefault((ref, "assumptions"), []).append(normalise_prose(assumption.text))
    for answer in spec.answers:
        text = f"{answer.question} → {answer.answer}"
        for one in find_refs(text):
            ref = qualify(one, feature=feature)
            said.setdefault((ref, "answers"), []).append(normalise_prose(text))
    premises: dict[str, dict[str, str]] = {}
    for (ref, kind), texts in said.items():
        premises.setdefault(ref, {})[f"{ref} {kind}"] = digest_value("premises", sorted(texts))
    return premises


def _list_premises(reading: Reading, numbers: Iterable[str]) -> dict[str, dict[str, str]]:
    """The premises of these features; kept until their documents change."""

    def make(number: str) -> dict[str, dict[str, str]]:
        spec = reading.find_feature(number).spec
        return state_premises(spec, feature=number) if spec else {}

    made = reading.library.recall(
        {number: combine(b"premises", reading.library.key(number)) for number in numbers},
        make=make,
        encode=lambda premises: json.dumps(premises).encode(),
        decode=lambda data: dict(json.loads(data)),
    )
    return {ref: digests for premises in made for ref, digests in premises.items()}


def _digest_articles(reading: Reading, *, kept: KeptResults | None) -> dict[str, dict[str, str]]:
    constitution = reading.constitution
    cited = _digest_policies(reading, constitution, kept=kept)
    return {
        f"{ARTICLE_PREFIX}/{article.id}": {
            f"{ARTICLE_PREFIX}/{article.id}": digest_text(re.sub(_SOURCE_LINE, "", article.text)),
            **cited.get(article.id, {}),
        }
        for article in (constitution.articles if constitution else ())
    }


def _digest_policies(
    reading: Reading, constitution: Constitution | None, *, kept: KeptResults | None
) -> dict[str, dict[str, str]]:
    """Article to its policies, each with a digest of whether it still says what is cited."""
    gone = {
        (one.article.id, one.source.passage, one.source.digest): one.why
        for one in find_suspects(reading.root, constitution, kept=kept)
    }
    found: dict[str, dict[str, str]] = {}
    for article in constitution.articles if constitution else ():
        words: dict[str, list[list[str]]] = {}
        for source in article.sources:
            why = gone.get((article.id, source.passage, source.digest), "")
            words.setdefault(source.passage.path, []).append([source.digest, why])
        found[article.id] = {
            f"{ARTICLE_PREFIX}/{article.id} source {path}": digest_value("cited", sorted(cited))
            for path, cited in words.items()
        }
    return found


def _find_constraining(
    reading: Reading, refs: Iterable[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Items with the articles in whose scope they are, as the graph connects them.

    A decision is where its plan is, and where the components are that implement what it serves.
    """
    scopes = {
        f"{ARTICLE_PREFIX}/{article.id}": _list_scopes(article)
        for article in (reading.constitution.articles if reading.constitution else ())
    }
    matching: dict[str, tuple[str, ...]] = {}
    for ref in refs:
        articles: dict[str, None] = {}
        for path in _list_paths(ref, reading.index):
            if path not in matching:
                matching[path] = tuple(_match(path, scopes))
            articles |= dict.fromkeys(matching[path])
        yield ref, tuple(articles)


def _list_scopes(article: Article) -> frozenset[str]:
    return frozenset(check.scope for check in article.checks)


def _list_paths(ref: str, index: Index) -> Iterator[str]:
    planned = index.components.get(ref)
    if planned:
        yield from planned.files
        return
    yield index.items[ref].path
    for served in list_named(ref, index=index):
        for component in index.implementers.get(served, ()):
            yield from index.components[component].files


def _match(path: str, scopes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for article, globs in scopes.items():
        if any(matches_glob(path, glob) for glob in globs):
            yield article
