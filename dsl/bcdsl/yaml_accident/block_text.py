"""`|` and `>` open a text on the lines below; nothing else may stand on their own line."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.yaml_accident.quote import quote_fix, quoted, rest_of_value
from bcdsl.yaml_accident.trouble import Trouble

CODE = "BC033"


def block_text(trouble: Trouble) -> Diagnostic | None:
    """Find `cmd: | grep x`."""
    if "block scalar" not in trouble.context:
        return None
    value = rest_of_value(trouble.source, trouble.since)
    return trouble.found(
        CODE,
        f"`{value.text[:1]}` opens a text on the lines below, so nothing may follow it here",
        value,
        f"write the text below, indented; or in quotes: {quoted(value.text) or 'here'}",
        quote_fix(value),
    )
