"""A pipeline needs `transform.cmd`: the first worker finds nothing to run.

pachyderm: src/server/worker/worker.go; part 3.10-1 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_cmd(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spec that says nothing about what runs."""
    transform = spec.request.transform
    if ("transform",) in spec.nulls:
        return  # refused
    if transform is None or not transform.cmd:
        path = (
            ("transform",) if transform is None or transform.cmd is None else ("transform", "cmd")
        )
        yield Finding(
            path=path,
            message="nothing says what runs: there is no `transform.cmd`",
            help="write the program and its arguments as a list, `cmd: [python3, /run.py]`; "
            "an image's own entry point is never used",
            on_key=True,
        )
    elif not transform.cmd[0]:
        yield Finding(
            path=("transform", "cmd", 0),
            message="the program's name is empty",
            help="begin `cmd` with the program, `cmd: [python3, /run.py]`",
        )


RULE = Rule(code="BC700", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=no_cmd)
