"""Any JSON value comes back from its YAML text as it was."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from bcdslc.emit_yaml import yaml_text

ODD = [
    "yes",
    "NO",
    "on",
    "off",
    "null",
    "~",
    "y",
    "N",
    "true",
    "False",
    "1",
    "1e3",
    "0x1F",
    "007",
    "1_000",
    ".5",
    ".inf",
    "2001-01-01",
    "12:30",
    "=",
    "<<",
    "-",
    "?",
    "!tag",
    "&a",
    "*a",
    "@x",
    "`x",
    "%a",
    "[a]",
    "{a}",
    "a,b",
    "a:b",
    "#x",
    "",
    " a",
    "a ",
    "a: b",
    "a #b",
    "- a",
    "\n",
    "a\n",
    "a\nb",
    "a\nb\n",
    "a\nb\n\n",
    " a\nb",
    "a\n\n b\n",
    "#x\ny",
    "a\r\nb",
    "---\nx",
    "a\n...\n",
    "\tx\ny",
    "x\n\ty\n",
    "a \nb ",
    "é\nü",
    "\x85\u2028\ufeff\x7f",
]
TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=8))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda part: st.one_of(st.lists(part, max_size=4), st.dictionaries(TEXTS, part, max_size=4)),
    max_leaves=12,
)


@given(VALUES)
def test_round_trip(value: object) -> None:
    """A reader of YAML 1.1, which sees more in plain words than any other, sees the same value."""
    assert yaml.load(yaml_text(value), Loader=yaml.CSafeLoader) == value


def test_lines_stay_readable() -> None:
    """A text of several lines is a block, not an escaped string."""
    assert yaml_text({"cmd": ["sh", "a\nb\n"]}) == "cmd:\n- sh\n- |\n  a\n  b\n"
