"""Damaged examples compile to specs or to problems, never to an exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bcdsl.report import draw
from bcdslc.emit import TextFormat, specs_text
from compiling import compiled

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = [path.read_text() for path in sorted((ROOT / "examples").rglob("*.bc.yaml"))]
PIECES = ("<", ">", ":", "*", "[", "]", "{", "}", "~", "keep", "each: []", "\n", " ", "$1", "$9")
CUTS = st.tuples(st.integers(0, 2000), st.integers(0, 12), st.sampled_from(("", *PIECES)))


@given(st.sampled_from(EXAMPLES), st.lists(CUTS, min_size=1, max_size=3))
def test_damaged_examples(text, cuts):
    """Whatever is cut out and put in: specs without an error, or an error, and it can be drawn."""
    for start, length, put in cuts:
        at = start % (len(text) + 1)
        text = text[:at] + put + text[at + length :]
    found = compiled(text)

    assert found.failed or found.specs or "stages" not in text
    assert draw(found.problems) or not found.problems
    for format in TextFormat:
        assert specs_text(found.specs, format) or not found.specs
