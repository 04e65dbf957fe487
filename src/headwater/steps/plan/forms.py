"""The forms that models fill in for a plan.

Where one is asked, its fields are narrowed to what exists. Their order matters: a field is written
in the light of those before it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.texts import (  # pydantic reads them
    LineText,
    ShortText,
    TalkLine,
)

SnakeName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
TypeName = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]{1,30}$")]


class ParameterNames(BaseModel):
    """What the parameters of one function are called, in order."""

    names: list[SnakeName]


class TextMeaning(BaseModel):
    """Whether a text is only a text."""

    kind: str


class ObjectMeaning(BaseModel):
    """Whether objects are records, with what such a record is called, or mappings."""

    kind: str
    name: TypeName


class Group(BaseModel):
    """Functions that belong into one file, and what the file is called."""

    name: SnakeName
    functions: list[str]


class Grouping(BaseModel):
    """All functions in files."""

    components: list[Group]


class Placement(BaseModel):
    """The component that sees to something."""

    component: str


class Duty(BaseModel):
    """What a component does, and which functions of others it calls for that."""

    does: LineText
    calls: list[str]


class NewParameter(BaseModel):
    """A parameter of a function that no example shows."""

    name: SnakeName
    kind: str


class NewFunction(BaseModel):
    """A function for something that no example shows."""

    name: SnakeName
    parameters: Annotated[list[NewParameter], Field(max_length=4)]
    result: str


class Topic(BaseModel):
    """A technical choice to be made, and what it serves."""

    title: ShortText
    serves: list[str]


class Topics(BaseModel):
    """The choices that matter; none where all is obvious."""

    choices: list[Topic]


class Option(BaseModel):
    """One way to do it; `package` is the library that it needs, empty for none."""

    name: ShortText
    good: TalkLine
    bad: TalkLine
    package: Annotated[str, Field(max_length=60)]


class Options(BaseModel):
    """Why something has to be decided, and the ways to do it."""

    context: TalkLine
    options: Annotated[list[Option], Field(min_length=2, max_length=3)]


class Choice(BaseModel):
    """Why one option is better than the others, and which it is, counted from 1."""

    rationale: LineText
    option: int
