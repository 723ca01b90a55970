"""Exit codes go from 0 to 255; -1 stands for any signal.

Part 5.3 of the spec reference and the runs of real workers: neither 9 nor 137 accepts a kill.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def impossible_exit_code(spec: Spec, world: World) -> Iterator[Finding]:
    """Find accepted codes with which no program ends."""
    transform = spec.request.transform
    for index, code in enumerate((transform.accept_return_code if transform else None) or ()):
        if not -1 <= code <= 255:
            yield Finding(
                path=("transform", "acceptReturnCode", index),
                message=f"no program ends with the code {code}",
                help="codes go from 0 to 255; -1 accepts an end by any signal",
            )


RULE = Rule(code="BC781", kind=Kind.IGNORED, severity=Severity.WARNING, check=impossible_exit_code)
