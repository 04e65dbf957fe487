"""The search for one component: ask, judge, ask better, until one passes or the budget is spent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.engine.progress import AttemptStarted
from headwater.llm.interface import ModelError, ModelRequest, Usage
from headwater.steps.asking import ask_model
from headwater.steps.deriving.contract import recall_breaches
from headwater.steps.deriving.judge import Judgement, judge_candidate
from headwater.steps.deriving.law import Law
from headwater.steps.deriving.mixing import mix_candidates
from headwater.steps.deriving.questions import render_question
from headwater.steps.deriving.search import Question, Style, Tried, choose_question
from headwater.steps.deriving.steadiness import is_large, keep_text, measure_diff
from headwater.steps.deriving.telling import tell_judgement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.engine.progress import Observer
    from headwater.graph.units import TestUnit
    from headwater.llm.interface import Model, ModelReply
    from headwater.steps.deriving.contract import Contract
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import TestFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """Everything that the derivation of one component reads.

    Attributes:
        contract: what the model is told.
        law: the articles that its file must keep.
        files: derived files that it may import, path to text.
        units: the visible examples.
        functions: names of the functions that its interface declares.
        visible: tests whose failures may be shown to the model.
        held_out: tests that only say yes or no.
        written: keys of visible tests that a model wrote, which may be wrong.
        current: the file as it is, when the component is regenerated.
        change: the visible part of what changed in the specification, as text.
    """

    contract: Contract
    law: Law = field(default_factory=Law)
    files: Mapping[str, str] = field(default_factory=dict)
    units: tuple[TestUnit, ...] = ()
    functions: tuple[str, ...] = ()
    visible: tuple[TestFile, ...] = ()
    held_out: tuple[TestFile, ...] = ()
    written: frozenset[str] = frozenset()
    current: str = ""
    change: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Implemented:
    """How a search ended.

    Attributes:
        code: the accepted file; empty when the search gave up.
        history: every candidate, in order.
        model: the last model asked.
        usage: of all calls; answers from the cache cost nothing but keep their tokens in `history`.
        held_out_failures: candidates that passed every visible test and failed a held-out one.
        disputed: keys of written tests that every candidate passing all examples fails.
    """

    code: str
    history: tuple[Tried, ...]
    model: str
    usage: Usage
    held_out_failures: int = 0
    disputed: tuple[str, ...] = ()

    @property
    def best(self) -> Judgement | None:
        """The candidate that came closest."""
        judgements = [tried.judgement for tried in self.history]
        return max(judgements, key=lambda judgement: judgement.rank, default=None)


def implement(
    work: Work,
    *,
    models: Sequence[Model],
    workbench: Workbench,
    settings: SearchSettings,
    seed: int,
    observer: Observer,
) -> Implemented:
    """Derive one component's file.

    Each model of the ladder gets the whole budget before the next is asked.

    Raises:
        ModelError: a model could not be reached.
    """
    total = Usage()
    history: tuple[Tried, ...] = ()
    for model in models:
        search = _Search(
            work=work,
            model=model,
            workbench=workbench,
            settings=settings,
            seed=seed,
            observer=observer,
        )
        result = search.run()
        total += result.usage
        history += result.history
        if result.code or model is models[-1]:
            return Implemented(
                code=result.code,
                history=history,
                model=model.name,
                usage=total,
                held_out_failures=result.held_out_failures,
                disputed=result.disputed,
            )
    raise ValueError("a ladder needs at least one model")


_DISPUTING = 3  # candidates that agree against a written test before it is written anew


@dataclass(kw_only=True, slots=True)
class _Search:
    """One model's search; lives for one call of `implement`."""

    work: Work
    model: Model
    workbench: Workbench
    settings: SearchSettings
    seed: int
    observer: Observer
    history: list[Tried] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    held_out_failures: int = 0
    disputing: int = 0
    mixed: set[str] = field(default_factory=set)

    def run(self) -> Implemented:
        while question := choose_question(
            self.history,
            settings=self.settings,
            seed=self.seed,
            updating=bool(self.work.current),
        ):
            judgement = self._try(question)
            if not judgement.accepted:
                judgement = self._mix() or judgement
            if not judgement.accepted:
                if self._disputes_enough(judgement):
                    break
                continue
            if self._passes_held_out(judgement):
                return self._end(self._steady(judgement.code))
            self.held_out_failures += 1
            if self.held_out_failures > self.settings.held_out_retries:
                break
        return self._end("")

    def _steady(self, code: str) -> str:
        """The accepted code, or what one more UPDATE gives, if that passes and changes less."""
        current, target = self.work.current, self.workbench.target
        if not current:
            return code
        code = keep_text(code, current=current, target=target)
        size = measure_diff(current, code)
        if not is_large(size, current=current, share=self.settings.large_diff):
            return code
        question = choose_question(
            self.history, settings=self.settings, seed=self.seed, updating=True
        )
        if question is None:
            return code
        try:
            other = self._try(replace(question, style=Style.UPDATE))
        except ModelError:
            return code  # there is something to accept, with or without a model
        if measure_diff(current, other.code).lines >= size.lines or not other.accepted:
            return code
        if self._passes_held_out(other):
            return other.code
        self.held_out_failures += 1
        return code

    def _disputes_enough(self, judgement: Judgement) -> bool:
        """Whether this candidate too passes every example and fails only what a model wrote."""
        self.disputing += _fails_only(judgement, self.work.written)
        return self.disputing >= _DISPUTING

    def _mix(self) -> Judgement | None:
        """Judge the mixture of the candidates' best functions, if there is one to be made."""
        code = mix_candidates(
            [tried.judgement for tried in self.history],
            units=self.work.units,
            functions=self.work.functions,
            target=self.workbench.target,
        )
        if not code or code in self.mixed:
            return None
        self.mixed.add(code)
        return self._judge(code)

    def _end(self, code: str) -> Implemented:
        return Implemented(
            code=code,
            history=tuple(self.history),
            model=self.model.name,
            usage=self.usage,
            held_out_failures=self.held_out_failures,
            disputed=() if code else _find_disputed(self.history, written=self.work.written),
        )

    def _try(self, question: Question) -> Judgement:
        reply = self._ask(question)
        component = self.work.contract.component
        judgement = self._judge(self.workbench.target.extract_code(component, reply.text))
        self.usage += reply.usage
        tried = Tried(question=question, judgement=judgement, output_tokens=reply.output_tokens)
        self.history.append(tried)
        tell_judgement(
            self.observer,
            self.work.contract.ref,
            history=self.history,
            visible=self.work.visible,
            input_tokens=self.usage.input_tokens,
        )
        return judgement

    def _judge(self, code: str) -> Judgement:
        return judge_candidate(
            self.work.contract.component,
            code,
            workbench=self.workbench,
            law=self.work.law,
            files=self.work.files,
            dependencies=self.work.contract.dependencies,
            tests=self.work.visible,
        )

    def _ask(self, question: Question) -> ModelReply:
        self.observer.notify(
            AttemptStarted(
                component=self.work.contract.ref,
                purpose="implement",
                attempt=len(self.history) + 1,
                attempts=self.settings.attempts,
                model=self.model.name,
            )
        )
        return ask_model(
            self.model,
            ModelRequest(
                prompt=render_question(
                    question,
                    contract=recall_breaches(self.work.contract, self.history),
                    history=self.history,
                    current=self.work.current,
                    change=self.work.change,
                ),
                prefill=f"```{self.work.contract.component.language}\n",
                temperature=question.temperature,
                seed=question.seed,
                max_tokens=self.settings.answer_tokens,
                stop=("\n```",),
                purpose=f"implement {self.work.contract.ref}",
            ),
        )

    def _passes_held_out(self, judgement: Judgement) -> bool:
        component = self.work.contract.component
        files = {**self.work.files, component.files[0]: judgement.code}
        results = self.workbench.run_tests(files, tests=self.work.held_out)
        return Judgement(code=judgement.code, results=results).accepted


def _find_disputed(history: Sequence[Tried], *, written: frozenset[str]) -> tuple[str, ...]:
    """Written tests that fail in every candidate that passes everything else."""
    only_written = [
        {result.key for result in tried.judgement.failures}
        for tried in history
        if _fails_only(tried.judgement, written)
    ]
    return tuple(sorted(set.intersection(*only_written))) if only_written else ()


def _fails_only(judgement: Judgement, written: frozenset[str]) -> bool:
    failed = {result.key for result in judgement.failures}
    return not judgement.problems and bool(failed) and failed <= written
