"""A shell cannot read the variable of an input whose name is no identifier.

`$my-data` is `$my` and then `-data`. Part 5.2 of the spec reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.command_text import command_lines
from bcdslc.rule.input_walk import named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def unreadable_variable(spec: Spec, world: World) -> Iterator[Finding]:
    """Find shell text that reads the variable of an input with an unfit name."""
    names = {place.name: place for place in named_inputs(spec)}
    unfit = [name for name in names if name and not _IDENTIFIER.fullmatch(name)]
    if not unfit:
        return
    for path, text in command_lines(spec):
        for name in unfit:
            if f"${name}" in text or f"${{{name}}}" in text:
                better = re.sub(r"[^A-Za-z0-9_]", "_", name)
                yield Finding(
                    path=path,
                    message=f"no shell reads `${name}` as the variable of the input `{name}`",
                    help=f"name the input `{better}` and read `${better}`, or write `/pfs/{name}`",
                    labels=((names[name].name_path, "the input's name"),),
                )


RULE = Rule(code="BC744", kind=Kind.MISLEADS, severity=Severity.WARNING, check=unreadable_variable)
