"""The code in a model's answer."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET, component

ITEM = component("def f() -> int: ...\ndef g() -> int: ...\n")
F = "def f() -> int:\n    return 1\n"
G = "def g() -> int:\n    return 2\n"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(F + G, F + G, id="bare"),
        pytest.param(f"```python\n{F}{G}```\n", F + G, id="fenced"),
        pytest.param(f"Sure!\n\n```py\n{F}{G}```\nThis works.", F + G, id="with prose"),
        pytest.param(f"```\n{F}{G}```", F + G, id="fence without language"),
        pytest.param(f"~~~python\n{F}{G}~~~", F + G, id="tildes"),
        pytest.param(f"```python\n{F}{G}", F + G, id="never closed"),
        pytest.param(
            f'```python\n"""Do it.\n\n>>> f()\n1\n"""\n\n{F}{G}```', F + G, id="copied contract"
        ),
        pytest.param(
            f'```python\n"""Numbers."""\n\n{F}{G}```',
            f'"""Numbers."""\n\n{F}{G}',
            id="own docstring",
        ),
        pytest.param(f"{F}{G}```\nThis works.", F + G, id="continues a fence"),
        pytest.param(
            f"{F}{G}```\n\n```python\nprint(f())\n```", F + G, id="continues, then example"
        ),
        pytest.param(f"Here it is:\n\n{F}{G}", F + G, id="prose, then bare code"),
        pytest.param(f"{F}{G}\nThis returns two numbers.\n", F + G, id="bare code, then prose"),
        pytest.param(f"```python\n{F}{G}\ndef h(a, b", F + G, id="cut off in a header"),
        pytest.param(f"```python\n{F}{G}\n@cache\ndef h():", F + G, id="cut off after a decorator"),
        pytest.param(f"```python\n{F}\n```\n```python\n{F}{G}```", F + G, id="last complete block"),
        pytest.param(f"```python\n{F}{G}```\n```python\nprint(f())\n```", F + G, id="usage after"),
        pytest.param(f"```bash\nls\n```\n```python\n{F}{G}```", F + G, id="another language"),
        pytest.param(
            f"```python\n{F}```\nand\n```python\n{G}```\n```python\nprint(f())\n```",
            f"{F}\n\n{G}",
            id="two halves",
        ),
        pytest.param("```python\n```\n", "", id="empty"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_code_is_found(answer: str, code: str) -> None:
    assert TARGET.extract_code(ITEM, answer).strip() == code.strip()


def test_a_fault_in_the_midst_is_not_hidden() -> None:
    code = f"def f( -> int:\n    return 1\n\n{G}"
    assert TARGET.extract_code(ITEM, f"```python\n{code}```") == code


def test_prose_alone_comes_back_as_it_is() -> None:
    assert TARGET.extract_code(ITEM, "I cannot do that.").strip() == "I cannot do that."
