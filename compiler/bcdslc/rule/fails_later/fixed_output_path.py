"""Two datums may not write one path: a command that writes a fixed one fails the job at its end.

Part 5.8 of the spec reference; the check comes after all compute is spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.command_text import command_lines
from bcdslc.rule.glob_reading import is_literal
from bcdslc.rule.input_walk import cron_inputs, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_WRITES = re.compile(
    r">\s*(?P<quote>[\"']?)(?P<path>/pfs/out/[\w./-]*\w)(?P=quote)(?=[\s;&|)]|$)", re.ASCII
)


def fixed_output_path(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a shell redirection to a fixed path in a pipeline that may have several datums."""
    request = spec.request
    if request.service is not None or request.spout is not None or request.s3_out:
        return
    several = next(_several(spec), None)
    if several is None:
        return
    for path, text in command_lines(spec):
        found = _WRITES.search(text)
        if found is not None:
            yield Finding(
                path=path,
                message=f"every datum writes `{found['path']}`: with two datums the job fails "
                "after all its work",
                help="put the input's path or `$PACH_DATUM_ID` into the name, or make one datum "
                "of all",
                labels=(several,),
            )
            return


def _several(spec: Spec) -> Iterator[tuple[Path, str]]:
    """Yield the inputs that make several datums, and how."""
    for place in pfs_inputs(spec):
        glob = place.pfs.glob or ""
        grouped = "group" in place.above and not place.pfs.group_by
        if glob and not grouped and not is_literal(glob):
            yield (*place.path, "glob"), "one datum for each match; `/` is one datum of all"
    for cron in cron_inputs(spec):
        if not cron.cron.overwrite and "group" not in cron.above:
            yield cron.path, "one datum for each tick; with `overwrite` for the last one"


RULE = Rule(code="BC723", kind=Kind.FAILS_LATER, severity=Severity.WARNING, check=fixed_output_path)
