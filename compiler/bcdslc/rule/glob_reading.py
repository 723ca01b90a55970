"""What the rules ask of a glob, read once however many rules ask.

Most globs are `/`, `/*` or `/(*)`, of which all is known; the reader of patterns is imported
when another one comes, since its import takes longer than linting a hundred specs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import SourceFile, Span

if TYPE_CHECKING:
    from bcdsl.pattern.flaw import Flaw
    from bcdsl.pattern.tree import Node, Pattern

_SPECIAL = re.compile(r"[*?\[\]{}()!@+^|\\]")
_KNOWN = {"/*": 0, "*": 0, "/(*)": 1}  # globs without surprise, and their capture groups
_MEMORY = 1024


@lru_cache(maxsize=_MEMORY)
def reading(glob: str) -> tuple[Pattern | None, tuple[Diagnostic, ...]]:
    """Read a glob as Pachyderm does; None if it does not compile."""
    from bcdsl.pattern.read import read_pattern

    source = SourceFile("glob", glob)
    return read_pattern(glob, Span(source, 0, len(glob)), names=False)


def glob_problem(glob: str) -> Diagnostic | None:
    """Return why a glob does not compile, or None if it does."""
    if glob in _KNOWN or (not _SPECIAL.search(glob) and glob.isascii()):
        return None
    pattern, problems = reading(glob)
    if pattern is not None:
        return None
    return next((it for it in problems if it.severity is Severity.ERROR), problems[0])


@lru_cache(maxsize=_MEMORY)
def glob_surprises(glob: str) -> tuple[Flaw, ...]:
    """Return where a glob that compiles does something else than it seems to say."""
    if glob in _KNOWN or not _SPECIAL.search(glob):
        return ()
    from bcdsl.pattern.surprises.find import surprises

    pattern, _ = reading(glob)
    return () if pattern is None else surprises(pattern, raw=True)


def is_literal(glob: str) -> bool:
    """Whether a glob matches one path at most, `/` for instance."""
    return not _SPECIAL.search(glob)


def captures(glob: str) -> int | None:
    """Return the number of a glob's capture groups; None if it does not compile."""
    if glob in _KNOWN:
        return _KNOWN[glob]
    if "(" not in glob:
        return 0
    pattern, _ = reading(glob)
    return None if pattern is None else _count(pattern.nodes)


def _count(nodes: tuple[Node, ...]) -> int:
    from bcdsl.pattern.tree import Braces, Group

    total = 0
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, (Group, Braces)):
            total += isinstance(node, Group)
            for alternative in node.alternatives:
                todo.extend(alternative)
    return total
