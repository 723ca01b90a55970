"""Pipelines that `apply` stopped and sent, and could not start again."""

from __future__ import annotations

from collections.abc import Iterable

from bcdslc.cluster.protocol import Cluster
from bcdslc.cluster.seen import SeenPipeline

START = "bcdsl.start"  # the annotation of a spec that is sent to a stopped pipeline


def unstarted(cluster: Cluster, pipelines: Iterable[SeenPipeline]) -> frozenset[str]:
    """Return those that stand stopped, were to be started, and made no job since.

    The mark stays after the start, so a job of the present version tells that somebody else
    stopped the pipeline later. Only pipelines with the mark are asked for; a spout makes no
    jobs, so one that has the mark and is stopped counts always.
    """
    found = []
    for each in pipelines:
        if each.stopped and START in each.annotations:
            job = cluster.last_job(each.project, each.name)
            if job is None or job.version < each.version:
                found.append(each.name)
    return frozenset(found)
