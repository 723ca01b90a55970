"""A pipeline that is no spout needs an input: the worker crashes on the job without one.

Part 3.10-2 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_input(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spec without `input` that is no spout."""
    if spec.request.input is None and spec.request.spout is None:
        yield Finding(
            path=(),
            message="the pipeline reads nothing: there is no `input`",
            help="add `input`, or `spout: {}` if the program brings its data itself",
        )


RULE = Rule(code="BC701", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=no_input)
