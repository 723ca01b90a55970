"""The report of a run: what it tells to type next works as it stands."""

from __future__ import annotations

import pytest

from bcdslc.local.run import RunResult
from bcdslc.view.run_text import run_lines


@pytest.mark.parametrize(
    ("store", "told"),
    [
        (".bcdsl/store", "`bcdsl store why STAGE`"),
        ("demo/store", "`bcdsl store why STAGE --store demo/store`"),
        ("my runs/store", "`bcdsl store why STAGE --store 'my runs/store'`"),
    ],
)
def test_the_commands_name_a_store_that_stands_elsewhere(store: str, told: str) -> None:
    """`bcdsl store` looks in one place unless told: the report tells of any other."""
    assert told in [*run_lines(RunResult(id="1"), store)][-1]


def test_stages_that_were_not_begun_are_told() -> None:
    """After a failure the report has the other stages too, and says what would run them."""
    (row,) = [
        each for each in run_lines(RunResult(id="1", not_begun=("upper",)), "s") if "upper" in each
    ]

    assert "not begun" in row
    assert "--keep-going" in row
