"""Colons: a second one in a plain value, and one without the blank that YAML wants behind it."""

from __future__ import annotations

import re

from bcdsl.diagnostic import Diagnostic, Fix
from bcdsl.yaml_accident.brackets import in_pattern
from bcdsl.yaml_accident.entries import no_blank
from bcdsl.yaml_accident.indentation import FITS_NOTHING
from bcdsl.yaml_accident.quote import line_end, line_start, quote_fix, quoted, rest_of_value
from bcdsl.yaml_accident.trouble import Trouble, value_from

SECOND = "BC024"
MISSING = "BC040"

_TIGHT_KEY = re.compile(r"""[^\s:#'"{}\[\],&*!|>%@`]+:(?=[^\s:])""")


def second_colon(trouble: Trouble) -> Diagnostic | None:
    """Read "mapping values are not allowed": a second colon on a line, or a line too deep."""
    last = trouble.last
    if "mapping values are not allowed" not in trouble.problem and not _second_in_flow(trouble):
        return None
    if last is not None and last.style == "" and not trouble.same_line(last.start):
        return _joined_lines(trouble)
    fix: Fix | None = None
    advice = "put quotes around the value"
    if last is not None and trouble.same_line(last.start) and last.end <= trouble.at:
        value = rest_of_value(trouble.source, last.start)
        inside = value_from(trouble, last.start)[1]
        fix = None if inside or last.style else quote_fix(value)
        if not inside and not last.style and quoted(value.text):
            advice = f"put quotes around the value: {quoted(value.text)}"
    return trouble.found(
        SECOND,
        "a value may not hold `: ` without quotes: this line has a second colon",
        trouble.span(trouble.at, trouble.at + 1),
        advice,
        fix,
    )


def _second_in_flow(trouble: Trouble) -> bool:
    """Say whether this is `{a: b: c}`; in `{a: b c: d}` a comma is missing instead."""
    last = trouble.last
    return (
        "expected ',' or" in trouble.problem
        and trouble.char == ":"
        and last is not None
        and last.end == trouble.at
        and not last.style
        and " " not in last.text
        and trouble.same_line(trouble.since)
    )


def missing_colon(trouble: Trouble) -> Diagnostic | None:
    """Read "could not find expected ':'": a key without its blank, or a line that is no key."""
    if "expected ':'" not in trouble.problem:
        return None
    if "unexpected" in trouble.problem:
        return _before_a_bracket(trouble)
    text = trouble.source.text
    tight = _TIGHT_KEY.match(text, trouble.since)
    if tight:
        return no_blank(trouble.span(trouble.since, tight.end()))
    line = rest_of_value(trouble.source, trouble.since)
    if text[trouble.since : trouble.since + 1] in ("[", "{"):
        return None
    return trouble.found(
        MISSING,
        f"no `:` follows `{line.text[:40]}`",
        line,
        "write `key: value`; or indent the line deeper if it goes on with the text above",
    )


def _before_a_bracket(trouble: Trouble) -> Diagnostic:
    """Tell `{cpu:[1]}`, a key without its blank, from `[a:/<x:[0-9]>]`, a pattern."""
    text = trouble.source.text
    before = text[: trouble.since].rstrip()[-1:]
    is_key = before in ("[", "{", ",") and text[trouble.at + 1 : trouble.at + 2] in ("[", "{")
    if is_key and not set("/<") & set(text[trouble.since : trouble.at]):
        return no_blank(trouble.span(trouble.since, trouble.at + 1))
    return in_pattern(trouble, trouble.since, trouble.at + 2)


def _joined_lines(trouble: Trouble) -> Diagnostic | None:
    """Say why a key is read as a part of the value above it."""
    last = trouble.last
    if last is None:
        return None
    tight = _TIGHT_KEY.match(trouble.source.text, last.start)
    alone = not trouble.source.text[line_start(trouble.source, last.start) : last.start].strip(" -")
    if tight and alone and tight.end() < line_end(trouble.source, last.start):
        return no_blank(trouble.span(last.start, tight.end()))
    line = line_start(trouble.source, trouble.at)
    start = line + len(trouble.before) - len(trouble.before.lstrip(" "))
    key = trouble.source.text[start : trouble.at].strip()
    return trouble.found(
        FITS_NOTHING,
        f"`{key}` is indented deeper than the key above it, which has its value already",
        trouble.span(start, trouble.at),
        "start it in the column of the keys it belongs with",
    )
