"""Indentation: tabs, lines that fit no line above, a list on the line of its key."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.yaml_accident.quote import line_end, line_start
from bcdsl.yaml_accident.trouble import Trouble

TAB = "BC012"
FITS_NOTHING = "BC026"
LIST_ON_KEY_LINE = "BC036"


def tab(trouble: Trouble) -> Diagnostic | None:
    """Find a tab in the indentation of the lines where reading ended."""
    text = trouble.source.text
    at = trouble.at if trouble.char == "\t" else -1
    for place in (trouble.at, trouble.since):
        start = line_start(trouble.source, place)
        end = line_end(trouble.source, place)
        blank = text[start:end][: end - start - len(text[start:end].lstrip(" \t"))]
        if at < 0 and "\t" in blank:
            at = start + blank.index("\t")
    if at < 0:
        return None
    return trouble.found(
        TAB,
        "a tab may not indent a line in YAML",
        trouble.span(at, at + 1),
        "use blanks: two for each level",
    )


def list_on_key_line(trouble: Trouble) -> Diagnostic | None:
    """Find `a: - b`."""
    if "block sequence entries are not allowed" not in trouble.problem:
        return None
    return trouble.found(
        LIST_ON_KEY_LINE,
        "a list may not start on the line of its key",
        trouble.span(trouble.at, trouble.at + 1),
        "write each `- item` on a line of its own below the key, or `[item, item]`",
    )


def fits_nothing(trouble: Trouble) -> Diagnostic | None:
    """Find a line whose indentation is that of no line above, or whose kind is not theirs."""
    expected = ("expected key", "expected '-' indicator", "expected <document start>")
    if not trouble.starts_line() or not any(word in trouble.problem for word in expected):
        return None
    text = trouble.source.text
    line = trouble.span(trouble.at, line_end(trouble.source, trouble.at))
    column = trouble.at - line_start(trouble.source, trouble.at)
    opened = trouble.since - line_start(trouble.source, trouble.since)
    is_item = text[trouble.at : trouble.at + 2] in ("- ", "-\n", "-")
    if "expected key" in trouble.problem and is_item and column == opened:
        message, advice = (
            "a list item stands among the keys of a mapping",
            "write it below the key it belongs to, or make it a `key: value`",
        )
    elif "'-'" in trouble.problem and column == opened:
        message, advice = (
            "a line without `- ` stands among the items of a list",
            "put `- ` before it, or indent it like the key it belongs to",
        )
    elif "document start" in trouble.problem:
        message, advice = (
            "the document has ended before this line",
            "indent it like the lines above, or start another document with `---`",
        )
    else:
        message, advice = (
            "the indentation of this line is that of no line above it",
            "start it in the same column as the lines it belongs with",
        )
    return trouble.found(FITS_NOTHING, message, line, advice)
