"""Which names count as misspellings of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdslc.rule.misspelt import near, neighbours


@pytest.mark.parametrize(
    ("name", "known", "alike"),
    [
        ("Train", "train", True),
        ("train_model", "train-model", True),
        ("normalise", "normalize", True),
        ("extracts_it", "extract_it", True),
        ("xetract", "extract", True),
        ("model", "models", False),
        ("stage-1", "stage-2", False),
        ("train", "brain", False),
        ("samples", "sales", False),
        ("images", "extract", False),
        ("train", "train", False),
    ],
)
def test_a_name_is_alike(name: str, known: str, alike: bool) -> None:
    """Case, separators and one slip in a long name; not a plural, a number, or a short word."""
    assert list(near(name, neighbours([known]))) == ([known] if alike else [])


@given(word=st.text("abcdefg", min_size=6, max_size=9), index=st.integers(0, 8))
def test_one_letter_less_is_found(word: str, index: int) -> None:
    """Whatever letter is left out of a long name, the name is found."""
    index %= len(word)
    slip = word[:index] + word[index + 1 :]

    if len(slip) >= 6:
        assert list(near(slip, neighbours([word, "quite_another"]))) == [word]
