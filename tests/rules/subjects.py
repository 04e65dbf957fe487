"""One feature as rules are given it, made from the text of its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.apply_rules import describe_feature
from headwater.rules.settings import RuleSettings
from headwater.spec.model import Feature, Source
from headwater.spec.read_plan import read_plan
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from headwater.rules.interface import FeatureSubject

FOLDER = "specs/001-ledger"


def make_subject(
    requirements: str = "",
    *,
    plan: str = "",
    tasks: str = "",
    settings: RuleSettings | None = None,
) -> FeatureSubject:
    """A feature whose spec states `requirements`, with a plan and tasks where they are given."""
    spec = f"# Feature Specification: Ledger\n\n### Functional Requirements\n\n{requirements}\n"
    feature = Feature(
        number="001",
        slug="ledger",
        folder=FOLDER,
        spec=read_spec(_make_source("spec.md", spec)),
        plan=read_plan(_make_source("plan.md", plan)) if plan else None,
        tasks=read_tasks(_make_source("tasks.md", tasks)) if tasks else None,
    )
    return describe_feature(feature, settings=settings or RuleSettings())


def state(*sentences: str) -> str:
    """Each sentence as a requirement: FR-001, FR-002 and so on."""
    return "\n".join(
        f"- **FR-{number:03}**: {sentence}" for number, sentence in enumerate(sentences, start=1)
    )


def _make_source(name: str, text: str) -> Source:
    return Source(path=f"{FOLDER}/{name}", data=text.encode())
