"""Lists in `[ ]` and mappings in `{ }`: not closed, closed twice, a comma left out.

Also patterns whose brackets YAML takes for its own.
"""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.source import Span
from bcdsl.yaml_accident.first_character import starts_with
from bcdsl.yaml_accident.quote import line_end, quote_fix, quoted
from bcdsl.yaml_accident.trouble import Trouble

NOT_CLOSED = "BC027"
IN_PATTERN = "BC028"
NOT_OPENED = "BC037"
NO_COMMA = "BC038"

_CLOSING = {"[": "]", "{": "}"}
_CLOSED = {"]": "the list", "}": "the mapping"}


def brackets(trouble: Trouble) -> Diagnostic | None:
    """Read the errors that name a bracket or a comma."""
    if "expected ',' or" in trouble.problem and "flow" in trouble.context:
        return _in_pattern(trouble) or _no_comma(trouble) or _not_closed(trouble)
    if "expected node content" in trouble.problem and "flow" in trouble.context:
        if trouble.char == ",":
            return trouble.found(
                NO_COMMA,
                "nothing stands before this comma",
                trouble.span(trouble.at, trouble.at + 1),
                "remove it",
            )
        return _not_closed(trouble)
    if trouble.char and trouble.char in "]}" and trouble.problem.startswith("did not find"):
        return trouble.found(
            NOT_OPENED,
            f"`{trouble.char}` closes nothing",
            trouble.span(trouble.at, trouble.at + 1),
            "remove it, or put quotes around the text that it belongs to",
        )
    return None


def closed_early(trouble: Trouble) -> Diagnostic | None:
    """Read `[a:/b], c]`: a bracket of the text ends the list, and a comma goes on."""
    if trouble.char != "," or not trouble.problem.startswith("did not find expected"):
        return None
    before = trouble.before.rstrip(" ")
    if "flow" in trouble.context or before[-1:] not in ("]", "}"):
        return None
    at = trouble.at - len(trouble.before) + len(before) - 1
    return trouble.found(
        NOT_OPENED,
        f"`{before[-1]}` ends {_CLOSED[before[-1]]} here, and more follows",
        trouble.span(at, at + 1),
        "remove it, or put quotes around the text that it belongs to",
    )


def _in_pattern(trouble: Trouble) -> Diagnostic | None:
    """Find `[a:/{x,y}]` and `[a:/[0-9]]`: the bracket goes on with a plain text."""
    last = trouble.last
    if trouble.char not in _CLOSING or last is None or last.style or last.end != trouble.at:
        return None
    return in_pattern(trouble, last.start, trouble.at + 1)


def in_pattern(trouble: Trouble, start: int, end: int) -> Diagnostic:
    """Return the problem of a text in which YAML takes what ends at `end` for its own."""
    place = trouble.span(trouble.at, end)
    ends = place.text[-1:] in (",", "]", "}")  # what the author wrote further on is not known
    whole = None if ends else _pattern_around(trouble, start)
    return trouble.found(
        IN_PATTERN,
        f"inside `[ ]` and `{{ }}` a text without quotes may not hold `{place.text}`",
        place,
        f"write {quoted(whole.text)}" if whole else "put quotes around the text",
        quote_fix(whole) if whole else None,
    )


def _pattern_around(trouble: Trouble, start: int) -> Span | None:
    """Return the text up to the first comma, blank or closing bracket that is not the pattern's."""
    text = trouble.source.text
    level = 0
    end = trouble.at
    for end in range(trouble.at, line_end(trouble.source, trouble.at)):
        char = text[end]
        if char in "[{":
            level += 1
        elif char in "]}":
            level -= 1
            if level < 0:
                return Span(trouble.source, start, end)
        elif level == 0 and char in ", \t":
            return Span(trouble.source, start, end)
        elif char in "'\"#":
            return None
    return None


def _no_comma(trouble: Trouble) -> Diagnostic | None:
    if not trouble.char or trouble.char in "]}\r\n" or not trouble.same_line(trouble.since):
        return None
    last = trouble.last
    if last is not None and last.style == "" and trouble.char == ":" and " " in last.text:
        place = last.span
    else:
        place = trouble.span(trouble.at, trouble.at + 1)
    return trouble.found(
        NO_COMMA,
        "a comma is missing here",
        place,
        "put `, ` between the two, or quotes around the whole if it is one text",
    )


def _not_closed(trouble: Trouble) -> Diagnostic:
    opening = trouble.source.text[trouble.since : trouble.since + 1]
    if opening in ("-", "?"):
        return starts_with(trouble, trouble.since)
    at = trouble.span(trouble.at, trouble.at + 1)
    wanted = _CLOSING.get(opening, "]")
    if trouble.char and trouble.char in "]}":
        message, label = f"`{opening}` is closed by `{trouble.char}`", "here"
    else:
        message, label = f"`{opening}` is not closed", "here at the latest"
    return Diagnostic(
        code=NOT_CLOSED,
        message=message,
        span=trouble.span(trouble.since, trouble.since + 1),
        labels=(Label(at, label),),
        help=f"put `{wanted}` where it ends",
    )
