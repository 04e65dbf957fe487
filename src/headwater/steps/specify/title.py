"""The feature's name, and the slug of its branch and folder."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pydantic import BaseModel

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.texts import PlainShort
from headwater.steps.specify.words import list_content_words, list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.specify.context import Context

_MOST_WORDS = 6
_SLUG_WORDS = 4
_SLUG_LENGTH = 40


class TitleAnswer(BaseModel):
    """The feature's name."""

    title: PlainShort


def draft_title(context: Context) -> str:
    """A title that speaks of what the idea speaks of; its first telling words where none fits.

    Raises:
        ModelError: a model could not be reached, or refused.
    """

    def check(answer: TitleAnswer) -> Sequence[str]:
        if len(answer.title.split()) > _MOST_WORDS:
            return [f"the title has more than {_MOST_WORDS} words"]
        if not list_stems(answer.title) & list_stems(context.idea.text):
            return ["the title has no word of the idea"]
        return []

    question = Question(
        template="specify/title",
        values={"idea": context.show_idea()},
        kind=TitleAnswer,
        about="title",
        check=check,
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    if answer is None:
        words = [word for word in list_content_words(context.idea.text) if word.isalpha()]
        title = " ".join(words[:_SLUG_WORDS])
        context.notes.append(f"Named “{title}” after the idea's words, since no answer fitted.")
    else:
        title = answer.title.rstrip(".:")
    return title[:1].upper() + title[1:]


def make_slug(title: str) -> str:
    """`Parking fees` → `parking-fees`: at most four words in plain letters, `feature` if none are.

    Words that fit every feature are left out where others remain.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    telling = [word for word in words if list_content_words(word)] or words
    slug = "-".join(telling[:_SLUG_WORDS])[:_SLUG_LENGTH].strip("-")
    return slug or "feature"
