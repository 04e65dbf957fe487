"""Articles whose policies do not say any more what is cited from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.rules.tracing import article_suspect, source_outside
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.policies.recheck import CitedPolicy
    from headwater.spec.article_sources import ArticleSource
    from headwater.spec.model import Article, Constitution
    from headwater.workspace.kept_results import KeptResults

_OUTSIDE: Final = ("../", "/")
_HINT = (
    "Read the policy; `headwater constitution --from {path}` brings the article up to date, and "
    "an article that is to stay as it is does so without this source."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspect:
    """A source of an article with what is wrong with it, as the end of a sentence."""

    article: Article
    source: ArticleSource
    why: str


def list_citations(constitution: Constitution | None) -> Iterator[tuple[str, str]]:
    """Every policy in the repository that an article cites, with the id of the article."""
    seen: set[tuple[str, str]] = set()
    for article in constitution.articles if constitution else ():
        for source in article.sources:
            pair = (source.passage.path, article.id)
            if pair not in seen and not pair[0].startswith(_OUTSIDE):
                seen.add(pair)
                yield pair


def find_suspects(
    root: Path, constitution: Constitution | None, *, kept: KeptResults | None
) -> Iterator[Suspect]:
    """Sources whose words do not stand in their policy any more; words that moved still do.

    Args:
        root: the repository.
        constitution: None for none.
        kept: results of earlier runs; None for none.
    """
    policies: dict[str, CitedPolicy | str] = {}
    for article in constitution.articles if constitution else ():
        for source in article.sources:
            path = source.passage.path
            if path.startswith(_OUTSIDE):
                continue
            if path not in policies:
                policies[path] = _open(root, path, kept)
            policy = policies[path]
            if isinstance(policy, str):
                yield Suspect(article=article, source=source, why=policy)
            elif policy.recheck(source).quote is None:
                why = "does not say any more what the article cites"
                yield Suspect(article=article, source=source, why=why)


def report_suspects(
    root: Path, constitution: Constitution | None, *, kept: KeptResults | None
) -> Iterator[Problem]:
    """A warning for each, and one for sources that nothing can recheck; as `find_suspects`."""
    for suspect in find_suspects(root, constitution, kept=kept):
        source = suspect.source
        yield Problem(
            code=article_suspect.RULE.name,
            message=f"article {suspect.article.id} may be out of date: {source.passage} "
            f"{suspect.why}",
            place=source.place,
            hint=_HINT.format(path=source.passage.path),
            severity=article_suspect.RULE.severity,
        )
    yield from _report_outside(constitution)


def _report_outside(constitution: Constitution | None) -> Iterator[Problem]:
    outside = [
        source
        for article in (constitution.articles if constitution else ())
        for source in article.sources
        if source.passage.path.startswith(_OUTSIDE)
    ]
    if outside:
        more = f", and {len(outside) - 1} more," if len(outside) > 1 else ""
        lies = "lie" if len(outside) > 1 else "lies"
        yield Problem(
            code=source_outside.RULE.name,
            message=f"{outside[0].passage}{more} {lies} outside the repository, so nothing "
            "tells when it changes",
            place=outside[0].place,
            hint="Put a copy of the policy into the repository, and draft from that.",
            severity=source_outside.RULE.severity,
        )


def _open(root: Path, path: str, kept: KeptResults | None) -> CitedPolicy | str:
    """The policy; or why there is none to look in."""
    # Readers of all formats, which start-up does not pay for where no article has a source.
    from headwater.operations.checking.read_cited import read_cited  # noqa: PLC0415
    from headwater.policies.recheck import CitedPolicy  # noqa: PLC0415

    try:
        policy = read_cited(root, path, kept=kept)
    except HeadwaterError as error:
        return f"is not to be found: {error}"
    if not policy.blocks and policy.problems:
        return f"cannot be read: {policy.problems[0].message}"
    return CitedPolicy(policy)
