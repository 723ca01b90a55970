"""Expanding a template against captures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bcdsl.pattern.template import Crash, Reference, TemplatePart, read_template


class TemplateError(ValueError):
    """Raised for a template that crashes Pachyderm, whether or not a path matched."""


@lru_cache(maxsize=1024)
def _parts(template: str) -> tuple[TemplatePart, ...]:
    return read_template(template)


def expand(template: str, captures: Sequence[str]) -> str:
    """Return the template with its references filled in; a missing capture is empty."""
    texts = []
    for part in _parts(template):
        match part:
            case str():
                texts.append(part)
            case Reference(number=number):
                texts.append(captures[number] if number < len(captures) else "")
            case Crash(digits=digits):
                raise TemplateError(f"the reference `${digits}` crashes Pachyderm")
    return "".join(texts)
