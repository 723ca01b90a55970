"""No two branches of one repo may meet in a pipeline (2.6 and later)."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.visit import branches, visited
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def two_branches_of_repo(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a second branch of a repo among the inputs of one spec.

    Where neither branch exists the server crashes inside the call, else it refuses at the
    end of the transaction (pachyderm: src/server/pfs/server/server_branch.go).
    """
    names = branches(spec)
    first: dict[tuple[str, str], tuple[str, Path]] = {}
    new: dict[tuple[str, str], int] = {}
    for node in visited(spec):
        pfs, cron = node.input.pfs, node.input.cron
        if pfs is not None and pfs.repo:
            repo, branch = (pfs.project or spec.project, pfs.repo), names[node.path]
            path: Path = (*node.path, "pfs", "branch")
        elif cron is not None and cron.name:
            repo = (spec.project, cron.repo or f"{spec.name}_{cron.name}")
            branch, path = "master", (*node.path, "cron", "name")
        else:
            continue
        known, place = first.setdefault(repo, (branch, path))
        new[repo] = new.get(repo, 0) + ((*repo, branch) not in world.branches)
        if known != branch and world.target >= 6:
            crash = new[repo] > 1
            yield Finding(
                path=path,
                message=f"`{repo[1]}` is read at two branches, `{known}` and `{branch}`"
                + (", on which the server crashes" if crash and world.closed else ""),
                help="read one branch; put the other's data into a repo of its own",
                server=None
                if crash
                else "validate DAG at end of transaction: multiple branches from the same repo, "
                f'"{repo[0]}/{repo[1]}", cannot participate in a DAG',
                labels=((place, f"`{known}` is read here"),),
            )


RULE = Rule(code="BC648", kind=Kind.REFUSED, severity=Severity.ERROR, check=two_branches_of_repo)
