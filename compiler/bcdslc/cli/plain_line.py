"""A command line that needs no typer: the values of a command's parameters, or None.

To import typer takes twice as long as to read and check a document, and most command lines need
nothing of it: words that stand for themselves, and options that are spelled in full. Those are read
here, by the declarations that typer goes by, too. Help, mistakes, `--`, `-oFILE` and whatever else
is not plain is left to typer; where both can read a line, they find the same in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any

from bcdsl.frozen import dataclass
from bcdslc.cli.declare import Argument, Option

_REQUIRED: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parameter:
    name: str
    declared: Option | Argument
    kind: type
    many: bool
    required: bool


class _NotPlainError(Exception):
    """Typer has to look at it."""


def values_of(command: Callable[..., Any], words: Iterable[str]) -> dict[str, Any] | None:
    """Return the values that a command line gives to a command, or None if typer must read it."""
    try:
        return _read(tuple(_parameters(command)), iter(words))
    except _NotPlainError:
        return None


def _parameters(command: Any) -> Iterator[_Parameter]:
    """Yield the parameters of a command, from its signature (`inspect` is slow to import)."""
    while hasattr(command, "__wrapped__"):
        command = command.__wrapped__
    names = command.__code__.co_varnames[: command.__code__.co_argcount]
    optional = names[len(names) - len(command.__defaults__ or ()) :]
    for name in names:
        hint = command.__annotations__[name]
        declared = getattr(hint, "__metadata__", (None,))[0]
        if not isinstance(declared, Option | Argument):
            raise _NotPlainError
        kind = hint.__origin__
        if type(None) in getattr(kind, "__args__", ()):  # `list[str] | None`
            kind = kind.__args__[0]
        many = getattr(kind, "__origin__", None) is list
        yield _Parameter(
            name=name,
            declared=declared,
            kind=kind.__args__[0] if many else kind,
            many=many,
            required=name not in optional,
        )


def _read(parameters: tuple[_Parameter, ...], words: Iterator[str]) -> dict[str, Any]:
    options = {
        spelling: each
        for each in parameters
        if isinstance(each.declared, Option)
        for spelling in each.declared.names or (f"--{each.name.replace('_', '-')}",)
    }
    values: dict[str, Any] = {}
    operands: list[str] = []
    for word in words:
        if _is_operand(word):
            operands.append(word)
            continue
        spelling, equals, rest = word.partition("=")
        option = options.get(spelling)
        if option is None or (equals and not spelling.startswith("--")):
            raise _NotPlainError
        if option.kind is bool:
            if equals:
                raise _NotPlainError
            values[option.name] = True
        else:
            _set(values, option, rest if equals else _next_operand(words))
    for argument in parameters:
        if isinstance(argument.declared, Argument):
            _fill(values, argument, operands)
    if operands or any(each.required and each.name not in values for each in parameters):
        raise _NotPlainError
    return values


def _is_operand(word: str) -> bool:
    return not word.startswith("-") or word == "-"


def _next_operand(words: Iterator[str]) -> str:
    word = next(words, "--")
    if not _is_operand(word):
        raise _NotPlainError
    return word


def _fill(values: dict[str, Any], argument: _Parameter, operands: list[str]) -> None:
    """Move the operands that an argument takes to the values."""
    taken = operands[:] if argument.many else operands[:1]
    del operands[: len(taken)]
    for word in taken:
        _set(values, argument, word)


def _set(values: dict[str, Any], parameter: _Parameter, word: str) -> None:
    value = _value(parameter, word)
    if parameter.many:
        values.setdefault(parameter.name, []).append(value)
    else:
        values[parameter.name] = value


def _value(parameter: _Parameter, word: str) -> Any:
    kind = parameter.kind
    if kind is str:
        return word
    if kind is int and word.isascii() and word.isdecimal():
        least = parameter.declared.min if isinstance(parameter.declared, Option) else None
        if least is None or int(word) >= least:
            return int(word)
    if issubclass(kind, Enum):
        for member in kind:
            if member.value == word:
                return member
    raise _NotPlainError
