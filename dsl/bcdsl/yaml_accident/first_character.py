"""A plain value may not start with a character that is YAML's own."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.yaml_accident.quote import line_start, quote_fix, quoted
from bcdsl.yaml_accident.trouble import Trouble, value_from

CODE = "BC023"

_MEANING = {
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag",
    "%": "a directive",
    "@": "reserved",
    "`": "reserved",
    "{": "a mapping",
    "[": "a list",
    "|": "a text on the lines below",
    ">": "a text on the lines below",
    ",": "the end of an item",
    "]": "the end of a list",
    "}": "the end of a mapping",
}
_IN_BRACKETS = {"-": "an item of a list", "?": "a key"}


def first_character(trouble: Trouble) -> Diagnostic | None:
    """Read an error as a value that starts with a character of YAML's own."""
    start = _start(trouble)
    if start is None or trouble.source.text[start : start + 1] not in _MEANING:
        return None
    return starts_with(trouble, start)


def starts_with(trouble: Trouble, start: int) -> Diagnostic:
    """Return the problem of a plain value that starts so."""
    value, inside = value_from(trouble, start)
    char = trouble.source.text[start]
    meaning = _MEANING.get(char) or _IN_BRACKETS[char]
    name = "a backtick" if char == "`" else f"`{char}`"
    return trouble.found(
        CODE,
        f"a plain value may not start with {name}: to YAML that is {meaning}",
        trouble.span(start, start + 1),
        f"put quotes around it: {quoted(value.text) or 'the whole value'}",
        None if inside else quote_fix(value),
    )


def _start(trouble: Trouble) -> int | None:
    text = trouble.source.text
    if "cannot start any token" in trouble.problem and trouble.char in _MEANING:
        return trouble.at
    if any(word in trouble.context for word in ("an alias", "an anchor", "a tag")):
        if text[trouble.since - 1 : trouble.since].strip(" \n[{,"):
            return _value_start(trouble)  # `[0-9]*`: the list ended, and an alias seems to start
        return trouble.since if text[trouble.since : trouble.since + 1] in _MEANING else None
    if "undefined tag handle" in trouble.problem:
        return trouble.at if trouble.char in _MEANING else None
    if "expected node content" in trouble.problem:
        block = "block" in trouble.context
        return trouble.at if block and trouble.char in _MEANING else None
    if trouble.starts_line() or not trouble.problem.startswith("did not find expected"):
        return None
    if "flow" in trouble.context or trouble.char in ("]", "}"):
        return None
    start = _value_start(trouble)
    return start if text[start : start + 1] in ("{", "[", "*", "&", "!") else None


def _value_start(trouble: Trouble) -> int:
    """Return where the value of the line starts: behind its key, or behind its dash."""
    before = trouble.before
    at = len(before) - len(before.lstrip(" "))
    while before[at : at + 2] == "- ":
        at += 2 + len(before[at + 2 :]) - len(before[at + 2 :].lstrip(" "))
    colon = before.find(": ", at)
    opening = min((i for i in map(before.find, "[{\"'") if i >= at), default=len(before))
    if 0 <= colon < opening:
        rest = before[colon + 1 :]
        at = colon + 1 + len(rest) - len(rest.lstrip(" "))
    return line_start(trouble.source, trouble.at) + at
