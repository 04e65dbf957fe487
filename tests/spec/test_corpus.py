"""Real features, written by others with GitHub Spec Kit, are read whole.

What is found is compared with counts by expressions that know nothing of the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.spec.read_project import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Feature, Project

FEATURES = 41
REQUIREMENT = r"(?m)^- \*\*((?:FR-|NFR-?|R)\d+[a-z]?)\*\*"
CRITERION = r"(?m)^- \*\*(SC-\d+)\*\*"
STORY = r"(?m)^### (?:User Story |US)(\d+)"
PRIORITISED = r"(?m)^### .*\(Priority: P\d\)"
TASK = r"(?m)^- \[[ xX]\] (?:\*\*)?(T\d+)"


@pytest.fixture(scope="module")
def project(data_folder: Path) -> Project:
    """All of the corpus."""
    root = data_folder / "corpora" / "spec-kit"
    paths = [*root.glob("specs/*/*.md"), *root.glob(".specify/memory/*.md")]
    return read_project({str(path.relative_to(root)): path.read_bytes() for path in paths})


def text_of(feature: Feature, name: str) -> str:
    """A document's text, empty when it is not there."""
    document = {"spec": feature.spec, "tasks": feature.tasks}[name]
    return document.source.data.decode() if document else ""


def test_every_feature_is_read(project: Project) -> None:
    assert len(project.features) == FEATURES
    assert len({feature.number for feature in project.features}) == FEATURES
    assert project.problems == ()
    assert all(feature.spec and feature.spec.title for feature in project.features)


def test_requirements_stories_criteria_and_tasks_are_all_found(project: Project) -> None:
    for feature in project.features:
        assert feature.spec is not None
        spec = text_of(feature, "spec")
        assert [r.id for r in feature.spec.requirements] == re.findall(REQUIREMENT, spec)
        assert [c.id for c in feature.spec.criteria] == re.findall(CRITERION, spec)
        numbers = re.findall(STORY, spec) or range(1, 1 + len(re.findall(PRIORITISED, spec)))
        assert [s.id for s in feature.spec.stories] == [f"US{n}" for n in numbers]
        tasks = [task.id for task in feature.tasks.tasks] if feature.tasks else []
        assert tasks == re.findall(TASK, text_of(feature, "tasks"))


def test_there_is_plenty_of_each(project: Project) -> None:
    """So that the comparison above compares something."""
    specs = [feature.spec for feature in project.features if feature.spec]
    assert sum(len(spec.requirements) for spec in specs) > 300
    assert sum(len(spec.stories) for spec in specs) > 80
    assert sum(len(story.scenarios) for spec in specs for story in spec.stories) > 200
    assert sum(len(f.tasks.tasks) for f in project.features if f.tasks) > 400


def test_bytes_of_a_span_show_the_id(project: Project) -> None:
    for feature in project.features:
        assert feature.spec is not None
        source = feature.spec.source
        declared = [(r.id, r.span) for r in feature.spec.requirements]
        declared += [(c.id, c.span) for c in feature.spec.criteria]
        for name, span in declared:
            assert source.text(span).startswith(f"- **{name}**")
        for story in feature.spec.stories:
            numbered = rf"### (User Story |US){story.id[2:]}\b"
            heading = source.text(story.span)
            assert re.match(numbered, heading) or re.match(PRIORITISED, heading)
            for number, scenario in enumerate(story.scenarios, start=1):
                assert re.match(rf"{number}\. |- ", source.text(scenario.span))
        for task in feature.tasks.tasks if feature.tasks else ():
            assert feature.tasks is not None
            assert re.match(rf"- \[.\] \W*{task.id}\b", feature.tasks.source.text(task.span))


def test_texts_are_those_between_the_ids(project: Project) -> None:
    """No requirement takes in the next one, and none is empty."""
    for feature in project.features:
        assert feature.spec is not None
        for requirement in feature.spec.requirements:
            assert requirement.text
            assert not re.search(REQUIREMENT, requirement.text)


def test_the_constitution_has_its_articles(project: Project) -> None:
    assert project.constitution is not None
    assert [article.id for article in project.constitution.articles] == ["I", "II", "III", "IV"]
    assert project.constitution.problems == ()


def test_problems_are_warnings_only(project: Project) -> None:
    """Untidy is not wrong: nothing in these features would stop a build."""
    for feature in project.features:
        for document in (feature.spec, feature.plan, feature.tasks):
            problems = document.problems if document else ()
            assert {problem.severity.value for problem in problems} <= {"warning"}
