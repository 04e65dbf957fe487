"""What rules learn of derived code."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET


def imports(code: str) -> list[tuple[str, int]]:
    facts = TARGET.read_facts(code, path="src/x.py")
    return [(used.name, used.line) for used in facts.imports]


def calls(code: str) -> list[str]:
    return [used.name for used in TARGET.read_facts(code, path="src/x.py").calls]


def complexities(code: str) -> dict[str, int]:
    facts = TARGET.read_facts(code, path="src/x.py")
    return {item.name: item.complexity for item in facts.functions}


def test_imports_are_found_however_they_are_written() -> None:
    code = (
        "import os.path as p, sys\n"
        "from subprocess import run\n"
        "def f():\n    import socket\n"
        "from . import near\n"
        "from .other import thing\n"
        "import importlib\n"
        "importlib.import_module('ctypes')\n"
        "__import__('pickle')\n"
        "importlib.import_module(name)\n"
    )
    assert imports(code) == [
        ("os.path", 1),
        ("sys", 1),
        ("subprocess", 2),
        ("subprocess.run", 2),
        ("socket", 4),
        ("near", 5),
        ("other", 6),
        ("other.thing", 6),
        ("importlib", 7),
        ("ctypes", 8),
        ("pickle", 9),
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("eval('1')", "eval"),
        ("import os\nos.system('x')", "os.system"),
        ("import os as o\no.system('x')", "os.system"),
        ("from os import system\nsystem('x')", "os.system"),
        ("from os import system as s\ns('x')", "os.system"),
        ("import subprocess\nrun = subprocess.run\nrun([])", "subprocess.run"),
        ("import builtins\nbuiltins.exec('x')", "exec"),
        ("from builtins import eval as e\ne('1')", "eval"),
        ("e = eval\ne('1')", "eval"),
        ("self.close()", "self.close"),
    ],
)
def test_calls_have_their_full_names(code: str, name: str) -> None:
    assert calls(code) == [name]


@pytest.mark.parametrize(
    "code",
    [
        "import os\ngetattr(os, 'system')('x')",
        "import os\ns = getattr(os, 'system')\ns('x')",
        "from os import path as p\ngetattr(p, 'join')('x')",
    ],
)
def test_a_name_behind_getattr_is_seen(code: str) -> None:
    assert {"os.system", "os.path.join"}.intersection(calls(code))


def test_a_call_of_no_plain_name_is_left_out() -> None:
    assert calls("handlers[0]()\n(lambda: 1)()") == []


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("return 1", 1),
        ("if a:\n        pass\n    elif b:\n        pass\n    else:\n        pass", 3),
        ("return a and b and c", 3),
        ("return [x for x in y if x if not x]", 4),
        ("for x in y:\n        while x:\n            pass", 3),
        ("try:\n        pass\n    except ValueError:\n        pass\n    finally:\n        pass", 2),
        ("match a:\n        case 1:\n            pass\n        case 2:\n            pass", 3),
        ("return 1 if a else 2", 2),
        ("assert a", 2),
    ],
)
def test_complexity_is_decisions_and_one(body: str, value: int) -> None:
    assert complexities(f"def f():\n    {body}\n") == {"f": value}


def test_methods_and_inner_functions_count_apart() -> None:
    code = (
        "class A:\n    def m(self):\n        def inner():\n            if a: pass\n"
        "        return inner\n"
        "if True:\n    def g(): pass\n"
    )
    assert complexities(code) == {"A.m": 1, "A.m.inner": 2, "g": 1}


def test_code_that_does_not_parse_has_no_facts() -> None:
    facts = TARGET.read_facts("def f(:", path="src/x.py")
    assert (facts.path, facts.imports, facts.calls, facts.functions) == ("src/x.py", (), (), ())
