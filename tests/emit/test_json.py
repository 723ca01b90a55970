"""JSON texts are those of the library, whatever the value."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bcdslc.json_text import json_text

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_as_the_library_writes_it(value):
    """The text is the library's, to the byte."""
    assert json_text(value) == json.dumps(value, indent=2, ensure_ascii=False)
