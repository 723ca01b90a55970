"""`dryRun` in a file runs nothing dry: pachctl takes it for `reprocess`.

Part 2.4 of the spec reference (pachyderm: src/server/pps/cmds/cmds.go).
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def dry_run_in_file(spec: Spec, world: World) -> Iterator[Finding]:
    """Find `dryRun` in a spec."""
    if spec.request.dry_run is not None:
        yield Finding(
            path=("dryRun",),
            message="`dryRun` in a file does not try anything out: the pipeline is really created, "
            "and an update reprocesses everything"
            if spec.request.dry_run
            else "`dryRun` in a file cancels `--reprocess`",
            help="leave it out, and run `pachctl create pipeline --dry-run`",
            on_key=True,
            repair=Replace(path=("dryRun",), value=None, title="remove `dryRun`"),
        )


RULE = Rule(code="BC756", kind=Kind.MISLEADS, severity=Severity.ERROR, check=dry_run_in_file)
