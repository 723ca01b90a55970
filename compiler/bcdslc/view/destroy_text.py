"""What would be destroyed, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.plan.destroy import Destroyed, Destruction


def destruction_text(what: Destruction) -> str:
    """Return what would be deleted, in order."""
    return "\n".join(_lines(what)) + "\n"


def _lines(what: Destruction) -> Iterator[str]:
    if what.empty:
        yield "nothing to destroy"
        return
    for name in what.pipelines:
        yield f"- {name}   with its output"
    for name in what.repos:
        yield f"- repo {name}   with its data"
    yield ""
    count = len(what.pipelines)
    words = [f"{count} pipeline{'' if count == 1 else 's'}"] if count else []
    if what.repos:
        words.append(f"{len(what.repos)} repo{'' if len(what.repos) == 1 else 's'}")
    yield f"{' and '.join(words)} to delete; this cannot be undone"


def destroyed_text(result: Destroyed) -> str:
    """Return what was deleted and what is left."""
    lines = [f"deleted: {', '.join(result.done)}"] if result.done else []
    if result.left:
        lines.append(f"left: {', '.join(result.left)}")
    return "\n".join(lines) + "\n"
