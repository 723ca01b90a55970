"""An input sets one kind; an empty list sets none."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import nodes
from bcdslc.rule.refused.two_kinds_of_input import kinds
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_kind_of_input(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs that say nothing; one with a part that could not be read may say something."""
    for node in nodes(spec):
        unread = any(gap[: len(node.path)] == node.path for gap in spec.gaps)
        if not unread and not kinds(node.input):
            yield Finding(
                path=node.path,
                message="this input reads nothing",
                help="write `pfs` or `cron`, or an operator with members; leave out `input` "
                "if the pipeline has none",
                server="no input set",
                on_key=True,
            )


RULE = Rule(code="BC635", kind=Kind.REFUSED, severity=Severity.ERROR, check=no_kind_of_input)
