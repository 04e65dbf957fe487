"""Ids and refs."""

from __future__ import annotations

import pytest

from headwater.spec.ids import IdKind, find_refs, kind_of, qualify, split_ref


@pytest.mark.parametrize(
    ("local", "ref"),
    [
        ("FR-003", "001/FR-003"),
        ("002/FR-003", "002/FR-003"),
        ("article/I", "article/I"),
    ],
)
def test_qualify_adds_the_feature_unless_there_is_one(local: str, ref: str) -> None:
    assert qualify(local, feature="001") == ref


@pytest.mark.parametrize(
    ("ref", "parts"),
    [
        ("001/US1.2", ("001", "US1.2")),
        ("US1.2", ("", "US1.2")),
        ("article/IV", ("article", "IV")),
        ("20260319-143022/C1", ("20260319-143022", "C1")),
    ],
)
def test_split_ref(ref: str, parts: tuple[str, str]) -> None:
    assert split_ref(ref) == parts


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("001/FR-003", IdKind.REQUIREMENT),
        ("FR-001a", IdKind.REQUIREMENT),
        ("FR-AUTH-001", IdKind.REQUIREMENT),
        ("NFR-001", IdKind.REQUIREMENT),
        ("NFR001", IdKind.REQUIREMENT),
        ("R001", IdKind.REQUIREMENT),
        ("001/US1", IdKind.STORY),
        ("001/US1.2", IdKind.SCENARIO),
        ("SC-001", IdKind.CRITERION),
        ("D1", IdKind.DECISION),
        ("C12", IdKind.COMPONENT),
        ("T004", IdKind.TASK),
        ("article/I", IdKind.ARTICLE),
        ("article/12", IdKind.ARTICLE),
        ("article/one", None),
        ("R1", None),
        ("T1", None),
        ("XFR-001", None),
        ("", None),
    ],
)
def test_kind_of(ref: str, kind: IdKind | None) -> None:
    assert kind_of(ref) is kind


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("", ()),
        (
            "see FR-001, 002/FR-003 (US1.2; C1) and article/IV.",
            ("FR-001", "002/FR-003", "US1.2", "C1", "article/IV"),
        ),
        ("FR-002 before FR-001, and FR-002 again", ("FR-002", "FR-001")),
        ("FR-001–FR-003", ("FR-001", "FR-002", "FR-003")),
        ("FR-001..FR-003", ("FR-001", "FR-002", "FR-003")),
        ("FR-001-FR-003", ("FR-001", "FR-002", "FR-003")),
        ("T009 to T011", ("T009", "T010", "T011")),
        ("FR-001..003, FR-009", ("FR-001", "FR-002", "FR-003", "FR-009")),
        ("001/FR-001–FR-003", ("001/FR-001", "001/FR-002", "001/FR-003")),
        ("001/FR-001..003", ("001/FR-001", "001/FR-002", "001/FR-003")),
        ("FR-003–FR-001", ("FR-003", "FR-001")),
        ("FR-001–SC-003", ("FR-001", "SC-003")),
        ("FR-001–FR-9999", ("FR-001", "FR-9999")),
        ("FR-001a–FR-003", ("FR-001a", "FR-003")),
        ("T005/T006/T007", ("T005", "T006", "T007")),
        ("US-1 is US1", ("US1",)),
        ("[US2] **T004** `C3` __D1__", ("US2", "T004", "C3", "D1")),
        ("src/C1/main.py, C2.py, xC3, C4x, x_C5, C6_x, IFR-001", ()),
        ("FR-001.\nFR-002", ("FR-001", "FR-002")),
    ],
)
def test_find_refs(text: str, refs: tuple[str, ...]) -> None:
    assert find_refs(text) == refs
