"""An input is of exactly one kind."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import nodes
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.message import Input
from bcdslc.spec.spec import Spec

KINDS = ("pfs", "cron", "cross", "union", "join", "group")


def kinds(node: Input) -> list[str]:
    """Return the kinds that an input sets; an empty list counts as unset."""
    found = [kind for kind in KINDS[2:] if getattr(node, kind)]
    if node.cron is not None:
        found.insert(0, "cron")
    if node.pfs is not None:
        found.insert(0, "pfs")
    return found


def two_kinds_of_input(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs that set several kinds."""
    for node in nodes(spec):
        found = kinds(node.input)
        if len(found) > 1:
            both = " and ".join(f"`{kind}`" for kind in found)
            yield Finding(
                path=(*node.path, found[1]),
                message=f"an input is of one kind, and this one is {both}",
                help="put them as members into one `cross`, `join`, `group` or `union`",
                server="multiple input types set",
                labels=(((*node.path, found[0]), "the first kind"),),
                on_key=True,
            )


RULE = Rule(code="BC632", kind=Kind.REFUSED, severity=Severity.ERROR, check=two_kinds_of_input)
