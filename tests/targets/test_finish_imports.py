"""Imports, exports and the start of a program, put right in a candidate."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET, component

PLAIN = component("def f(text: str) -> int: ...")


def finish(code: str) -> str:
    return TARGET.finish_file(PLAIN, code)


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
    item = component("def add(a: int) -> int: ...", path="src/shop/wallet.py")
    code = "from shop.wallet import Entry\nfrom src.shop.wallet import add\nfrom .wallet import x\n"
    finished = TARGET.finish_file(item, f"{code}\ndef add(a): return Entry\n")
    assert finished.startswith('__all__ = ["add"]\n\ndef add(a: int) -> int:')


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


def test_a_program_may_print_where_it_starts() -> None:
    item = component("X = 1", path="hello.py", commands={"hello": ("python", "hello.py")})
    assert "print(X)" in TARGET.finish_file(item, "X = 1\nprint(X)\n")


def test_what_is_put_in_stands_before_the_programs_start() -> None:
    item = component(
        "class Money:\n    def f(self) -> int: ...\nZERO = Money()\ndef main() -> int: ...",
        path="src/shop/cli.py",
        commands={"shop": ("python", "-m", "shop.cli")},
    )
    code = f"class Money:\n    def f(self): return 1\ndef main(): return ZERO\n\n{MAIN}"
    finished = TARGET.finish_file(item, code)
    assert finished.index("ZERO = ") < finished.index("__main__")
