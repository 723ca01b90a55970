"""Groups that are never closed, and closers that close nothing: both are accepted."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.group_in_braces import group_in_braces
from bcdsl.pattern.surprises.scan import unescaped
from bcdsl.pattern.tree import Braces, Group, Pattern, Text
from bcdsl.pattern.walk import walk

CODE = "BC431"


def unclosed(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each group that only the end closes, and each closer that is a mere character."""
    if any(True for _ in group_in_braces(pattern)):
        return  # what is unclosed there is closed as its author sees it
    for node in walk(pattern.nodes):
        if isinstance(node, Group | Braces) and node.closer == "" and not _opaque(pattern, node):
            closer = "}" if isinstance(node, Braces) else ")"
            yield _flaw(
                pattern,
                node.start,
                "is never closed, so the group goes on to the end",
                f"close it with `{closer}`, or escape it for the character",
            )
        elif isinstance(node, Text):
            at = stray_closer(pattern, node)
            if at is not None:
                yield _flaw(
                    pattern,
                    at,
                    "closes nothing here and is a mere character",
                    "take it out: no path in Pachyderm holds it",
                )


def stray_closer(pattern: Pattern, node: Text) -> int | None:
    """Return where an unescaped closer stands in a text, None if there is none."""
    if opaque_run(pattern, node):
        return None
    return _closer(pattern, node)


def opaque_run(pattern: Pattern, node: Text) -> bool:
    """Say whether the text starts with a bare `@ ! + ^`, after which `)` and `|` are text."""
    return pattern.text[node.start : node.start + 1] in ("@", "!", "+", "^")


def _opaque(pattern: Pattern, node: Group | Braces) -> bool:
    """Say whether the closer is there, in a text that does not stop at it."""
    return any(
        isinstance(inner, Text)
        and opaque_run(pattern, inner)
        and _closer(pattern, inner) is not None
        for inner in walk((node,))
    )


def _closer(pattern: Pattern, node: Text) -> int | None:
    written = unescaped(pattern, node.start, node.end)
    return next((at for at, char in written if char in ")}]"), None)


def _flaw(pattern: Pattern, at: int, what: str, help: str) -> Flaw:
    return Flaw(
        code=CODE,
        message=f"`{pattern.text[at]}` {what}",
        start=at,
        end=at + 1,
        help=help,
        severity=Severity.WARNING,
    )
