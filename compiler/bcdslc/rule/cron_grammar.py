"""Cron schedules as the server reads them: five fields, descriptors, `@never`.

robfig/cron v1.2.0: parser.go; pachyderm: src/internal/cronutil/cronutil.go. A field may hold
odd things (`,` alone, `*-x`): this reads them as that library does.
"""

from __future__ import annotations

import re

from bcdsl.frozen import dataclass
from bcdslc.rule.go_duration import duration_error
from bcdslc.rule.go_text import quoted

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_WORDS = ("yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly")
_INTEGER = re.compile(r"[-+]?[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    least: int
    most: int
    names: tuple[str, ...] = ()
    first: int = 0  # the number of the first name


_FIELDS = (
    _Field(least=0, most=59),
    _Field(least=0, most=23),
    _Field(least=1, most=31),
    _Field(least=1, most=12, names=_MONTHS, first=1),
    _Field(least=0, most=6, names=_DAYS),
)


def cron_error(text: str) -> str | None:
    """Return the server's words about a schedule that it does not read, or None."""
    if text.strip() == "@never":
        return None
    if not text:
        return "Empty spec string"
    if text.startswith("@"):
        return _descriptor(text)
    parts = text.split()
    if len(parts) != len(_FIELDS):
        return f"Expected exactly 5 fields, found {len(parts)}: {text}"
    for part, field in zip(parts, _FIELDS, strict=True):
        for piece in part.split(","):
            if piece:
                wrong = _range(piece, field)
                if wrong:
                    return wrong
    return None


def _descriptor(text: str) -> str | None:
    if text[1:] in _WORDS:
        return None
    if text.startswith("@every "):
        wrong = duration_error(text[len("@every ") :])
        return f"Failed to parse duration {text}: {wrong}" if wrong else None
    return f"Unrecognized descriptor: {text}"


def _range(text: str, field: _Field) -> str | None:
    """Return what is wrong with one `number`, `number-number` or `*`, each with `/step`."""
    parts = text.split("/")
    ends = parts[0].split("-")
    start: int | str
    end: int | str
    if ends[0] in ("*", "?"):
        start, end = field.least, field.most
    else:
        start = _number(ends[0], field)
        if isinstance(start, str):
            return start
        if len(ends) > 2:
            return f"Too many hyphens: {text}"
        end = start if len(ends) == 1 else _number(ends[1], field)
        if isinstance(end, str):
            return end
    return _bounds(text, field, parts, start, field.most if _open(parts, ends) else end)


def _open(parts: list[str], ends: list[str]) -> bool:
    """Whether `5/10` is meant: it runs to the field's end."""
    return len(parts) == 2 and len(ends) == 1


def _bounds(text: str, field: _Field, parts: list[str], start: int, end: int) -> str | None:
    step: int | str = 1
    if len(parts) == 2:
        step = _integer(parts[1])
        if isinstance(step, str):
            return step
    elif len(parts) > 2:
        return f"Too many slashes: {text}"
    if start < field.least:
        return f"Beginning of range ({start}) below minimum ({field.least}): {text}"
    if end > field.most:
        return f"End of range ({end}) above maximum ({field.most}): {text}"
    if start > end:
        return f"Beginning of range ({start}) beyond end of range ({end}): {text}"
    if step == 0:
        return f"Step of range should be a positive number: {text}"
    return None


def _number(text: str, field: _Field) -> int | str:
    """Return the number that a text or a name stands for, or what is wrong with it."""
    if text.lower() in field.names:
        return field.names.index(text.lower()) + field.first
    return _integer(text)


def _integer(text: str) -> int | str:
    wrong = None
    if not text.isascii() or not _INTEGER.fullmatch(text):
        wrong = "invalid syntax"
    elif len(text) > 20 or not -(2**63) <= int(text) < 2**63:
        wrong = "value out of range"
    if wrong:
        return f"Failed to parse int from {text}: strconv.Atoi: parsing {quoted(text)}: {wrong}"
    number = int(text)
    return f"Negative number ({number}) not allowed: {text}" if number < 0 else number
