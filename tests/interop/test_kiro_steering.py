"""Kiro's steering is read as principles."""

from __future__ import annotations

from tests.interop.builders import read_kiro


def test_steering_is_read_as_principles() -> None:
    read = read_kiro(
        {
            "steering/tech.md": (
                "---\ninclusion: always\n---\n# Tech\n\nFirst.\n\n## テスト\n\npytest\n"
            ),
            "steering/empty.md": "# Nothing\n",
        }
    )
    empty, tech = read.project.guidance
    assert empty.articles == ()
    assert [(one.id, one.text, one.place.line) for one in tech.articles] == [
        ("tech.tech", "First.", 4),
        ("tech.テスト", "pytest", 8),
    ]
    assert [one.title for one in read.project.remainders] == ["inclusion: always"]
    assert read.problems == []
