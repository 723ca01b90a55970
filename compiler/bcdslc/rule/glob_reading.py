"""What the rules ask of a glob, read once however many rules ask."""

from __future__ import annotations

import re
from functools import lru_cache

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.pattern.read import read_pattern
from bcdsl.pattern.tree import Braces, Group, Node, Pattern
from bcdsl.source import SourceFile, Span

_SPECIAL = re.compile(r"[*?\[\]{}()!@+^|\\]")
_MEMORY = 1024  # globs recur: `/*` and `/` are most of all there are


@lru_cache(maxsize=_MEMORY)
def reading(glob: str) -> tuple[Pattern | None, tuple[Diagnostic, ...]]:
    """Read a glob as Pachyderm does; None if it does not compile."""
    source = SourceFile("glob", glob)
    return read_pattern(glob, Span(source, 0, len(glob)), names=False)


def glob_problem(glob: str) -> Diagnostic | None:
    """Return why a glob does not compile, or None if it does."""
    if not _SPECIAL.search(glob) and glob.isascii():
        return None
    pattern, problems = reading(glob)
    if pattern is not None:
        return None
    return next((it for it in problems if it.severity is Severity.ERROR), problems[0])


def is_literal(glob: str) -> bool:
    """Whether a glob matches one path at most, `/` for instance."""
    return not _SPECIAL.search(glob)


def captures(glob: str) -> int | None:
    """Return the number of a glob's capture groups; None if it does not compile."""
    if "(" not in glob:
        return 0
    pattern, _ = reading(glob)
    return None if pattern is None else _count(pattern.nodes)


def _count(nodes: tuple[Node, ...]) -> int:
    total = 0
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, (Group, Braces)):
            total += isinstance(node, Group)
            for alternative in node.alternatives:
                todo.extend(alternative)
    return total
