"""Sizes in bytes: `1G`, `512Mi`, `100000`. A quantity that must come out whole."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.place import inner
from bcdsl.source import Spanned
from bcdsl.values.quantity import meant_quantity, read_quantity
from bcdsl.yaml_tree import Scalar

CODE = "BC129"


def read_size(scalar: Scalar) -> Spanned[int] | Diagnostic:
    """Return the number of bytes, or why a text is no size."""
    value = read_quantity(scalar.text)
    if value is None:
        meant = meant_quantity(scalar.text)
        return error(
            CODE,
            f"`{scalar.text}` is no size",
            scalar.span,
            f"write `{meant}`" if meant else "write a number of bytes, as `100M`, `1G` or `512Mi`",
            replace_with(inner(scalar), meant) if meant else None,
        )
    if value != value.to_integral_value() or not 0 < value < 2**63:
        return error(
            CODE,
            f"`{scalar.text}` is no whole number of bytes above 0",
            scalar.span,
            "write a number of bytes, as `100M`, `1G` or `512Mi`",
        )
    return Spanned(int(value), scalar.span)
