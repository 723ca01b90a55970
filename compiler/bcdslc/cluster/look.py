"""What stands on a cluster, read with as few calls as may be."""

from __future__ import annotations

from collections.abc import Iterable

from bcdslc.cluster.protocol import Cluster
from bcdslc.cluster.seen import Standing
from bcdslc.cluster.unstarted import unstarted

DEFAULTS_SINCE = 8  # the minor version


def look(cluster: Cluster, project: str, stages: Iterable[str], repos: Iterable[str]) -> Standing:
    """Return what stands there.

    Lists leave out what one may not read, so each stage and repo that they lack is asked for
    by its name: what is hidden is there.
    """
    version = cluster.version()
    pipelines = list(cluster.pipelines())
    known = set(cluster.repos())
    listed = {each.name for each in pipelines if each.project == project}
    exists = bool(listed) or any(repo[0] == project for repo in known)
    exists = exists or cluster.has_project(project)
    if exists:
        for name in stages:
            if name not in listed:
                found = cluster.pipeline(project, name)
                pipelines += [] if found is None else [found]
        for name in repos:
            if (project, name) not in known and cluster.has_repo(project, name):
                known.add((project, name))
    merges = version >= (2, DEFAULTS_SINCE)
    return Standing(
        version=version,
        projects=frozenset([project] if exists else []),
        repos=frozenset(known),
        pipelines=tuple(pipelines),
        unstarted=unstarted(cluster, [each for each in pipelines if each.project == project]),
        cluster_defaults=cluster.cluster_defaults() if merges else "",
        project_defaults=cluster.project_defaults(project) if merges and exists else "",
    )
