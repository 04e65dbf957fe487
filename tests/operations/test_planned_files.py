from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.standing.planned_files import find_planned_problems
from headwater.operations.standing.survey import take_survey
from headwater.wiring import list_targets
from tests.cli.projects import CODE_PATH, PLAN, PLAN_PATH, RECORD_PATH, SPEC, SPEC_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Problem


def find(root: Path) -> list[Problem]:
    return find_planned_problems(take_survey(root, targets=list_targets()))


def write_documents(root: Path, plan: str = PLAN) -> None:
    (root / SPEC_PATH).parent.mkdir(parents=True)
    (root / SPEC_PATH).write_text(SPEC, encoding="utf-8")
    (root / PLAN_PATH).write_text(plan, encoding="utf-8")


def test_derived_and_absent_files_are_fine(built: Path, repository: Path) -> None:
    write_documents(repository)

    assert find(built) == find(repository) == []


def test_a_file_of_the_user_s_own_is_never_derived_over(repository: Path) -> None:
    write_documents(repository)
    (repository / CODE_PATH).parent.mkdir(parents=True)
    (repository / CODE_PATH).write_text("mine = 1\n", encoding="utf-8")

    (problem,) = find(repository)

    assert problem.code == "planned-file-taken"
    assert str(problem.place) == f"{PLAN_PATH}:9:1"


def test_a_damaged_record_does_not_make_its_file_someone_else_s(built: Path) -> None:
    (built / RECORD_PATH).write_text("damaged", encoding="utf-8")

    assert find(built) == []


def test_a_planned_file_behind_a_link_is_found_with_its_place(
    repository: Path, tmp_path: Path
) -> None:
    write_documents(repository)
    (repository / "src").symlink_to(tmp_path)

    (problem,) = find(repository)

    assert problem.code == "planned-path-blocked"
    assert problem.place.path == PLAN_PATH
    assert "symbolic link" in problem.message


def test_a_forbidden_path_is_left_to_structure(repository: Path) -> None:
    write_documents(repository, PLAN.replace(CODE_PATH, "../outside.py"))

    assert find(repository) == []
