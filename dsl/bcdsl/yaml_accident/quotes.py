"""Quotes: never closed, closed too early, and backslashes that YAML does not know."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.yaml_accident.trouble import Trouble

NOT_CLOSED = "BC030"
TEXT_AFTER = "BC031"
ESCAPE = "BC032"


def quotes(trouble: Trouble) -> Diagnostic | None:
    """Read the errors in and behind a quoted text."""
    if "quoted scalar" in trouble.context:
        if "document indicator" in trouble.problem or "end of stream" in trouble.problem:
            return _not_closed(trouble, trouble.since)
        return _escape(trouble)
    last = trouble.last
    if last is None or last.style not in ("'", '"') or last.end > trouble.at:
        return None
    if trouble.source.text[last.end : trouble.at].strip(" \t"):
        return None
    if trouble.char == ":" and trouble.same_line(last.start):
        return None  # a second colon on one line
    if not trouble.same_line(last.start):
        return _not_closed(trouble, last.start)
    if trouble.problem.startswith("did not find expected") and "flow" not in trouble.context:
        return trouble.found(
            TEXT_AFTER,
            "text follows the closing quote",
            trouble.span(trouble.at, trouble.at + 1),
            f"put the whole value in quotes; inside them {_double(last.style)}",
        )
    return None


def _double(quote: str) -> str:
    return "write `''` for `'`" if quote == "'" else 'write `\\"` for `"`'


def _not_closed(trouble: Trouble, start: int) -> Diagnostic:
    quote = trouble.source.text[start : start + 1]
    return trouble.found(
        NOT_CLOSED,
        f"the quote `{quote}` that opens here is not closed on its line",
        trouble.span(start, start + 1),
        f"put `{quote}` where the text ends; inside it {_double(quote)}",
    )


def _escape(trouble: Trouble) -> Diagnostic:
    text = trouble.source.text
    at = text.rfind("\\", trouble.since, trouble.at + 1)
    at = trouble.at if at < 0 else at
    return trouble.found(
        ESCAPE,
        f"`{text[at : at + 2]}` means nothing inside double quotes",
        trouble.span(at, at + 2),
        "write `\\\\` for a backslash, or use single quotes, in which it is itself",
    )
