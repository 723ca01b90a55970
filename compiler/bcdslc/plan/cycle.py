"""Stages that would read, through pipelines of others, what they write themselves.

The document's own stages make no cycle; the server refuses an update that closes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bcdslc.cluster.seen import SeenPipeline
from bcdslc.plan.reads import Repo, repos_read, stored_form
from bcdslc.plan.stage import Stage


def cycles(stages: Sequence[Stage], others: Iterable[SeenPipeline]) -> tuple[tuple[str, str], ...]:
    """Return the stages that lead back to themselves, and through which pipeline each does."""
    reads = {(stage.project, stage.name): repos_read(stage.form) for stage in stages}
    beside = {(each.project, each.name): each for each in others}
    if not any(read & beside.keys() for read in reads.values()):
        return ()
    reads |= {key: repos_read(stored_form(each)) for key, each in beside.items()}
    found = []
    for stage in stages:
        way = _way_back((stage.project, stage.name), reads)
        foreign = next((repo for repo in way if repo in beside), None)
        if foreign is not None:
            found.append((stage.name, "/".join(foreign)))
    return tuple(found)


def _way_back(start: Repo, reads: Mapping[Repo, frozenset[Repo]]) -> list[Repo]:
    """Return the pipelines on the way from one to itself, empty if there is none."""
    came: dict[Repo, Repo] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for repo in sorted(reads.get(here, ())):
            if repo == start:
                way = [here]
                while way[-1] in came:
                    way.append(came[way[-1]])
                return way[::-1]
            if repo not in came:
                came[repo] = here
                waiting.append(repo)
    return []
