"""A trigger watches another branch of its repo, and that branch exists."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.name import better, is_name, refusal
from bcdslc.rule.refused.trigger_condition import conditions
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.visit import branches, visited
from bcdslc.spec.message import PfsInput
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_STAGE = "could not create/update trigger branch: "


def trigger_branch(spec: Spec, world: World) -> Iterator[Finding]:
    """Find triggers that watch nothing, themselves, or a branch that is not there."""
    names = branches(spec)
    made = {
        (_project(spec, node.input.pfs), node.input.pfs.repo, names[node.path])
        for node in visited(spec)
        if node.input.pfs is not None
    }
    for node in visited(spec):
        pfs = node.input.pfs
        if pfs is None or pfs.trigger is None:
            continue
        watched = pfs.trigger.branch or ("" if pfs.branch else "master")
        path = (*node.path, "pfs", "trigger", "branch")
        where = (_project(spec, pfs), pfs.repo or "", watched)
        own = names[node.path]
        yield from _one(path, watched, own)
        if not is_name(watched) or any(conditions(pfs.trigger, path[:-1])):
            continue  # the server looks at the conditions before it looks at the branches
        if watched == own:
            yield Finding(
                path=path,
                message=f"the trigger moves `{watched}` when `{watched}` moves",
                help="leave the input's `branch` out: Pachyderm then makes one of its own",
                server=_STAGE + "triggers cannot form a loop",
            )
        elif world.closed and where not in world.branches and where not in made:
            yield Finding(
                path=path,
                message=f"the trigger watches `{watched}`, and `{pfs.repo}` has no such branch",
                help="make the branch first: a new repo has none",
            )


def _one(path: Path, watched: str, own: str) -> Iterator[Finding]:
    if not watched:
        yield Finding(
            path=path,
            message=f"the trigger does not say which branch it watches to move `{own}`",
            help="write `trigger.branch`, or leave the input's own `branch` out",
            server=_STAGE + "triggers must specify a branch to trigger on",
        )
    elif not is_name(watched):
        guess = better(watched)
        yield Finding(
            path=path,
            message=f"the branch `{watched}` may hold letters, digits, `_` and `-` only",
            help=f"use `{guess}`" if guess else None,
            server=_STAGE + refusal(watched),
        )


def _project(spec: Spec, pfs: PfsInput) -> str:
    return pfs.project or spec.project


RULE = Rule(code="BC646", kind=Kind.REFUSED, severity=Severity.ERROR, check=trigger_branch)
