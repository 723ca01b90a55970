"""The repos that a pipeline reads must exist before it."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.visit import visited
from bcdslc.spec.spec import Spec

TYPES = ("user", "spec", "meta", "unknown")


def input_repo_unknown(spec: Spec, world: World) -> Iterator[Finding]:
    """Find repos that do not exist, where all that exist are known.

    The pipeline's own tick repos are made on the way, in the order of the visit.
    """
    if not world.closed:
        return
    repos = set(world.repos)
    for node in visited(spec):
        cron, pfs = node.input.cron, node.input.pfs
        if pfs is not None and pfs.repo:
            project = pfs.project or spec.project
            suffix = f".{pfs.repo_type}" if pfs.repo_type not in (None, "", "user") else ""
            if pfs.repo_type and pfs.repo_type not in TYPES:
                continue
            if suffix or (project, pfs.repo) not in repos:
                yield Finding(
                    path=(*node.path, "pfs", "repo"),
                    message=f"there is no repo `{pfs.repo}{suffix}` in the project `{project}`",
                    help="create the repo, or the pipeline that writes it, first",
                    server=f"repo {project}/{pfs.repo}{suffix} not found",
                )
        if cron is not None and cron.name:
            ticks = cron.repo or f"{spec.name}_{cron.name}"
            repos.add((spec.project, ticks))
            # made in the pipeline's project, read in the cron's: no commit fits there
            if cron.project and (cron.project, ticks) not in repos:
                yield Finding(
                    path=(*node.path, "cron", "project"),
                    message=f"there is no repo `{ticks}` in the project `{cron.project}`",
                    help="leave the cron's `project` out",
                )


RULE = Rule(code="BC640", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_repo_unknown)
