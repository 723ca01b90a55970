"""Amounts of cores, memory and disk: `a`, `a..`, `..b`, `a..b`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.grammar.parse import parse
from bcdsl.grammar.tree import Token, Unexpected
from bcdsl.model import Range
from bcdsl.place import part
from bcdsl.source import Spanned
from bcdsl.values.quantity import meant_quantity, read_quantity
from bcdsl.yaml_tree import Scalar

T = TypeVar("T")

NO_QUANTITY = "BC124"
NO_RANGE = "BC125"
NO_CORES = "BC130"

_LEAST = 10**6  # bytes; below, the unit is likely wrong as well
_CORES = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(m?)", re.ASCII)


def read_cores(scalar: Scalar, problems: list[Diagnostic]) -> Range[Decimal] | None:
    """Return a range of cores."""
    return _read(scalar, _cores, problems)


def read_bytes(scalar: Scalar, problems: list[Diagnostic]) -> Range[str] | None:
    """Return a range of quantities."""
    return _read(scalar, _bytes, problems)


def _read(
    scalar: Scalar,
    convert: Callable[[Scalar, Token], T | Diagnostic],
    problems: list[Diagnostic],
) -> Range[T] | None:
    tree = parse("range", scalar.text)
    if isinstance(tree, Unexpected):
        at = tree.at
        problems.append(
            error(
                NO_RANGE,
                f"`{scalar.text}` is neither an amount nor a range",
                part(scalar, at, len(scalar.text)) if at < len(scalar.text) else scalar.span,
                "write `a` or `a..` for what is requested, `..b` for the limit, `a..b` for both",
            )
        )
        return None
    ends: list[Spanned[T] | None] = []
    sound = True
    for rule in ("low", "high"):
        token = tree.token(rule)
        value = None if token is None else convert(scalar, token)
        if isinstance(value, Diagnostic):
            problems.append(value)
            sound = False
        elif token is not None and value is not None:
            ends.append(Spanned(value, part(scalar, token.start, token.end)))
            continue
        ends.append(None)
    return Range(low=ends[0], high=ends[1]) if sound else None


def _cores(scalar: Scalar, token: Token) -> Decimal | Diagnostic:
    place = part(scalar, token.start, token.end)
    found = _CORES.fullmatch(token.text)
    if found is None or len(token.text) > 30:
        return error(
            NO_CORES, f"`{token.text}` is no number of cores", place, "write `1`, `0.5` or `500m`"
        )
    value = Decimal(found[1]) / (1000 if found[2] else 1)
    if not 0 < value < 10**9:
        return error(
            NO_CORES, "a number of cores is more than 0", place, "write it, or take the key out"
        )
    return value


def _bytes(scalar: Scalar, token: Token) -> str | Diagnostic:
    place = part(scalar, token.start, token.end)
    value = read_quantity(token.text)
    if value is not None and value > 0:
        if value < 1:
            return error(
                NO_QUANTITY,
                f"`{token.text}` is less than one byte",
                place,
                f"write `{token.text[:-1]}M`" if token.text.endswith("m") else None,
            )
        return token.text
    if value is not None:
        return error(
            NO_QUANTITY, "an amount is more than 0", place, "write it, or take the key out"
        )
    meant = meant_quantity(token.text)
    size = None if meant is None else read_quantity(meant)
    likely = size is not None and size >= _LEAST
    return error(
        NO_QUANTITY,
        f"Kubernetes does not read `{token.text}`, and Pachyderm would drop it",
        place,
        (f"write `{meant}`" if likely else f"write `{meant}`, or a larger unit: `M`, `G`")
        if meant
        else "write a quantity, as `500M`, `4G` or `512Mi`",
        replace_with(place, meant) if meant and likely else None,
    )
