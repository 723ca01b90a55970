"""A stage that has the name of another document's pipeline."""

from __future__ import annotations

import pytest

from bcdsl.diagnostic import Severity
from bcdslc.plan.decide import decide
from bcdslc.plan.mark import NOT_OURS
from bcdslc.plan.obstacle import obstacles
from plan.standing import MARK, spec, standing, wish

THEIRS = {"metadata": {"annotations": {"bcdsl.dag": "p/theirs"}}}


@pytest.mark.parametrize("dag", ["d", None])
def test_what_would_be_taken_over_is_told(dag: str | None) -> None:
    """An update puts our mark, or none, in the place of theirs: that may not be meant."""
    there = standing(spec("a", **THEIRS), spec("b", **MARK), spec("c"), spec("k", **THEIRS))
    new = {"description": "new"}
    wanted = wish(spec("a", **new), spec("b", **(new if dag else {})), spec("c", **new),
                  spec("k"), dag=dag)  # fmt: skip

    found = list(obstacles(decide(wanted, there), there, wanted))

    assert [(each.code, each.severity) for each in found] == [(NOT_OURS, Severity.WARNING)]
    assert found[0].message == "`a` belongs to `p/theirs`, and this document takes it over"
