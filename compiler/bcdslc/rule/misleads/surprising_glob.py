"""A glob that matches something else than it seems to say.

Part 9 of the glob rules; which they are, and what to write instead, is known where patterns are.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.glob_reading import glob_surprises
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def surprising_glob(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each surprise of each glob."""
    for place in pfs_inputs(spec):
        for flaw in glob_surprises(place.pfs.glob or ""):
            yield Finding(
                path=(*place.path, "glob"),
                message=f"in the glob `{place.pfs.glob}`: {flaw.message}",
                help=flaw.help,
                severity=flaw.severity,
            )


RULE = Rule(
    code="BC766", kind=Kind.MISLEADS, severity=Severity.WARNING, check=surprising_glob, guesses=True
)
