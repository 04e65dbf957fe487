"""Parses calls and JSON values, as they stand in the cells of Call tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.cell_error import CellError
from headwater.spec.examples import ArrayOf, Attribute, Call, Literal, Name, ObjectOf
from headwater.spec.tokens import Token, TokenKind, read_number, read_string, read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.spec.examples import Expression

_CONSTANTS = {"true": True, "false": False, "null": None}
# Other languages' words for JSON's, which would otherwise be read as names.
_FOREIGN = {
    "True": "true",
    "False": "false",
    "None": "null",
    "nil": "null",
    "undefined": "null",
    "NaN": "",
    "Infinity": "",
}
_COMPONENT = r"C[0-9]+"
_DEEPEST = 50


def read_call(text: str) -> tuple[str, Call | Attribute]:
    """Read `call` or `name = call`: the name that is bound, or empty, and the call.

    An attribute (`acct.balance`) counts as a call.

    Raises:
        CellError: the text is neither.
    """
    parser = _Parser(text)
    binds = parser.read_binding()
    expression = parser.read_whole()
    if isinstance(expression, Call | Attribute):
        return binds, expression
    raise CellError(
        "call-expected",
        "expected a call such as `total(3)` or an attribute such as `acct.balance`",
        index=parser.start,
        hint="A function without arguments is called with empty parentheses.",
    )


def read_json(text: str) -> Literal:
    """Read a JSON value.

    Raises:
        CellError: it is none, or has a name or a call inside.
    """
    expression = _Parser(text).read_whole()
    if isinstance(expression, Literal):
        return expression
    raise CellError(
        "value-expected",
        "expected a JSON value, found a name or a call",
        hint="Texts stand in double quotes. Errors are written `raises name`.",
    )


class _Parser:
    """A recursive descent over the tokens of one cell."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = read_tokens(text)
        self._position = 0
        self._depth = 0
        self.start = self._tokens[0].index

    def read_binding(self) -> str:
        """`name =`, if the text begins so; the name."""
        first, second = self._tokens[0], self._tokens[min(1, len(self._tokens) - 1)]
        if first.kind is not TokenKind.NAME or second.text != "=":
            return ""
        if first.text in _CONSTANTS or re.fullmatch(_COMPONENT, first.text):
            what = "a JSON value" if first.text in _CONSTANTS else "a component"
            raise CellError(
                "name-reserved",
                f"{first.text} is {what} and cannot be bound",
                index=first.index,
                hint="Choose another name.",
            )
        self._position = 2
        self.start = self._here.index
        return first.text

    def read_whole(self) -> Expression:
        """One expression, up to the end of the text."""
        expression = self._read_expression()
        if self._here.kind is not TokenKind.END:
            raise self._unexpected("the end of the cell")
        return expression

    @property
    def _here(self) -> Token:
        return self._tokens[self._position]

    def _take(self) -> Token:
        token = self._here
        if token.kind is not TokenKind.END:
            self._position += 1
        return token

    def _skip(self, sign: str) -> bool:
        if self._here.kind is TokenKind.SIGN and self._here.text == sign:
            self._position += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._skip(sign):
            raise self._unexpected(f"`{sign}`")

    def _unexpected(self, expected: str) -> CellError:
        found = f"`{self._here.text}`" if self._here.text else "the end of the cell"
        message = f"expected {expected}, found {found}"
        return CellError("expression", message, index=self._here.index)

    def _read_expression(self) -> Expression:
        if self._depth >= _DEEPEST:
            message = f"nested deeper than {_DEEPEST} levels"
            raise CellError("expression-too-deep", message, index=self._here.index)
        self._depth += 1
        try:
            return self._read_by_first_token()
        finally:
            self._depth -= 1

    def _read_by_first_token(self) -> Expression:
        token = self._take()
        if token.kind is TokenKind.STRING:
            return Literal(value=read_string(token), text=token.text)
        if token.kind is TokenKind.NUMBER:
            return Literal(value=read_number(token.text, index=token.index), text=token.text)
        if token.kind is TokenKind.NAME:
            return self._read_name(token)
        if token.text == "[":
            return self._read_array(token)
        if token.text == "{":
            return self._read_object(token)
        self._position -= token.kind is not TokenKind.END
        raise self._unexpected("a value or a call")

    def _read_name(self, token: Token) -> Expression:
        if token.text in _CONSTANTS:
            return Literal(value=_CONSTANTS[token.text], text=token.text)
        if token.text in _FOREIGN:
            json = _FOREIGN[token.text]
            message = f"{token.text} is no JSON value"
            hint = f"Write {json}." if json else "JSON has no numbers that are not finite."
            raise CellError("value-foreign", message, index=token.index, hint=hint)
        qualifier = token.text if re.fullmatch(_COMPONENT, token.text) else ""
        if qualifier and self._skip("."):
            return self._read_chain(Name(name=self._take_name()), component=qualifier)
        return self._read_chain(Name(name=token.text), component="")

    def _read_chain(self, first: Name, *, component: str) -> Expression:
        """What follows a name: attributes and calls; the first call carries the qualifier."""
        chain: Expression = first
        while True:
            if self._skip("."):
                chain = Attribute(of=chain, name=self._take_name())
            elif isinstance(chain, Name | Attribute) and self._skip("("):
                chain = self._read_arguments(chain, component=component)
                component = ""
            elif component:
                raise self._unexpected(f"`(`, a call of a function of {component}")
            else:
                return chain

    def _take_name(self) -> str:
        if self._here.kind is not TokenKind.NAME:
            raise self._unexpected("a name")
        return self._take().text

    def _read_arguments(self, function: Name | Attribute, *, component: str) -> Call:
        arguments: list[Expression] = []
        named: list[tuple[str, Expression]] = []

        def read_argument() -> None:
            following = self._tokens[min(self._position + 1, len(self._tokens) - 1)]
            if self._here.kind is TokenKind.NAME and following.text == "=":
                name = self._take_name_once([each for each, _ in named])
                self._expect("=")
                named.append((name, self._read_expression()))
            elif named:
                raise self._unexpected("an argument with a name, after the first that has one")
            else:
                arguments.append(self._read_expression())

        self._read_list(")", read_argument)
        return Call(
            function=function,
            arguments=tuple(arguments),
            named=tuple(named),
            component=component,
        )

    def _take_name_once(self, taken: list[str]) -> str:
        if self._here.text in taken:
            message = f"the argument {self._here.text} is given twice"
            raise CellError("argument-twice", message, index=self._here.index)
        return self._take_name()

    def _read_array(self, opening: Token) -> Literal | ArrayOf:
        items: list[Expression] = []
        self._read_list("]", lambda: items.append(self._read_expression()))
        values = [item for item in items if isinstance(item, Literal)]
        if len(values) < len(items):
            return ArrayOf(items=tuple(items))
        return Literal(value=[item.value for item in values], text=self._since(opening))

    def _read_object(self, opening: Token) -> Literal | ObjectOf:
        items: dict[str, Expression] = {}

        def read_member() -> None:
            token = self._take()
            if token.kind is not TokenKind.STRING:
                self._position -= token.kind is not TokenKind.END
                raise self._unexpected("a key in double quotes")
            key = read_string(token)
            if key in items:
                message = f"the key {token.text} is there twice"
                raise CellError("key-twice", message, index=token.index)
            self._expect(":")
            items[key] = self._read_expression()

        self._read_list("}", read_member)
        values = {k: item.value for k, item in items.items() if isinstance(item, Literal)}
        if len(values) < len(items):
            return ObjectOf(items=tuple(items.items()))
        return Literal(value=values, text=self._since(opening))

    def _read_list(self, closing: str, read_one: Callable[[], None]) -> None:
        """Items with commas between them, up to the closing sign."""
        if self._skip(closing):
            return
        read_one()
        while self._skip(","):
            read_one()
        self._expect(closing)

    def _since(self, opening: Token) -> str:
        return self._text[opening.index : self._tokens[self._position - 1].end]
