"""What a stand-in refuses, in the words of a real server."""

from __future__ import annotations

import re
from typing import Any

from bcdslc.rule.rule import World
from bcdslc.rule.verdict import verdict
from cluster.provenance import two_branches
from cluster.server_spec import details, key_of, leaves, reads_of
from cluster.server_state import Pipeline, Refused, State


def check(state: State, effective: dict[str, Any], old: Pipeline | None) -> None:
    """Refuse what a server refuses of a spec among all that stands."""
    project, name = key_of(effective["pipeline"])
    reads = {reads_of(leaf, project) for leaf in leaves(effective.get("input", {}))} - {None}
    if old is not None:
        if (project, name) in reads:
            raise Refused(
                "UNKNOWN",
                "could not create/update output branch: repo "
                f"{project}/{name} cannot be in the provenance of its own branch",
            )
        for repo in sorted(reads):
            if upstream(state, repo, (project, name)):
                raise Refused(
                    "INTERNAL",
                    "could not create/update output branch: create branch: update head: cycle "
                    f"detected because {repo[0]}/{repo[1]}.user@master is already in the "
                    f"subvenance of {project}/{name}.user@master",
                )
        if old.effective["outputBranch"] != effective["outputBranch"] and not old.stopped:
            raise Refused(
                "UNKNOWN",
                "validate DAG at end of transaction: multiple branches from the same repo, "
                f'"{project}/{name}.meta", cannot participate in a DAG',
            )
    others = state.repos - {(project, name)}
    world = World(
        target=12, closed=True, projects=frozenset(state.projects), repos=frozenset(others)
    )
    found = verdict(effective, world)
    if found.refused:
        text = found.text or f"refused ({', '.join(found.codes)})"
        raise Refused("NOT_FOUND" if text.endswith("not found") else "UNKNOWN", text)


def one_branch_a_repo(state: State) -> None:
    """Refuse two branches of one repo in a DAG."""
    twice = two_branches([(each, details(each)) for each in state.pipelines.values()])
    if twice is not None:
        raise Refused(
            "UNKNOWN",
            f'validate DAG at end of transaction: multiple branches from the same repo, "{twice}", '
            "cannot participate in a DAG",
        )


def kind(effective: dict[str, Any]) -> tuple[bool, bool]:
    """Return whether a spec is a spout, and whether it is a service."""
    return "spout" in effective, "service" in effective


def upstream(state: State, start: tuple[str, str], wanted: tuple[str, str]) -> bool:
    """Tell whether a repo is read by another, directly or through more."""
    todo, seen = [start], set()
    while todo:
        repo = todo.pop()
        if repo == wanted:
            return True
        if repo in state.pipelines and repo not in seen:
            seen.add(repo)
            tree = state.pipelines[repo].effective.get("input", {})
            todo += [r for r in (reads_of(leaf, repo[0]) for leaf in leaves(tree)) if r]
    return False


def clean(path: str) -> str:
    """Return a path as it is stored; refuse what no path may be."""
    for letter in path:
        if letter in "*?[]{}!()@+^":
            text = f"path ({path}) invalid: globbing character ({letter}) not allowed in path"
            raise Refused("UNKNOWN", text)
        if not " " <= letter <= "~":
            text = f"path ({path}) invalid: only printable ASCII characters allowed"
            raise Refused("UNKNOWN", text)
    if {".", ".."} & set(path.split("/")):
        raise Refused("UNKNOWN", f"path ({path}) invalid: relative file paths are not allowed")
    return re.sub("/+", "/", f"/{path}")


def no_pipeline(project: str, name: str) -> str:
    """Return what is said of a pipeline that is missing."""
    return (
        f"pipeline was not inspected: couldn't find up to date spec for pipeline "
        f'"{project}/{name}": pick commit tx: commit {project}/{name}.spec@ not found\n'
        f'repo {project}/{name}.spec not found\npipeline "{project}/{name}" not found'
    )


def in_provenance(project: str, name: str, readers: list[str]) -> str:
    """Return what is said of a branch that others read."""
    said = " ".join(f"{reader}@master {reader}.meta@master" for reader in readers)
    return (
        f'delete branch {project}/{name}@master: branch "{project}/{name}@master" cannot be '
        f"deleted because it's in the direct provenance of [{said}]"
    )


def without_times(text: str) -> str:
    """Return a text with times and identifiers struck out."""
    return re.sub(r"<id\d+>|[0-9a-f]{32}", "<id>", text)
