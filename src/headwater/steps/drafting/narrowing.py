"""Answer types whose fields take only what there is: the ids of this document, a count of now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, create_model

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T", bound=BaseModel)


def one_of(names: Sequence[str]) -> Any:  # noqa: ANN401  # types made at run time have no other
    """The type of a field that holds one of these names; there must be at least one."""
    return Literal[tuple(names)]


def narrow_items(
    answer: type[T],
    field: str,
    item: type[BaseModel],
    **kinds: Any,  # noqa: ANN401
) -> type[T]:
    """An answer's type in which fields of the items of one list are of narrower types.

    Args:
        answer: the type.
        field: the list, whose bounds stay.
        item: the type of its items.
        kinds: the narrower types, by the names of the items' fields.
    """
    narrowed = {name: (kind, ...) for name, kind in kinds.items()}
    part: Any = create_model(item.__name__, __base__=item, **narrowed)  # type: ignore[call-overload]
    several = Annotated[list[part], *answer.model_fields[field].metadata]
    made: type[T] = create_model(  # type: ignore[call-overload]
        answer.__name__, __base__=answer, **{field: (several, ...)}
    )
    return made
