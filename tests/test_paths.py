from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.errors import HeadwaterError
from headwater.paths import check_path, matches_any, matches_glob


@pytest.mark.parametrize(
    "path", ["a", "src/x.py", "a b/ü.py", ".gitignore", "a/.github/x", 'q".py']
)
def test_paths_inside_a_repository_are_returned_as_they_are(path: str) -> None:
    assert check_path(path) == path


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("", "empty"),
        ("/etc/passwd", "absolute"),
        ("C:/x", "absolute"),
        ("c:x", "absolute"),
        ("../x", "`..`"),
        ("a/../../x", "`..`"),
        ("a//b", "empty or `.`"),
        ("a/", "empty or `.`"),
        ("./a", "empty or `.`"),
        ("a\\b", "backslash"),
        ("a\nb", "control"),
        ("a\0b", "control"),
        (".git/hooks/pre-commit", ".git folder"),
        ("sub/.GIT/config", ".git folder"),
        (".git /config", ".git folder"),
    ],
)
def test_paths_that_lead_elsewhere_are_refused_with_the_reason(path: str, fault: str) -> None:
    with pytest.raises(HeadwaterError, match=fault) as caught:
        check_path(path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("pattern", "covered", "left"),
    [
        ("**", ["a", "a/b.py"], []),
        ("*.py", ["a.py"], ["src/a.py", "a.pyc"]),
        ("src/**", ["src/a", "src/a/b"], ["src", "srcs/a"]),
        ("src/", ["src/a", "src/a/b"], ["src", "lib/src/a"]),
        ("**/*.py", ["a.py", "x/y/a.py"], ["a.txt"]),
        ("src/**/test_*.py", ["src/test_a.py", "src/x/y/test_b.py"], ["src/a.py", "test_a.py"]),
        ("**/**/a", ["a", "x/a", "x/y/a"], ["x/b"]),
        ("a/a/b", ["a/a/b"], ["a/b"]),
        ("v[0-9].py", ["v1.py"], ["vx.py", "v10.py"]),
        ("v[!0-9]?", ["vxy"], ["v1y", "v/y"]),
        ("a[z-b]", [], ["az"]),
        ("a[", ["a["], ["a"]),
    ],
)
def test_globs_stay_in_their_folder_unless_they_say_otherwise(
    pattern: str, covered: list[str], left: list[str]
) -> None:
    assert [path for path in (*covered, *left) if matches_glob(path, pattern)] == covered


def test_one_of_several_globs_is_enough() -> None:
    assert matches_any("a/b", ["x", "a/*"])
    assert not matches_any("a/b", [])


@given(st.lists(st.sampled_from(["a", "b", "x.py"]), min_size=1, max_size=5))
def test_a_path_matches_itself_and_any_depth_before_its_name(parts: list[str]) -> None:
    path = "/".join(parts)
    assert matches_glob(path, path)
    assert matches_glob(path, f"**/{parts[-1]}")
