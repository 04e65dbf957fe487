"""Candidates put in order: no repair is spent on form."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.targets.builders import TARGET, component

INTERFACE = dedent(
    """\
    from dataclasses import dataclass
    from decimal import Decimal as Money

    LIMIT: int = 3

    class WalletError(Exception): ...

    class Overdrawn(WalletError): ...

    @dataclass(frozen=True)
    class Entry:
        id: str
        amount: Money = Money(0)

    @dataclass(frozen=True)
    class Busy:
        id: str
        def run(self, times: int = 1) -> int: ...

    def add(a: int, b: Money | None = None) -> Entry: ...
    """
)
ITEM = component(INTERFACE, path="src/shop/wallet.py")
PLAIN = component("def f(text: str) -> int: ...")


def finish(code: str, *, item: object = None) -> str:
    return TARGET.finish_file(PLAIN if item is None else ITEM, dedent(code))


def test_what_was_forgotten_is_put_in() -> None:
    code = """\
        def add(a, b=None):
            # keep this
            if a > LIMIT:
                raise Overdrawn(math.floor(a))
            return Entry(str(a))


        class Busy:
            def run(self, times):
                return times
        """
    assert finish(code, item=ITEM) == dedent(
        """\
        from dataclasses import dataclass
        from decimal import Decimal as Money
        import math

        __all__ = ["Busy", "Entry", "LIMIT", "Overdrawn", "WalletError", "add"]

        LIMIT: int = 3


        class WalletError(Exception): ...


        class Overdrawn(WalletError): ...


        @dataclass(frozen=True)
        class Entry:
            id: str
            amount: Money = Money(0)

        def add(a: int, b: Money | None=None) -> Entry:
            # keep this
            if a > LIMIT:
                raise Overdrawn(math.floor(a))
            return Entry(str(a))


        @dataclass(frozen=True)
        class Busy:
            def run(self, times: int=1) -> int:
                return times
        """
    )


def test_a_finished_candidate_keeps_to_the_interface() -> None:
    code = "def add(a, b): return 1\nclass Busy:\n    id: str\n    def run(self, times): return 1\n"
    finished = finish(code, item=ITEM)
    assert TARGET.check_file(ITEM, finished, path="src/shop/wallet.py") == []


def test_what_is_declared_whole_wins_over_another_version() -> None:
    code = "LIMIT = 9\nclass Entry:\n    name: str\n\nclass Overdrawn(Exception):\n    pass\n"
    finished = finish(code, item=ITEM)
    assert "LIMIT: int = 3" in finished
    assert "LIMIT = 9" not in finished
    assert "@dataclass(frozen=True)\nclass Entry:\n    id: str\n" in finished
    assert "class Overdrawn(WalletError): ..." in finished


def test_a_declared_type_with_code_of_its_own_is_left() -> None:
    code = "class Entry:\n    def __init__(self, id): self.id = id\n"
    assert "self.id = id" in finish(code, item=ITEM)


def test_what_rests_on_the_candidates_own_names_comes_after_them() -> None:
    item = component(
        "class Money:\n    def double(self) -> int: ...\nZERO = Money()\nONE = [ZERO]\n"
    )
    code = "class Money:\n    def double(self):\n        return 2\n"
    finished = TARGET.finish_file(item, code)
    assert finished.index("class Money") < finished.index("ZERO = ") < finished.index("ONE = ")
    assert TARGET.finish_file(item, finished) == finished


def test_types_that_come_from_elsewhere_are_not_declared_twice() -> None:
    code = "from shop.types import Entry, LIMIT\n\ndef add(a, b): return Entry(LIMIT)\n"
    finished = finish(code, item=ITEM)
    assert "from shop.types import Entry, LIMIT" in finished
    assert "class Entry" not in finished


@pytest.mark.parametrize(
    ("header", "restored"),
    [
        ("def f(text):", "def f(text: str) -> int:"),
        ("def f(text: bytes) -> str:", "def f(text: str) -> int:"),
        ("def f(\n    text,  # what\n):", "def f(text: str) -> int:"),
        ("def f(text='a:b'):", "def f(text: str) -> int:"),
        ("def f(text: 'str') -> int:", "def f(text: 'str') -> int:"),
        ("def f(other):", "def f(other):"),
        ("def f(text, more):", "def f(text, more):"),
        ("async def f(text):", "async def f(text):"),
    ],
)
def test_a_signature_of_the_same_shape_is_restored(header: str, restored: str) -> None:
    assert f"{restored}\n    return 1\n" in finish(f"{header}\n    return 1\n")


def test_a_signature_on_one_line_with_its_body_is_restored() -> None:
    assert "def f(text: str) -> int: return {1: 2}[1]\n" in finish(
        "def f(text): return {1: 2}[1]\n"
    )


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("return re.sub(text)", "import re"),
        ("return math.pi", "import math"),
        ("return Decimal(text)", "from decimal import Decimal"),
        ("return Counter(text)", "from collections import Counter"),
        ("x: List[int] = []", "from typing import List"),
        ("return string.digits", "import string"),
        ("return datetime.now()", "from datetime import datetime"),
        ("return datetime.fromisoformat(text)", "from datetime import datetime"),
        ("return datetime.timedelta(1)", "import datetime"),
        ("return datetime.datetime.now()", "import datetime"),
        ("return reduce(text)", "from functools import reduce"),
        ("return permutations(text)", "from itertools import permutations"),
    ],
)
def test_well_known_imports_are_added(code: str, line: str) -> None:
    assert finish(f"def f(text):\n    {code}\n").startswith(f"{line}\n")


@pytest.mark.parametrize(
    "code",
    [
        "def f(re):\n    return re.x\n",
        "def f(text):\n    for re in text: pass\n    return re.x\n",
        "def f(text):\n    import re\n    return re.x\n",
        "try:\n    pass\nexcept ValueError as re:\n    re.x\n",
        "match 1:\n    case [re, *math]:\n        re.x, math.y\n",
        "match 1:\n    case {'a': 1, **re}:\n        re.x\n",
        "from os import *\nre.x\n",
    ],
)
def test_a_name_that_is_bound_is_not_imported(code: str) -> None:
    assert "import re\n" not in finish(code).replace("    import re\n", "")


def test_unused_imports_are_dropped() -> None:
    code = (
        "from __future__ import annotations\nimport os, sys\nfrom typing import List, Dict\n"
        "import json\n\ndef f(text):\n    sys.exit()\n    x: List = 'json'\n"
    )
    finished = finish(code)
    assert finished.startswith(
        "from __future__ import annotations\nimport sys\nfrom typing import List\nimport json\n"
    )


def test_imports_go_below_the_docstring() -> None:
    finished = finish('"""A module."""\n\ndef f(text):\n    return re.x\n')
    assert finished.startswith('"""A module."""\nimport re\n\n__all__ = ["f"]\n')


@pytest.mark.parametrize(
    "exports", ["__all__ = ['a']", "__all__: list[str] = []", "__all__ = []\n__all__ += ['b']"]
)
def test_exports_are_the_declared_names(exports: str) -> None:
    finished = finish(f"{exports}\n\ndef f(text):\n    return 1\n\ndef helper(): ...\n")
    assert finished.startswith('__all__ = ["f"]\n\ndef f(')
    assert finished.count("__all__") == 1


def test_many_exports_stand_below_each_other() -> None:
    names = [f"a_rather_long_name_{number}" for number in range(6)]
    item = component("\n".join(f"def {name}() -> int: ..." for name in names))
    finished = TARGET.finish_file(item, "x = 1\n")
    assert finished.startswith('__all__ = [\n    "a_rather_long_name_0",\n')
    assert TARGET.finish_file(item, finished) == finished


def test_a_module_that_imports_itself_does_not() -> None:
    code = "from shop.wallet import Entry\nfrom src.shop.wallet import add\nfrom .wallet import x\n"
    assert "import Entry" not in finish(f"{code}\ndef add(a, b): ...\n", item=ITEM)
    assert "shop.wallet" not in finish(f"{code}\ndef add(a, b): ...\n", item=ITEM)


MAIN = 'if __name__ == "__main__":\n    main()\n'


def test_a_demonstration_goes() -> None:
    code = f"def f(text):\n    return 1\n\nprint(f('a'))\n\n{MAIN}"
    finished = finish(code)
    assert "print" not in finished
    assert "__main__" not in finished


@pytest.mark.parametrize("command", [("python", "-m", "shop.cli"), ("python", "src/shop/cli.py")])
def test_a_program_keeps_its_start_or_gets_one(command: tuple[str, ...]) -> None:
    item = component("def main() -> int: ...", path="src/shop/cli.py", commands={"shop": command})
    bare = "def main() -> int:\n    return 0\n"
    start = 'if __name__ == "__main__":\n    raise SystemExit(main())\n'
    assert TARGET.finish_file(item, bare).endswith(start)
    assert TARGET.finish_file(item, f"{bare}\n\n{MAIN}").endswith(MAIN)
    other = component("def main() -> int: ...", path="src/shop/cli.py")
    assert "__main__" not in TARGET.finish_file(other, f"{bare}\n\n{MAIN}")


def test_what_is_put_in_stands_before_the_programs_start() -> None:
    item = component(
        "class Money:\n    def f(self) -> int: ...\nZERO = Money()\ndef main() -> int: ...",
        path="src/shop/cli.py",
        commands={"shop": ("python", "-m", "shop.cli")},
    )
    code = f"class Money:\n    def f(self): return 1\ndef main(): return ZERO\n\n{MAIN}"
    finished = TARGET.finish_file(item, code)
    assert finished.index("ZERO = ") < finished.index("__main__")


def test_fences_are_taken_off() -> None:
    assert finish("Here:\n```python\ndef f(text):\n    return 1\n```\n").startswith(
        '__all__ = ["f"]'
    )


@pytest.mark.parametrize("code", ["def f(:\n", "", "\n\n", "I cannot do that, sorry."])
def test_what_does_not_parse_or_is_nothing_stays(code: str) -> None:
    assert TARGET.finish_file(PLAIN, code) == code


def test_line_ends_are_one_kind() -> None:
    assert "\r" not in finish("def f(text):\r\n    return 1\r\n")


PARTS = st.sampled_from(
    [
        '"""A module."""',
        "from __future__ import annotations",
        "import os, re",
        "from typing import List, Optional",
        "from shop.wallet import Entry",
        "__all__ = ['x', 'os']",
        "__all__ += ['y']",
        "LIMIT = 9",
        "LIMIT: int = 3",
        "class Overdrawn(Exception): pass",
        "class Entry:\n    id: int",
        "class Entry:\n    def m(self): return re",
        "@dataclass\nclass Busy:\n    id: str\n    def run(self, times): return 2",
        "def add(a, b): return math.pi",
        "def add(\n    a: List[int],\n    b: int,\n): return Decimal(a)",
        "# a comment",
        "print(add(1, 2))",
        "x = 1; y = 2",
        'if __name__ == "__main__":\n    main()',
        "def main(): return re.sub(LIMIT)",
        "",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.lists(PARTS, max_size=9), st.booleans())
def test_finishing_twice_is_finishing_once(parts: list[str], program: bool) -> None:
    commands = {"shop": ("python", "-m", "shop.wallet")} if program else {}
    item = component(INTERFACE, path="src/shop/wallet.py", commands=commands)
    code = "\n".join(parts)
    once = TARGET.finish_file(item, code)
    assert TARGET.finish_file(item, once) == once
    try:
        ast.parse(code)
    except SyntaxError:
        return
    ast.parse(once)
