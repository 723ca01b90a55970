"""Texts that differ and mean the same: quantities, durations, times, templates, 32-bit floats."""

from __future__ import annotations

import re
import struct
from decimal import Decimal
from typing import Any

from bcdslc.rule.quantity import quantity
from bcdslc.spec.origin import Path

_NUMBERED = re.compile(r"\$\{([0-9]+)\}(?![0-9])")
RESOURCES = (
    "resourceRequests",
    "resourceLimits",
    "sidecarResourceRequests",
    "sidecarResourceLimits",
)
DURATIONS = ("datumTimeout", "jobTimeout", "maximumExpectedUptime")


def same(path: Path, one: Any, other: Any) -> bool:
    """Tell whether two values at a field mean the same to the server."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    match path:
        case (field, "memory" | "disk") if field in RESOURCES:
            return _equal(_quantity(one), _quantity(other))
        case (field, "cpu") if field in RESOURCES:
            return _single(one) == _single(other)
        case (field,) if field in DURATIONS:
            return _equal(_duration(one), _duration(other))
        case (*_, "pfs", "joinOn" | "groupBy"):
            return _template(one) == _template(other)
        case (*_, "cron", "start"):
            return _moment(one) == _moment(other)
    return False


def _equal(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and one == other


def _quantity(text: Any) -> Decimal | None:
    return quantity(text) if isinstance(text, str) else None


def _single(number: Any) -> bytes | None:
    """Return a number as the server keeps it."""
    try:
        return struct.pack("<f", float(number))
    except (OverflowError, ValueError, TypeError):
        return None


def _duration(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text).removesuffix("s"))
    except ArithmeticError:
        return None


def _template(text: Any) -> str:
    return _NUMBERED.sub(r"$\1", str(text))


def _moment(text: Any) -> object:
    from datetime import datetime

    whole, dot, rest = str(text).replace("Z", "+00:00").partition(".")
    if dot:
        found = re.match(r"([0-9]+)(.*)", rest)
        if found:
            whole += f".{found[1][:6]:0<6}{found[2]}"
    try:
        return datetime.fromisoformat(whole)
    except ValueError:
        return text
