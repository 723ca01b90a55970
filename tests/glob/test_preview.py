"""What is shown of a glob or pattern, for any text."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from bcdsl.diagnostic import Severity
from bcdslc.glob.preview import matches, numbered, preview
from bcdslc.view.glob import counted, explained, json_line, nearest, table
from glob_strategy import ODD_GLOBS, PATHS, named

ENTRIES = sorted({"/", *PATHS, *(path[: path.rindex("/") + 1] for path in PATHS)})


@given(st.one_of(ODD_GLOBS, named(), st.text(max_size=20)), st.booleans())
@example("/a/(b/../c)", False)
@example("(*)", True)
def test_any_text_is_previewed_or_refused(text: str, raw: bool) -> None:
    """No text raises; what is refused has an error, what is shown is drawn."""
    shown, problems = preview(text, raw=raw)
    if shown is None:
        assert any(problem.severity is Severity.ERROR for problem in problems)
        return
    found = list(matches(shown, ENTRIES, "$1<n1>"))
    assert shown.glob.startswith("/")
    assert shown.glob in explained(shown)
    assert len(list(table(shown, found))) == (len(found) + 1 if found else 0)
    for match in found:
        assert json.loads(json_line(shown, match))["path"] in ENTRIES
    assert nearest(shown, ENTRIES)


def test_names_in_a_template_become_numbers() -> None:
    """A known name is its bracket, also before a digit; an unknown one stays."""
    shown, _ = preview("/<site>/<day>")
    assert shown is not None
    assert numbered("<day>0-<site>-<x>", shown.brackets) == "${2}0-${1}-<x>"


def test_what_is_left_out_is_counted() -> None:
    """The line below the table tells how much there is."""
    assert counted(1_000_000, 2_000_000, 50).startswith("1,000,000 of 2,000,000 paths")
    assert "999,950 more" in counted(1_000_000, 2_000_000, 50)
    assert counted(1, 1, 1) == "1 of 1 path (folders counted) match"
