"""The start of a clock, which the server fills in where nobody wrote one.

What was sent does not hold it, so there a start that is gone is a change: the next update puts
it to that moment, and ticks that were missed are not made up (section 4.3 of the spec
reference). Where only the stored message is told, as before 2.8, nobody can tell the two apart.
"""

from __future__ import annotations

import copy
from typing import Any

from bcdslc.plan.normal import leaves


def without_filled_starts(stored: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Return a stored message's form without the starts of clocks for which none is wanted."""
    if "input" not in stored:
        return stored
    given = {
        leaf["cron"].get("name")
        for leaf in leaves(wanted.get("input", {}))
        if "start" in leaf.get("cron", {})
    }
    found = {**stored, "input": copy.deepcopy(stored["input"])}
    for leaf in leaves(found["input"]):
        if leaf.get("cron", {}).get("name") not in given:
            leaf.get("cron", {}).pop("start", None)
    return found
