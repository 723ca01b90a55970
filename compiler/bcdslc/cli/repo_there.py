"""Whether a cluster has the repo that files are put into or fetched from."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdslc.cli import exit_code
from bcdslc.cli.options import Color
from bcdslc.cli.show import show
from bcdslc.cli.stopped import StoppedError
from bcdslc.cluster.protocol import Cluster

NOT_THERE = "BC809"


def stop_without(cluster: Cluster, project: str, repo: str, color: Color) -> None:
    """Stop where a repo is not there."""
    if cluster.has_repo(project, repo):
        return
    problem = Diagnostic(
        code=NOT_THERE,
        message=f"`{repo}` is not in the project `{project}`",
        span=None,
        help="`bcdsl apply` makes the repos and stages of a document",
    )
    show([problem], color=color)
    raise StoppedError(exit_code.PROBLEMS)
