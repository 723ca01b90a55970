"""Which branches a stand-in's pipelines tie together, and what may not be tied.

Branches are nodes, and an edge leads from each input's branch to the output branch of every
pipeline that is not stopped: a stop takes them away, a start brings them back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeAlias

Branch: TypeAlias = tuple[str, str, str]  # project, repo, branch


class Standing(Protocol):
    """A pipeline, as far as it matters here."""

    project: str
    name: str
    stopped: bool
    effective: dict[str, Any]


def two_branches(pipelines: Iterable[tuple[Standing, dict[str, Any]]]) -> str | None:
    """Return a repo that would take part in one DAG under two branches, if there is one.

    Each pipeline comes with its details, in which its inputs are filled in.
    """
    edges: dict[Branch, set[Branch]] = {}
    for each, details in pipelines:
        if each.stopped:
            continue
        output = (each.project, each.name, each.effective["outputBranch"])
        for branch in _inputs(details.get("input", {}), each.project):
            edges.setdefault(branch, set()).add(output)
            edges.setdefault(output, set()).add(branch)
    seen: set[Branch] = set()
    for start in sorted(edges):
        if start in seen:
            continue
        component, waiting = {start}, [start]
        while waiting:
            more = edges[waiting.pop()] - component
            component |= more
            waiting += more
        seen |= component
        repos = [branch[:2] for branch in sorted(component)]
        twice = next((repo for repo in repos if repos.count(repo) > 1), None)
        if twice is not None:
            return "/".join(twice)
    return None


def _inputs(tree: dict[str, Any], project: str) -> list[Branch]:
    inner = [part for kind in ("join", "group", "cross", "union") for part in tree.get(kind, ())]
    if inner:
        return [branch for part in inner for branch in _inputs(part, project)]
    if "pfs" in tree:
        pfs = tree["pfs"]
        return [(pfs.get("project") or project, pfs["repo"], pfs.get("branch") or "master")]
    if "cron" in tree:
        return [(tree["cron"].get("project") or project, tree["cron"]["repo"], "master")]
    return []
