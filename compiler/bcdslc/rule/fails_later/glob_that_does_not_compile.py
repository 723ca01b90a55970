"""A glob that does not compile is accepted, and each job retried for ever.

Part 1.6 of the glob rules; 3.10-8 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.glob_reading import glob_problem
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def glob_that_does_not_compile(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each glob that Pachyderm cannot compile."""
    for place in pfs_inputs(spec):
        problem = glob_problem(place.pfs.glob or "")
        if problem is not None:
            yield Finding(
                path=(*place.path, "glob"),
                message=f"`{place.pfs.glob}` is no glob: {problem.message}",
                help=problem.help
                or "Pachyderm takes it, and then retries each job without end: repair the glob",
            )


RULE = Rule(
    code="BC706",
    kind=Kind.FAILS_LATER,
    severity=Severity.ERROR,
    check=glob_that_does_not_compile,
)
