"""`update` and `reprocess` belong to the command, not to the spec.

Part 2.4 of the spec reference: they override the command line, and stay in force for the
documents after them in the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def command_in_file(spec: Spec, world: World) -> Iterator[Finding]:
    """Find flags of the command in a spec."""
    for field, value, command in (
        ("update", spec.request.update, "update pipeline"),
        ("reprocess", spec.request.reprocess, "update pipeline --reprocess"),
    ):
        if value is not None:
            yield Finding(
                path=(field,),
                message=f"`{field}` in a file overrides the command, for the documents after this "
                "one too",
                help=f"remove it, and run `pachctl {command}` when that is wanted",
                on_key=True,
                repair=Replace(path=(field,), value=None, title=f"remove `{field}`"),
            )


RULE = Rule(code="BC788", kind=Kind.STYLE, severity=Severity.NOTE, check=command_in_file)
