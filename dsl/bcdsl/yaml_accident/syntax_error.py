"""An error of libyaml in the author's words, at the smallest place.

libyaml says where it gave up and what it hoped for; each reading recognises one accident
behind that, and the first that does is reported.
"""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.yaml_accident.block_text import block_text
from bcdsl.yaml_accident.brackets import brackets, closed_early
from bcdsl.yaml_accident.colon import missing_colon, second_colon
from bcdsl.yaml_accident.directive import directive
from bcdsl.yaml_accident.first_character import first_character
from bcdsl.yaml_accident.indentation import fits_nothing, list_on_key_line, tab
from bcdsl.yaml_accident.quote import line_end
from bcdsl.yaml_accident.quotes import quotes
from bcdsl.yaml_accident.trouble import Trouble

CODE = "BC039"

READINGS = (
    quotes,
    tab,
    directive,
    block_text,
    second_colon,
    missing_colon,
    list_on_key_line,
    closed_early,
    first_character,
    brackets,
    fits_nothing,
)


def explain(trouble: Trouble) -> Diagnostic:
    """Return what is wrong with a text that YAML cannot read."""
    for reading in READINGS:
        found = reading(trouble)
        if found is not None:
            return found
    at = trouble.at
    end = max(at, min(at + 1, line_end(trouble.source, at)))
    return trouble.found(
        CODE,
        f"YAML cannot be read from here on ({trouble.problem})",
        trouble.span(at, end),
        "look at this line and the one above: a quote, bracket, colon or indentation is off",
    )
