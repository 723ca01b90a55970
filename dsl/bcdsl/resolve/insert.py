"""Parameters put into texts: `<sensor>` in an image, a word, a value, the name of a repo."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.frozen import dataclass
from bcdsl.place import part
from bcdsl.resolve.scope import Scope
from bcdsl.source import Span, Spanned
from bcdsl.suggest import nearest
from bcdsl.yaml_tree import Scalar

NO_PARAMETER = "BC311"
UNPRINTABLE = "BC313"

_NAME = re.compile(r"<([A-Za-z_][A-Za-z0-9_]*)>", re.ASCII)


@dataclass(frozen=True, slots=True)
class Captured:
    """Where a name that is no parameter comes from: the input that captures it."""

    leaf: str
    joined: bool


# the captured names of a stage; asked for only where a name turns out to be no parameter
Captures = Callable[[], Mapping[str, Captured]]


def insert(scalar: Scalar, scope: Scope, captured: Captures | None = None) -> Spanned[str] | None:
    """Return a scalar's text with parameters put in, or None if one of them is none."""
    text = insert_text(scalar.text, scalar, 0, scope, captured)
    return None if text is None else Spanned(text, scalar.span)


def insert_text(
    text: str,
    scalar: Scalar,
    at: int,
    scope: Scope,
    captured: Captures | None = None,
) -> str | None:
    """Return a text that stands at an offset of a scalar, with parameters put in."""
    if "<" not in text:
        return text
    pieces: list[str] = []
    sound = True
    end = 0
    for found in _NAME.finditer(text):
        name = found[1]
        pieces.append(text[end : found.start()])
        end = found.end()
        value = scope.filled.get(name)
        scope.used.add(name)
        if value is not None:
            pieces.append(value.value)
            continue
        sound = False
        if name not in scope.unfilled:
            # quotes before it shift a word against the text that holds it
            start = max(scalar.text.find(found[0], at + found.start()), at)
            place = part(scalar, start, start + len(found[0]))
            scope.problems.append(_no_parameter(name, place, scope, captured))
    pieces.append(text[end:])
    return "".join(pieces) if sound else None


def _no_parameter(name: str, place: Span, scope: Scope, captured: Captures | None) -> Diagnostic:
    by = captured().get(name) if captured is not None else None
    if by is not None:
        if "<" in by.leaf:  # the repo's name is the input's, and cannot be told
            help_text = "name the input, `{NAME: …}`: the program finds the path in `$NAME`"
        else:
            help_text = f"the program finds the path in the variable `${by.leaf}`"
        if by.joined and "<" not in by.leaf:
            help_text += f", and the key in `$PACH_DATUM_{by.leaf}_JOIN_ON`"
        return error(
            NO_PARAMETER,
            f"`<{name}>` is part of a path and has another value in every datum",
            place,
            help_text,
        )
    known = [*scope.filled, *scope.unfilled]
    guess = nearest(name, known)
    advice = f"use `<{guess}>`" if guess else f"declare it: `params: {{{name}: …}}`"
    return error(NO_PARAMETER, f"no parameter is named `{name}`", place, advice)


def unprintable(name: str, value: Spanned[str]) -> Diagnostic | None:
    """Return what is wrong with a parameter's text anywhere."""
    if all(char.isprintable() for char in value.value):
        return None
    return error(
        UNPRINTABLE,
        f"the parameter `{name}` holds a character that cannot be printed",
        value.span,
        "take tabs, line ends and other control characters out",
        labels=(Label(value.span, "its value"),),
    )
