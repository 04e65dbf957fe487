"""One to three requirements from each sentence of an idea; its own words where no answer fits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import DraftError, Question, ask
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.drafting.texts import LINE, PlainLine, refuse_marks, tidy_line
from headwater.steps.drafting.wording import judge_wording
from headwater.steps.specify.draft import DraftedRequirement
from headwater.steps.specify.ears import Pattern, clean_condition, compose, find_faults
from headwater.steps.specify.idea import flatten, split_examples
from headwater.steps.specify.numbers import (
    find_invented,
    find_measures,
    find_numbers,
    list_known,
)
from headwater.steps.specify.words import is_said, list_stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.steps.specify.context import Context

MOST_PER_SENTENCE = 3
_ALIKE = 0.85
_FAITHFUL = 0.3  # of a requirement's words stand in its sentence
_MEASURED = re.compile(
    r"(?i)\b(?:milliseconds?|ms|seconds?|percent|megabytes?|[kmg]i?b|users|requests|uptime|available"
    r"|availability|latency|throughput|concurrent(?:ly)?|memory|load)\b|%"
)
_BARE = re.compile(r"(?i)(?:an?|the|any|every|each|no)(?: [\w-]+){1,2}(?: of(?: [\w-]+){1,2})?")
_VERB_ENDS = ("s", "ed", "took", "ran", "came", "went", "got", "gave", "left", "began", "won")
_DENIES = re.compile(r"(?i)\b(?:no|not|none|nobody|nothing|never|cannot|\w+n['’]t)\b")
_BOUNDS = re.compile(
    r"(?i)\b(?:at (?:most|least)|limit|refuse|reject|deny|denied|without|free|only|less|fewer|below"
    r"|under|maximum|minimum|up to|unless|except|prevent|invalid|negative)\b"
)
_SHOWN = ("report the book to its branch", "send the parcel back")  # in the prompt's examples


class RequirementPart(BaseModel):
    """A requirement in its parts."""

    pattern: Literal["always", "event", "state", "unwanted", "option"]
    condition: Annotated[str, Field(max_length=LINE)]
    response: PlainLine


class RequirementAnswer(BaseModel):
    """What a sentence demands."""

    kind: Literal["behaviour", "quality", "background"]
    requirements: Annotated[list[RequirementPart], Field(max_length=MOST_PER_SENTENCE)]


def draft_requirements(context: Context) -> tuple[DraftedRequirement, ...]:
    """The requirements of every sentence of the idea, numbered in its order.

    A sentence that only gives background has none, and a note says so. One that no answer fits is
    quoted in a requirement of its own: its words are precise enough, they are only no EARS.

    Raises:
        DraftError: no answer fitted for any sentence.
        ModelError: a model could not be reached, or refused.
    """
    sentences = context.idea.telling
    found: list[DraftedRequirement] = []
    unread: list[str] = []
    for number, sentence in enumerate(sentences, 1):
        rule, listed = split_examples(sentence)
        answer = _ask(context, rule, sentence, number)
        if answer is None:
            unread.append(sentence)
            found.append(_quote(sentence))
            continue
        own = tuple(_make(answer, sentence, listed=listed))
        if not own:
            context.notes.append(f"Taken as background, not as a requirement: “{sentence}”")
        found += [one for one in own if not _is_there(one, found)]
    if len(found) == len(unread):
        raise DraftError(
            f"no model gave requirements that can be used for any of {len(sentences)} sentences",
            hint="Nothing was written. Try another `--seed`, or a stronger `--model`.",
        )
    context.notes += [f"Quoted as it is, since no answer fitted: “{one}”" for one in unread]
    return tuple(_number(found))


def _ask(context: Context, rule: str, sentence: str, number: int) -> RequirementAnswer | None:
    def check(answer: RequirementAnswer) -> Sequence[str]:
        return _find_faults(answer, rule, known=context.known_numbers)

    question = Question(
        template="specify/requirements",
        values={
            "idea": context.show_idea(around=sentence),
            "known": context.show_known(about=sentence),
            "sentence": quote_data("sentence", rule),
        },
        kind=RequirementAnswer,
        about=f"sentence {number}",
        check=check,
        wishes=lambda answer: [
            fault for part in answer.requirements for fault in judge_wording(_write(part))
        ],
    )
    return context.ledger.add(ask(question, drafter=context.drafter)).value


def _find_faults(
    answer: RequirementAnswer, sentence: str, *, known: frozenset[str]
) -> Sequence[str]:
    texts = [_write(part) for part in answer.requirements]
    faults = [fault for part in answer.requirements for fault in find_faults(part.response)]
    faults += [fault for part in answer.requirements for fault in _judge_condition(part.condition)]
    faults += _compare_numbers(texts, sentence, known)
    if _DENIES.search(sentence) and not any(map(_denies, texts)) and texts:
        faults.append(
            "the sentence denies something; say MUST NOT, or “at most” for “no more than”"
        )
    strange = [text for text in texts if not is_said(text, [sentence], share=_FAITHFUL)]
    strange += [part.response for part in answer.requirements if _is_copied(part, sentence)]
    faults += [f"“{text}” does not say what the sentence says" for text in strange]
    if answer.kind != "background" and not texts:
        faults.append("give at least one requirement")
    return faults


def _denies(text: str) -> bool:
    """Whether a requirement forbids or bounds something."""
    return _DENIES.search(text) is not None or _BOUNDS.search(text) is not None


def _is_copied(part: RequirementPart, sentence: str) -> bool:
    """Whether a response repeats one of the prompt's examples in place of the sentence."""
    shown = is_said(part.response, _SHOWN, share=_ALIKE)
    return shown and not is_said(part.response, [sentence], share=_ALIKE)


