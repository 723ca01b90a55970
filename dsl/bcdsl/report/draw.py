"""From problems to the text that is printed, in one of five formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from bcdsl.diagnostic import Diagnostic
from bcdsl.report.order import in_order, worst_first

LIMIT = 50  # problems shown on a terminal; the rest is counted


class Format(str, Enum):
    """How problems are written; the values are what `--format` takes."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def draw(
    problems: Iterable[Diagnostic],
    format: Format = Format.TEXT,
    *,
    color: bool = False,
    limit: int = LIMIT,
    by_format: bool = False,
) -> str:
    """Return the problems in order, each cause once, without a final line end.

    JSON and SARIF are whole documents, also for no problems; the other formats are empty then.
    Only `text` leaves problems out, and counts them; with `by_format` it names `--format`.
    """
    ordered = in_order(problems)
    if format is Format.JSON:
        from bcdsl.report.as_json import as_json

        return as_json(ordered)
    if format is Format.SARIF:
        from bcdsl.explain.index import load
        from bcdsl.report.sarif import as_sarif

        return as_sarif(ordered, load())
    if not ordered:
        return ""
    if format is Format.CONCISE:
        from bcdsl.report.concise import as_line

        return "\n".join(as_line(problem) for problem in ordered)
    if format is Format.GITHUB:
        return _github(ordered)
    return _text(ordered, color, limit, by_format)


def _text(ordered: Sequence[Diagnostic], color: bool, limit: int, by_format: bool) -> str:
    from bcdsl.report.paint import Paint
    from bcdsl.report.summary import summary
    from bcdsl.report.text import as_text

    paint = Paint(color)
    kept = set(map(id, worst_first(ordered)[:limit]))  # a cap never hides an error for a hint
    parts = [as_text(problem, paint) for problem in ordered if id(problem) in kept]
    parts.append(summary(ordered, len(ordered) - len(kept), by_format))
    return "\n\n".join(parts)


def _github(ordered: Sequence[Diagnostic]) -> str:
    from bcdsl.report.github import as_annotation
    from bcdsl.report.summary import in_words

    lines = [as_annotation(problem) for problem in worst_first(ordered)]
    return "\n".join([*lines, in_words(ordered)])


def wants_color(choice: str, terminal: bool, environment: Mapping[str, str]) -> bool:
    """Return whether to colour: as told, else on a terminal unless `NO_COLOR` or `TERM=dumb`."""
    if choice != "auto":
        return choice == "always"
    return terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
