"""Text that no path in Pachyderm can hold, so that the pattern matches nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.unclosed import stray_closer
from bcdsl.pattern.tree import Pattern, Text
from bcdsl.pattern.walk import walk

CODE = "BC427"

FORBIDDEN = "*?[]{}!()@+^"  # pachyderm: src/internal/storage/paths.go


def forbidden_character(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each text that holds a character which paths may not have."""
    for node in walk(pattern.nodes):
        if not isinstance(node, Text) or stray_closer(pattern, node) is not None:
            continue
        bad = next((c for c in node.text if c in FORBIDDEN or not " " <= c <= "~"), None)
        if bad is not None:
            shown = bad if " " <= bad <= "~" else f"U+{ord(bad):04X}"
            yield Flaw(
                code=CODE,
                message=f"no path in Pachyderm holds `{shown}`, so this matches nothing",
                start=node.start,
                end=node.end,
                help=f"write `?` where any character stands, or take `{shown}` out",
                severity=Severity.WARNING,
            )