def _compare_numbers(texts: Sequence[str], sentence: str, known: frozenset[str]) -> Iterator[str]:
    """Numbers that requirements invent, those of their sentence that they lose, and their units."""
    for text in texts:
        invented = find_invented(text, known=known)
        if invented:
            yield f"the idea does not give the number {', '.join(invented)}"
    given = list_known(texts)
    lost = [number for number in find_numbers(sentence) if number not in given]
    if lost:
        yield f"no requirement has the number {', '.join(lost)} of the sentence"
    measured = {pair for text in texts for pair in find_measures(text)}
    for number, unit in find_measures(sentence):
        if number not in lost and (number, unit) not in measured:
            yield f"the sentence says {number} {unit}; keep number and unit together"


def _judge_condition(condition: str) -> list[str]:
    if not condition.strip():
        return []
    if len(condition) >= LINE:
        return [f"condition: it was cut off at {LINE} characters"]
    try:
        refuse_marks(tidy_line(condition))
    except ValueError as error:
        return [f"condition: {error}"]
    return []


def _write(part: RequirementPart) -> str:
    """The sentence; a condition that is no clause, `a lost ticket`, is what the response is for."""
    condition, pattern = " ".join(part.condition.split()), Pattern(part.pattern)
    response = part.response
    if _has_no_verb(condition):
        thing = re.sub(r"^no ", "a ", clean_condition(condition))
        response = response.rstrip(". ")
        response = response if thing in response else f"{response} for {thing}"
        condition, pattern = "", Pattern.ALWAYS
    return compose(pattern, condition=condition, response=response)


def _has_no_verb(condition: str) -> bool:
    """Whether it is a thing and no clause: `a lost ticket`, but not `the user pays`."""
    words = clean_condition(condition)
    return _BARE.fullmatch(words) is not None and not words.endswith(_VERB_ENDS)


def _make(answer: RequirementAnswer, sentence: str, *, listed: str) -> Iterator[DraftedRequirement]:
    """The requirements of an answer; examples that the sentence lists stay with the first."""
    if answer.kind == "background" and not find_numbers(sentence):
        return
    for place, part in enumerate(answer.requirements):
        text = _write(part)
        if listed and not place:
            text = f"{text.removesuffix('.')} ({listed})."
        measured = answer.kind == "quality" and _measures_quality(text)
        yield DraftedRequirement(
            id="NFR" if measured else "FR",
            text=text,
            sentence=sentence,
        )


def _measures_quality(text: str) -> bool:
    """Whether it bounds how fast, large or available something is; a price is no such bound."""
    return bool(find_numbers(text)) and _MEASURED.search(text) is not None


def _quote(sentence: str) -> DraftedRequirement:
    """The idea's own words as a requirement, so that they are not lost."""
    return DraftedRequirement(
        id="FR",
        text=f"The system MUST do what the idea says: “{flatten(sentence)}”.",
        sentence=sentence,
    )


def _is_there(one: DraftedRequirement, others: Sequence[DraftedRequirement]) -> bool:
    """Whether another requirement says the same, numbers included."""
    words, numbers = list_stems(one.text), set(find_numbers(one.text))
    for other in others:
        theirs = list_stems(other.text)
        alike = len(words & theirs) >= _ALIKE * len(words | theirs)
        if alike and numbers == set(find_numbers(other.text)):
            return True
    return False


def _number(found: Sequence[DraftedRequirement]) -> Iterator[DraftedRequirement]:
    counts = {"FR": 0, "NFR": 0}
    for one in sorted(found, key=lambda each: each.id):  # functional ones first, else as they come
        counts[one.id] += 1
        yield replace(one, id=f"{one.id}-{counts[one.id]:03}")
