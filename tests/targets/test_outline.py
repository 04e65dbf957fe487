"""The module that a model is asked to complete."""

from __future__ import annotations

from textwrap import dedent

from tests.targets.builders import TARGET, component

LEDGER = component(
    "from decimal import Decimal\n\nLIMIT: int = 3\n\nclass Overdrawn(ValueError): ...\n"
    "def total(n: int) -> Decimal: ...\ndef _hidden() -> None: ...\n",
    path="src/wallet/ledger.py",
)
REPORT = component(
    dedent(
        '''\
        # A comment.
        from decimal import Decimal
        from wallet.ledger import LIMIT, Overdrawn, total
        from dataclasses import dataclass

        @dataclass(frozen=True)
        class Line:
            """A line."""

            text: str

            def render(self) -> str:
                """Render it."""
                ...

        class Empty:
            """Nothing but this."""

        async def report(n: int, *, title: str = "x") -> Line: ...
        '''
    ),
    path="src/wallet/report.py",
    number=2,
)


def test_imports_come_with_what_they_offer_and_texts_go() -> None:
    assert TARGET.write_outline(REPORT, dependencies=[LEDGER]) == dedent(
        """\
        from wallet.ledger import LIMIT, Overdrawn, total
        #   LIMIT: int = 3
        #   class Overdrawn(ValueError):
        #       ...
        #   def total(n: int) -> Decimal:
        #       ...
        #   def _hidden() -> None:
        #       ...

        from decimal import Decimal
        from dataclasses import dataclass


        @dataclass(frozen=True)
        class Line:
            text: str

            def render(self) -> str:
                ...


        class Empty:
            ...


        async def report(n: int, *, title: str='x') -> Line:
            ..."""
    )


def test_comments_and_docstrings_of_the_interface_do_not_count() -> None:
    """What no digest counts must not change a prompt."""
    plain = component("def f(n: int) -> int: ...")
    wordy = component('# Why.\ndef f(n: int) -> int:\n    """Say so."""\n    ...\n')
    assert TARGET.write_outline(plain, dependencies=()) == "def f(n: int) -> int:\n    ..."
    assert TARGET.write_outline(wordy, dependencies=()) == "def f(n: int) -> int:\n    ..."
    assert TARGET.digest_interface("") == TARGET.digest_interface("")
    assert TARGET.read_interface(plain).digest == TARGET.read_interface(wordy).digest


def test_a_dependency_that_offers_nothing_is_left_out() -> None:
    silent = component("def _f() -> None: ...", path="src/silent.py", number=3)
    outline = TARGET.write_outline(component("def f() -> None: ..."), dependencies=[silent])
    assert outline == "def f() -> None:\n    ..."


def test_rendering_an_outline_leaves_the_component_as_it_was() -> None:
    first = TARGET.write_outline(REPORT, dependencies=[LEDGER])
    assert TARGET.write_outline(REPORT, dependencies=[LEDGER]) == first
