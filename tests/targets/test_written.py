"""Tests that a model wrote: taken from its answer and judged without running them."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET, by_ref, component

TEST = "def test_fr_002() -> None:\n    assert f(1) == 2\n"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(TEST, TEST, id="bare"),
        pytest.param(f"```python\nfrom demo import f\n\n\n{TEST}```", TEST, id="without imports"),
        pytest.param(f"from demo import f\n\n\n{TEST}", TEST, id="continues a fence"),
        pytest.param(TEST.replace("fr_002", "it"), TEST, id="renamed"),
        pytest.param(f"{TEST}\ndef test_other():\n    assert f(", TEST, id="cut off"),
        pytest.param(f"def test_a(): ...\n\n{TEST}", TEST, id="the one of that name"),
        pytest.param("def test_a(): ...\ndef test_b(): ...\n", "", id="which one?"),
        pytest.param("def helper(): ...\n", "", id="no test"),
        pytest.param("Sorry.", "", id="prose"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_one_function_is_taken(answer: str, code: str) -> None:
    assert TARGET.extract_test(answer, name="test_fr_002") == code


@pytest.mark.parametrize(
    "body",
    [
        "assert f(1) == 2",
        "with pytest.raises(ValueError):\n        f(1)",
        "with pytest.raises((KeyError, ValueError), match='x'):\n        f(1)",
        "x = f(1)\n    assert x",
    ],
)
def test_a_sound_test_has_no_fault(body: str) -> None:
    assert TARGET.check_test(f"def test_x() -> None:\n    {body}\n", name="test_x") == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("", "test-absent"),
        ("def test_x(:", "test-absent"),
        ("def test_y(): assert f()", "test-absent"),
        ("def test_x(tmp_path): assert f()", "test-fixture"),
        ("def test_x(*, a=1): assert f()", "test-fixture"),
        ("def test_x(*args): assert f()", "test-fixture"),
        ("async def test_x(): assert f()", "test-async"),
        ("def test_x(): f()", "test-no-assertion"),
        ("def test_x(): assert True", "test-no-assertion"),
        ("def test_x():\n  with pytest.raises(Exception): f()", "test-general-error"),
        (
            "def test_x():\n  with pytest.raises((ValueError, BaseException)): f()",
            "test-general-error",
        ),
        ("def test_x():\n  with pytest.raises(): f()", "test-general-error"),
    ],
)
def test_a_test_that_proves_nothing_is_refused(code: str, kind: str) -> None:
    problems = TARGET.check_test(code, name="test_x")
    assert [problem.code for problem in problems] == [kind]
    assert problems[0].message


def test_components_are_touched_by_the_names_they_declare() -> None:
    one = component("def f() -> int: ...\ndef g() -> int: ...", path="src/one.py")
    two = component("def g() -> int: ...", path="src/two.py", number=2)
    three = component("class Three: ...", path="src/three.py", number=3)
    components = by_ref(one, two, three)

    def touched(code: str) -> tuple[str, ...]:
        return TARGET.find_touched(code, components=components)

    assert touched("def test_x(): assert f() == Three()") == ("001/C1", "001/C3")
    assert touched("def test_x(): assert g()") == ("001/C1",)
    assert touched("def test_x(): assert h()") == ()
    assert touched("def test_x(:") == ()
