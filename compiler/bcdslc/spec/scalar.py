"""One JSON value to one scalar of a message, by the rules of protobuf's JSON form.

Each reader returns the value, or `WRONG` where the server would refuse it
(section 1.1 of the spec reference; protobuf-go: encoding/protojson/decode.go and
well_known_types.go).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from bcdslc.spec.field import Kind
from bcdslc.spec.seconds import MOST_SECONDS

WRONG: Final = object()

# a number as JSON writes it, at the start of a text and not followed by more of a word;
# what comes after is not looked at: the server's reader takes "1,2" for 1
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![-+._a-zA-Z0-9])")
_DURATION = re.compile(r"([-+]?)(0|[1-9][0-9]*|(?=\.))(?:\.([0-9]{0,9}))?s")
_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]+))?"
    r"(?:Z|[-+]([0-9]{2}):([0-9]{2}))"
)
_MOST_FLOAT32 = 3.4028235677973366e38  # from here on a 32-bit float overflows
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def string(value: object) -> Any:
    """Return a text; half a surrogate pair is no text."""
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            return WRONG
        return value
    return WRONG


def boolean(value: object) -> Any:
    """Return true or false: nothing else will do."""
    return value if value is True or value is False else WRONG


def integer(least: int, most: int) -> Callable[[object], Any]:
    """Return the reader of integers of one size: whole numbers, or texts that hold one."""

    def read(value: object) -> Any:
        if value.__class__ is int:
            return value if least <= value <= most else WRONG
        if isinstance(value, str):
            found = _NUMBER.match(value)
            if found is None or value != value.strip():
                return WRONG
            return _whole(found, least, most)
        if isinstance(value, float) and value.is_integer():
            return int(value) if least <= value <= most else WRONG
        return WRONG

    return read


def _whole(found: re.Match[str], least: int, most: int) -> Any:
    """Return the integer that a written number is, if it is one: `1.0` and `1e2` are."""
    whole, fraction, exponent = found.groups(default="")
    shift = max(-9999, min(int(exponent[1:9]), 9999)) if exponent else 0
    digits = (whole + fraction[1:].rstrip("0")).lstrip("-")
    shift -= len(fraction[1:].rstrip("0"))
    if shift < 0:
        if digits[shift:].strip("0"):
            return WRONG
        digits = digits[:shift] or "0"
    elif digits.strip("0"):
        if shift + len(digits) > 40:
            return WRONG
        digits += "0" * shift
    number = int(digits) * (-1 if whole.startswith("-") else 1)
    return number if least <= number <= most else WRONG


def real(value: object) -> Any:
    """Return a 32-bit float: a number, or a text that holds one or is `NaN` or `Infinity`."""
    if isinstance(value, str):
        if value in ("NaN", "Infinity", "-Infinity"):
            return float(value)
        found = _NUMBER.match(value)
        if found is None or value != value.strip():
            return WRONG
        value = float(found.group())
    elif (value.__class__ is not int and not isinstance(value, float)) or value is True:
        return WRONG
    return value if -_MOST_FLOAT32 < value < _MOST_FLOAT32 else WRONG


def duration(value: object) -> Any:
    """Return a duration as written: decimal seconds and `s`, no other unit."""
    if isinstance(value, str):
        found = _DURATION.fullmatch(value)
        if found and (len(found[2]) < 13 and int(found[2] or 0) <= MOST_SECONDS):
            return value
    return WRONG


def timestamp(value: object) -> Any:
    """Return a time as written, if it is one of RFC 3339 in the years 1 to 9999."""
    found = _TIMESTAMP.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return WRONG
    year, month, day, hour, minute, second = (int(found[part]) for part in range(1, 7))
    leap = month == 2 and ((year % 4 == 0 and year % 100 != 0) or year % 400 == 0)
    if not (year and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] + leap):
        return WRONG
    if hour > 23 or minute > 59 or second > 59 or len(found[7] or "") > 9:
        return WRONG
    if found[8] and (int(found[8]) > 24 or int(found[9]) > 60):
        return WRONG
    return value


def enumeration(names: tuple[str, ...]) -> Callable[[object], Any]:
    """Return the reader of an enum: an exact name, or a number."""
    number = integer(-(2**31), 2**31 - 1)

    def read(value: object) -> Any:
        if isinstance(value, str):
            return value if value in names else WRONG
        found = number(value)
        if found is WRONG or 0 <= found < len(names):
            return found if found is WRONG else names[found]
        return str(found)  # an unknown number is kept: the form is open

    return read


READERS: Final[dict[Kind, Callable[[object], Any]]] = {
    Kind.STRING: string,
    Kind.BOOL: boolean,
    Kind.INT32: integer(-(2**31), 2**31 - 1),
    Kind.INT64: integer(-(2**63), 2**63 - 1),
    Kind.UINT64: integer(0, 2**64 - 1),
    Kind.FLOAT: real,
    Kind.DURATION: duration,
    Kind.TIMESTAMP: timestamp,
}
