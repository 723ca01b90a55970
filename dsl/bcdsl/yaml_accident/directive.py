"""A line that starts with `%` is a directive to YAML."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.yaml_accident.quote import rest_of_value
from bcdsl.yaml_accident.trouble import Trouble

CODE = "BC035"


def directive(trouble: Trouble) -> Diagnostic | None:
    """Find a directive that YAML does not know, or that stands at the wrong place."""
    words = f"{trouble.context} {trouble.problem}"
    if "directive" not in words and "incompatible YAML document" not in words:
        return None
    start = trouble.since if trouble.source.text[trouble.since : trouble.since + 1] == "%" else None
    return trouble.found(
        CODE,
        "a line that starts with `%` is a directive to YAML, and bcdsl knows none",
        rest_of_value(trouble.source, trouble.at if start is None else start),
        "remove the line; or put quotes around it if it is text",
    )
