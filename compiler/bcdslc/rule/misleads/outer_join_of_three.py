"""An outer join of three parts drops files of the others, even where they have the key.

Quirk Q26 of the glob rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import nodes
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def outer_join_of_three(spec: Spec, world: World) -> Iterator[Finding]:
    """Find joins of three and more of which some parts are outer and two and more are not."""
    for node in nodes(spec):
        parts = node.input.join or ()
        outer = [index for index, part in enumerate(parts) if part.pfs and part.pfs.outer_join]
        if outer and len(parts) - len(outer) >= 2:
            kept = parts[outer[0]].pfs
            yield Finding(
                path=(*node.path, "join", outer[0], "pfs", "outerJoin"),
                message="where one of the inner parts lacks a key, the files of the other inner "
                f"parts are left out too: the datum holds `{(kept.repo if kept else '') or ''}` "
                "alone",
                help="set `outerJoin` on every part whose files are to stay, or leave it so if "
                "that is meant",
                on_key=True,
            )


RULE = Rule(
    code="BC751",
    kind=Kind.MISLEADS,
    severity=Severity.NOTE,
    check=outer_join_of_three,
    guesses=True,
)
