"""Templates (`join_on`, `group_by`): text in which `$n` and `${n}` stand for captures.

Pachyderm's library takes any decimal digits, and indexes element -1, so crashes, for a number
with a leading zero, of more than nine digits, or in other digits than ASCII's. `$$` is `$`; a
`$` before anything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdsl.pattern.flaw import Flaw

_REFERENCE = re.compile(r"\$(?:\$|(\d+)|\{(\d+)\})")


@dataclass(frozen=True, slots=True)
class Reference:
    """`$n`: the capture of that number."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Crash:
    """A reference that crashes Pachyderm."""

    digits: str
    start: int
    end: int


TemplatePart: TypeAlias = str | Reference | Crash


def read_template(text: str) -> tuple[TemplatePart, ...]:
    """Return the parts of a template: literal texts and references, in order."""
    parts: list[TemplatePart] = []
    literal, at = "", 0
    for found in _REFERENCE.finditer(text):
        literal += text[at : found.start()]
        at = found.end()
        digits = found[1] or found[2]
        if digits is None:
            literal += "$"
            continue
        if literal:
            parts.append(literal)
            literal = ""
        parts.append(_reference(digits, *found.span()))
    literal += text[at:]
    if literal:
        parts.append(literal)
    return tuple(parts)


def _reference(digits: str, start: int, end: int) -> Reference | Crash:
    plain = digits.isascii() and len(digits) <= 9 and (digits == "0" or digits[0] != "0")
    return Reference(int(digits), start, end) if plain else Crash(digits, start, end)


def crashes(text: str) -> Iterator[Flaw]:
    """Yield a flaw for each reference that crashes Pachyderm, whether or not a path matches."""
    for part in read_template(text):
        if isinstance(part, Crash):
            plain = part.digits.lstrip("0") or "0"
            yield Flaw(
                code="BC440",
                message=f"the reference `{text[part.start : part.end]}` crashes Pachyderm",
                start=part.start,
                end=part.end,
                help=f"write `${{{plain}}}`" if plain.isascii() and len(plain) <= 9 else None,
            )
