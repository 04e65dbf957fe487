"""Tests from prose: a model that has not seen the code writes one for a ref without an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.engine.progress import Message
from headwater.graph.units import WrittenTest
from headwater.llm.interface import ModelRequest, Usage
from headwater.steps.asking import ask_model
from headwater.steps.deriving.red import check_red
from headwater.steps.deriving.suites import Suite
from headwater.steps.prompting import fill_prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.engine.progress import Observer
    from headwater.llm.interface import Model
    from headwater.spec.model import Component, Place
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose:
    """A requirement or scenario that has no example.

    Attributes:
        ref: `001/US1.2`.
        key: names the test for good.
        text: its prose in normal form.
        feature: `001-wallet`.
        components: what implements it, by ref.
        context: what else those components must do, in normal form.
        reachable: these and everything they depend on, for stubs.
        round: 0 at first; a disputed test is written again in round 1.
    """

    ref: str
    key: str
    text: str
    feature: str
    components: Mapping[str, Component]
    context: tuple[str, ...]
    reachable: tuple[Component, ...]
    place: Place
    round: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The test, or None with the reasons why no answer would do; `usage` of all calls."""

    test: WrittenTest | None
    usage: Usage
    rejected: tuple[str, ...]


def write_test(
    prose: Prose,
    *,
    model: Model,
    workbench: Workbench,
    settings: SearchSettings,
    seed: int,
    observer: Observer,
) -> Written:
    """Ask for a test until one stands the red check."""
    usage = Usage()
    rejected: list[str] = []
    target = workbench.target
    name = name_test(prose.ref)
    opening = target.open_test(name, components=tuple(prose.components.values()))
    for attempt in range(settings.written_attempts):
        reply = ask_model(
            model,
            ModelRequest(
                prompt=render_test_prompt(prose, target=target),
                prefill=f"```{target.name}\n{opening}",
                temperature=min(0.3 * (attempt + prose.round), 0.9),
                seed=seed * 1000 + 500 + 50 * prose.round + attempt,
                max_tokens=settings.answer_tokens,
                stop=("\n```",),
                purpose=f"write a test for {prose.ref}",
            ),
        )
        usage += reply.usage
        code = target.extract_test(reply.text, name=name)
        test, reason = _examine(prose, code, workbench=workbench)
        observer.notify(
            Message(
                component=prose.ref,
                purpose="write a test",
                text=f"answer {attempt + 1}: {reason or 'a test that can fail'}",
            )
        )
        if test is not None:
            return Written(test=test, usage=usage, rejected=tuple(rejected))
        rejected.append(reason)
    return Written(test=None, usage=usage, rejected=tuple(rejected))


def name_test(ref: str) -> str:
    """The test function's name: `001/US1.2` gives `test_us1_2`."""
    local = ref.rpartition("/")[2]
    return "test_" + local.lower().replace("-", "_").replace(".", "_")


def render_test_prompt(prose: Prose, *, target: Target) -> str:
    """The prompt: the interfaces, what else is said of them, and last the prose to check."""
    components = prose.components.values()
    return fill_prompt(
        "deriving/test",
        {
            "language": target.name,
            "outline": "\n\n".join(
                target.write_outline(component, dependencies=()) for component in components
            ),
            "contract": "\n\n".join(prose.context),
            "prose": prose.text,
            "name": name_test(prose.ref),
        },
    )


def _examine(prose: Prose, code: str, *, workbench: Workbench) -> tuple[WrittenTest | None, str]:
    target = workbench.target
    problems = target.check_test(code, name=name_test(prose.ref))
    if problems:
        return None, problems[0].message
    used = target.find_touched(code, components=prose.components)
    if not used:
        return None, "it calls nothing that the interfaces declare"
    test = WrittenTest(
        key=prose.key,
        ref=prose.ref,
        code=code,
        touches=used,
        owner=used[0] if len(used) == 1 else "",
        place=prose.place,
    )
    suite = Suite(
        feature=prose.feature,
        units=(),
        written=(test,),
        held_out=frozenset(),
        components=prose.components,
    )
    rejected = check_red(
        suite.select(target, lambda _: True),
        components=prose.reachable,
        support=target.emit_support(prose.feature),
        exempt=frozenset(),
        workbench=workbench,
    )
    return (None, rejected[0].reason) if rejected else (test, "")
