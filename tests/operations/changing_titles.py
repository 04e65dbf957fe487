"""A repository that changes after its base, and short ways to look at what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.operations.check import check
from headwater.rules.settings import RuleSettings
from headwater.wiring import list_targets
from tests.cli.projects import SPEC as SOUND
from tests.cli.projects import SPEC_PATH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from headwater.operations.checking.check_report import CheckReport

# Two vague words in FR-001, and one in FR-002, which no component implements.
SPEC = SOUND.replace(
    "joined by hyphens.", "joined by hyphens, easily.\n  It MUST be robust enough for daily use."
).replace("- **FR-001**", "- **FR-002**: A title MUST be shown quickly.\n\n- **FR-001**")


@dataclass(frozen=True, kw_only=True, slots=True)
class Changing:
    """A repository whose first commit is the base, tagged `base`."""

    root: Path
    git: Callable[..., str]

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def commit(self) -> None:
        self.git(self.root, "add", "--all")
        self.git(self.root, "commit", "--quiet", "--allow-empty", "-m", "Change")

    def check(self, base: str = "base", **settings: object) -> CheckReport:
        rules = RuleSettings(**settings)  # type: ignore[arg-type]
        return check(self.root, targets=list_targets(), settings=rules, base=base)


def start_changing(root: Path, git: Callable[..., str]) -> Changing:
    """A repository with three vague words at its base."""
    repository = Changing(root=root, git=git)
    repository.write(SPEC_PATH, SPEC)
    repository.commit()
    git(root, "tag", "base")
    assert len(find_vague(repository.check(""))) == 3
    return repository


def codes(report: CheckReport) -> list[tuple[str, int]]:
    return [(one.code, one.place.line) for one in report.findings]


def find_vague(report: CheckReport) -> list[int]:
    """The lines of vague words: other rules may have more to say of what a test writes."""
    return [one.place.line for one in report.findings if one.code == "vague-word"]


def count_before(report: CheckReport) -> tuple[int, int]:
    assert report.before
    return report.before.findings, report.before.unsettled
