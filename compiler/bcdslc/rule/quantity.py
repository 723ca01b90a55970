"""Kubernetes quantities with a sign, which a spec may have and our language does not."""

from __future__ import annotations

from decimal import Decimal

from bcdsl.values.quantity import read_quantity


def quantity(text: str) -> Decimal | None:
    """Return the value of a quantity, or None if Kubernetes does not read it."""
    if text[:1] not in ("+", "-"):
        return read_quantity(text)
    value = read_quantity(text[1:])
    return -value if value is not None and text[0] == "-" else value
