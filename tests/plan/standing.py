"""Small specs, what wants them, and clusters on which they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bcdslc.cluster.seen import SeenPipeline, Standing
from bcdslc.plan.wish import Wish
from bcdslc.spec.decode import decode

MARK = {"metadata": {"annotations": {"bcdsl.dag": "p/d"}}}


def spec(name: str, reads: str = "in", **fields: Any) -> dict[str, Any]:
    """Return a small spec."""
    return {
        "pipeline": {"project": {"name": "p"}, "name": name},
        "transform": {"image": "i:1", "cmd": ["c"]},
        "input": {"pfs": {"repo": reads, "glob": "/*"}},
    } | fields


def wish(*specs: dict[str, Any], **more: Any) -> Wish:
    """Return what a document with these specs wants."""
    found = [decode(each)[0] for each in specs]
    fields = {"project": "p", "dag": "d", "repos": ("in",), **more}
    return Wish(specs=tuple(each for each in found if each is not None), **fields)


def standing(*specs: dict[str, Any], **more: Any) -> Standing:
    """Return a cluster on which these specs stand, each at version 1."""
    pipelines = tuple(
        SeenPipeline(
            project=each["pipeline"]["project"]["name"],
            name=each["pipeline"]["name"],
            version=1,
            spec_commit="c1",
            spec=each,
        )
        for each in specs
    )
    return Standing(
        version=(2, 12),
        projects=frozenset(["p"]),
        repos=frozenset([("p", "in"), *[(e.project, e.name) for e in pipelines]]),
        pipelines=pipelines,
        **more,
    )


def changed(there: Standing, name: str, **fields: Any) -> Standing:
    """Return a cluster on which one pipeline is otherwise."""
    pipelines = tuple(
        replace(each, **fields) if each.name == name else each for each in there.pipelines
    )
    return replace(there, pipelines=pipelines)


def reading(*leaves: Any, operator: str = "cross") -> dict[str, Any]:
    """Return an input of several repos, each `repo`, `repo@branch` or `project/repo`."""
    return {operator: [_leaf(each) for each in leaves]}


def _leaf(text: str) -> dict[str, Any]:
    place, _, branch = text.partition("@")
    project, _, repo = place.rpartition("/")
    pfs = {"project": project, "repo": repo, "name": repo, "branch": branch, "glob": "/*"}
    return {"pfs": {key: value for key, value in pfs.items() if value}}
