"""Join and group take their parts' datums to pieces.

Part 5.7 of the glob rules: a join of a cross or of a join pairs single files, never whole
datums; a group over a join or a cross repeats a file for each pair it was in.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import children, nodes
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_MEANING = {
    ("join", "cross"): "the cross is undone: its files are joined one by one",
    ("join", "join"): "the inner join is undone: its files are joined one by one, never all three",
    ("join", "group"): "the group is undone: its files are joined one by one",
    ("group", "cross"): "a file stands in the group once for each pair that the cross makes of it",
    ("group", "join"): "a file stands in the group once for each partner that the join finds it",
    ("group", "group"): "the inner group is undone: its files are grouped one by one",
}
_REPAIR = {
    ("join", "cross"): "put the join into the cross instead",
    ("join", "join"): "write one join of all parts",
    ("join", "group"): "put the join into a pipeline of its own, or write the group's parts here",
    ("group", "cross"): "put the group into the cross instead",
    ("group", "join"): "group the parts themselves, without the join, unless the join is to drop "
    "files without a partner",
    ("group", "group"): "write one group of all parts",
}


def nested_in_join(spec: Spec, world: World) -> Iterator[Finding]:
    """Find operators whose datums the join or group above takes apart."""
    for node in nodes(spec):
        above = next((it for it in reversed(node.above) if it != "union"), None)
        if above not in ("join", "group"):
            continue
        for operator in children(node.input):
            if (above, operator) in _MEANING:
                yield Finding(
                    path=(*node.path, operator),
                    message=f"a {operator} inside a {above}: {_MEANING[above, operator]}",
                    help=_REPAIR[above, operator],
                    on_key=True,
                )


RULE = Rule(
    code="BC750", kind=Kind.MISLEADS, severity=Severity.WARNING, check=nested_in_join, guesses=True
)
