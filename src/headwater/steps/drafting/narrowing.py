"""Forms whose fields take only values that exist: the schema itself keeps a model from inventing.

A form is declared once with plain types; where it is asked, its fields are narrowed to the refs,
names or numbers that there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, Field, create_model

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T", bound=BaseModel)


def narrow(form: type[T], /, **fields: object) -> type[T]:
    """The same form with some fields' types replaced by narrower ones."""
    # The names of fields are data here, which the stub of `create_model` has no type for.
    narrowed: type[T] = create_model(  # type: ignore[call-overload]
        form.__name__, __base__=form, **{name: (field, ...) for name, field in fields.items()}
    )
    return narrowed


def choose_from(values: Iterable[object]) -> object:
    """The type of one of these values."""
    return Literal[tuple(values)]


def choose_some(values: Iterable[object], *, least: int = 0, most: int) -> object:
    """The type of a list of some of these values."""
    return list_of(choose_from(values), least=least, most=most)


def list_of(item: object, *, least: int = 0, most: int) -> object:
    """The type of a list of so many items."""
    return Annotated[list[item], Field(min_length=least, max_length=most)]  # type: ignore[valid-type]


def narrow_items(form: type[T], field: str, item: type[BaseModel], /, **fields: object) -> type[T]:
    """The same form in which fields of one list's items are of narrower types; its bounds stay."""
    bounds = form.model_fields[field].metadata
    return narrow(form, **{field: Annotated[list[narrow(item, **fields)], *bounds]})  # type: ignore[misc]
