"""What would be destroyed, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.plan.destroy import Destroyed, Destruction
from bcdslc.view.steps_text import counted
from bcdslc.view.table import table


def destruction_text(what: Destruction) -> str:
    """Return what would be deleted, in order."""
    return "\n".join(_lines(what)) + "\n"


def _lines(what: Destruction) -> Iterator[str]:
    if what.empty:
        yield "nothing to destroy"
        return
    rows = [[f"- {name}", "with all it wrote"] for name in what.pipelines]
    rows += [[f"- repo {name}", "with its data"] for name in what.repos]
    yield from table(rows, indent="")
    yield ""
    numbers = ((len(what.pipelines), "pipeline"), (len(what.repos), "repo"))
    said = [counted(number, word) for number, word in numbers if number]
    yield f"{' and '.join(said)} to delete; this cannot be undone"


def destroyed_text(result: Destroyed) -> str:
    """Return what was deleted and what is left."""
    lines = [f"deleted: {', '.join(result.done)}"] if result.done else []
    if result.left:
        lines.append(f"left: {', '.join(result.left)}")
    return "\n".join(lines) + "\n"
