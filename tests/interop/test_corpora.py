"""Real repositories, written by others with OpenSpec and Kiro, are read whole.

What is found is compared with counts by expressions that know nothing of the readers, and for a few
documents with counts made by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.interop.kiro.read import Kiro
from headwater.interop.openspec.read import OpenSpec
from headwater.workspace.documents import read_documents
from tests.interop.builders import Gathered, read_all

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.interop.interface import Format

FENCED = r"(?ms)^ *```.*?^ *```"
BOX = r"(?m)^ *- \[.\]"


def read_corpus(root: Path, one: Format) -> Gathered:
    return read_all(one, read_documents(root, (*one.patterns, *one.archived)))


@pytest.fixture(scope="module")
def openspec(data_folder: Path) -> Gathered:
    """OpenSpec's own repository, archived changes too."""
    return read_corpus(data_folder / "corpora" / "openspec", OpenSpec())


@pytest.fixture(scope="module")
def kiro(data_folder: Path) -> Gathered:
    """Thirteen specs in Japanese, and steering."""
    return read_corpus(data_folder / "corpora" / "kiro", Kiro())


def count(read: Gathered, pattern: str, *, name: str) -> int:
    """How often a pattern stands in the documents of one name, code blocks left out."""
    texts = (data.decode() for path, data in read.documents.items() if path.endswith(f"/{name}"))
    return sum(len(re.findall(pattern, re.sub(FENCED, "", text))) for text in texts)


def count_of(read: Gathered, number: str) -> tuple[int, int, int, int]:
    """Requirements, scenarios, decisions and tasks of a feature."""
    feature = read.feature(number)
    spec, plan, tasks = feature.spec, feature.plan, feature.tasks
    return (
        len(spec.requirements) if spec else 0,
        sum(len(story.scenarios) for story in spec.stories) if spec else 0,
        len(plan.decisions) if plan else 0,
        len(tasks.tasks) if tasks else 0,
    )


def total(read: Gathered) -> tuple[int, ...]:
    """Requirements, scenarios, decisions and tasks of all features."""
    return tuple(map(sum, zip(*(count_of(read, number) for number in read.features), strict=True)))


def test_all_of_openspec_is_read(openspec: Gathered) -> None:
    requirements, scenarios, _, tasks = total(openspec)
    assert requirements == count(openspec, r"(?m)^### Requirement:", name="spec.md") == 569
    assert scenarios == count(openspec, r"(?m)^#### Scenario:", name="spec.md") == 1784
    assert tasks == count(openspec, BOX, name="tasks.md") == 1172


def test_openspec_has_main_specs_changes_and_deltas(openspec: Gathered) -> None:
    folders = [one.feature.folder for one in openspec.features.values()]
    main = [one for one in folders if one.startswith("openspec/specs/")]
    deltas = [one for one in folders if re.fullmatch(r"openspec/changes/.+/specs/.+", one)]
    assert (len(main), len(deltas), len(folders) - len(main) - len(deltas)) == (36, 102, 47)


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("cli-init", (16, 29, 0, 0)),
        ("telemetry", (9, 21, 0, 0)),
        ("simplify-skill-installation", (0, 0, 12, 90)),
        ("simplify-skill-installation/cli-init", (9, 32, 0, 0)),
        ("make-codex-skills-only", (0, 0, 6, 39)),
    ],
)
def test_counts_made_by_hand_in_openspec(
    openspec: Gathered, number: str, counts: tuple[int, ...]
) -> None:
    assert count_of(openspec, number) == counts


def test_only_one_change_of_openspec_names_what_is_not_there(openspec: Gathered) -> None:
    """Its 16 modified and removed requirements stand in no main spec."""
    found = {(one.code, one.place.path.split("/")[2]) for one in openspec.problems}
    assert found == {("change-without-requirement", "simplify-skill-installation")}


def test_every_document_of_openspec_is_read_or_told(openspec: Gathered) -> None:
    assert list_untold(openspec) == set()


def test_all_of_kiro_is_read(kiro: Gathered) -> None:
    stories = [one.feature.spec.stories for one in kiro.features.values() if one.feature.spec]
    headings = count(kiro, r"(?m)^### (?:Requirement|要件) \d+:", name="requirements.md")
    assert len(kiro.features) == 13
    assert sum(map(len, stories)) == headings
    assert total(kiro)[3] == count(kiro, BOX, name="tasks.md") == 330


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("animal-repository", (36, 0, 0, 49)),
        ("data-collector", (43, 0, 0, 23)),
        ("growth-strategy", (21, 0, 0, 0)),
        ("syndication-service", (69, 0, 7, 50)),  # the document itself says 69
    ],
)
def test_counts_made_by_hand_in_kiro(kiro: Gathered, number: str, counts: tuple[int, ...]) -> None:
    assert count_of(kiro, number) == counts


def test_every_criterion_that_a_task_of_kiro_names_is_found(kiro: Gathered) -> None:
    """Three tasks name no criterion but “all in general”, and are told."""
    assert [(one.code, one.place.line) for one in kiro.problems] == [
        ("task-ref-unknown", 33),
        ("task-ref-unknown", 233),
        ("task-ref-unknown", 238),
    ]
    tasks = kiro.feature("animal-repository").tasks
    assert tasks is not None
    assert tasks.tasks[1].refs == ("FR-1.1", "FR-1.3", "FR-1.5", "FR-3.3", "FR-5.5")


def test_steering_of_kiro_is_read(kiro: Gathered) -> None:
    names = [(one.source.path, len(one.articles)) for one in kiro.project.guidance]
    assert names == [
        (".kiro/steering/product.md", 5),
        (".kiro/steering/roadmap.md", 8),
        (".kiro/steering/structure.md", 4),
        (".kiro/steering/tech.md", 5),
    ]


def test_every_document_of_kiro_is_read_or_told(kiro: Gathered) -> None:
    assert list_untold(kiro) == set()


def list_untold(read: Gathered) -> set[str]:
    """Documents that neither a value nor a remainder comes from."""
    told = {one.place.path for one in read.project.remainders}
    told |= {one.source.path for one in read.project.guidance}
    for each in read.features.values():
        told |= {one.place.path for one in each.remainders}
        told |= {f"{each.feature.folder}/{name}" for name in each.copied}
        documents = (each.feature.spec, each.feature.plan, each.feature.tasks)
        told |= {one.source.path for one in documents if one}
    return set(read.documents) - told


@pytest.mark.parametrize("name", ["openspec", "kiro"])
def test_spans_hold_what_was_read(name: str, request: pytest.FixtureRequest) -> None:
    """The first line of a text stands in its span, and places are where spans begin."""
    read: Gathered = request.getfixturevalue(name)
    for each in read.features.values():
        spec = each.feature.spec
        for requirement in spec.requirements if spec else ():
            assert spec is not None
            first_line = requirement.text.partition("\n")[0]
            assert first_line in spec.source.text(requirement.span)
            assert spec.source.place(requirement.span.start) == requirement.place
