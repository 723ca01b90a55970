"""`512m` of memory is half a byte: `m` is a thousandth. Part 1.5 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.quantity import quantity
from bcdslc.rule.resources import sizes
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec

_LEAST = 1024 * 1024  # nothing runs in less than a mebibyte


def thousandths_of_bytes(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each size in thousandths of a byte, or of a few bytes in all."""
    for path, text in sizes(spec):
        value = quantity(text)
        if value is None:
            continue
        if text.endswith("m"):
            meant = text[:-1] + "M"
            yield Finding(
                path=path,
                message=f"`{text}` is {float(value):g} bytes: `m` is a thousandth",
                help=f"write `{meant}`",
                repair=Replace(path=path, value=meant, title=f"write `{meant}`"),
            )
        elif value < _LEAST and path[-1] == "memory" and value > 0:
            yield Finding(
                path=path,
                message=f"`{text}` of memory is {float(value):g} bytes: no program starts in that",
                help="write the unit too, `M` or `G`",
            )


RULE = Rule(code="BC741", kind=Kind.MISLEADS, severity=Severity.ERROR, check=thousandths_of_bytes)
