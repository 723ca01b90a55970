"""The page on datums shows what the program prints."""

from __future__ import annotations

from datum.docs_example import PAGE, brought_up_to_date, generated


def test_the_example_is_fresh():
    """The generated part is what the command prints today."""
    page = PAGE.read_text(encoding="utf-8")

    assert page == brought_up_to_date(page), "run `python tests/datum/docs_example.py --write`"


def test_a_newcomer_sees_what_is_missing_and_what_is_misspelt():
    """Both lines stand there, the misspelt exam with the name that was meant."""
    text = generated()

    assert "exam_04  is in crop; extract_centers lacks it\n" in text
    assert "extract_centers lacks it but has `exam-03`: misspelt?" in text
