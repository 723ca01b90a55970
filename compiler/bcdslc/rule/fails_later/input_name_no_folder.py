"""An input's name becomes a folder under `/pfs`. Part 3.10-11 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def input_name_no_folder(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each input whose name cannot be a folder of its own under `/pfs`."""
    for place in named_inputs(spec):
        if "/" in place.name or "\0" in place.name or place.name in (".scratch", ".", ".."):
            yield Finding(
                path=place.name_path,
                message=f"`{place.name}` cannot be a folder under `/pfs`: every datum fails",
                help="name the input with letters, digits and `_`",
            )


RULE = Rule(
    code="BC711", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=input_name_no_folder
)
