"""A command that reads a folder of `/pfs` which no input makes. Part 5.1 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.command_text import folders
from bcdslc.rule.input_walk import named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_such_folder(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each folder under `/pfs` that a command names and that is no input's, once."""
    inputs = {place.name for place in named_inputs(spec)}
    if not inputs or spec.request.spout is not None:
        return
    if any(path[:1] == ("input",) for path in spec.gaps):
        return  # an input that could not be read may be the one
    # what `transform.build` of 1.x mounted: that the field is gone is said already
    told = {"build", "source"} if ("transform",) in spec.gaps else set()
    for path, name in folders(spec):
        if name in inputs or name in told or name == "out":
            continue
        told.add(name)
        guess = nearest(name, inputs)
        listed = ", ".join(f"`/pfs/{each}`" for each in sorted(inputs))
        yield Finding(
            path=path,
            message=f"no input is named `{name}`: there is no `/pfs/{name}`",
            help=f"write `/pfs/{guess}`" if guess else f"the inputs are {listed}",
        )


RULE = Rule(code="BC727", kind=Kind.FAILS_LATER, severity=Severity.WARNING, check=no_such_folder)
