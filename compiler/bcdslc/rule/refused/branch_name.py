"""A branch's name is made of letters, digits, `_` and `-`, and is no commit's id."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.name import better, holds_uuid, is_name, refusal
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.visit import branches, visited
from bcdslc.spec.spec import Spec

_STAGE = "could not create/update output branch: "
_UUID = "branch name cannot be a UUID V4"


def branch_name(spec: Spec, world: World) -> Iterator[Finding]:
    """Find names of input branches and of the output branch that are none.

    The server checks all alphabets first, then makes the branches that are missing.
    """
    names = branches(spec)
    written = [
        ((*node.path, "pfs", "branch"), names[node.path], node.input.pfs)
        for node in visited(spec)
        if node.input.pfs is not None and node.input.pfs.branch
    ]
    output = spec.request.output_branch
    for path, name in [*((path, name) for path, name, _ in written), (("outputBranch",), output)]:
        if name and not is_name(name):
            guess = better(name)
            yield Finding(
                path=path,
                message=f"the branch `{name}` may hold letters, digits, `_` and `-` only",
                help=f"use `{guess}`" if guess else None,
                server=_STAGE + refusal(name),
            )
    for path, name, pfs in written:
        there = (pfs.project or spec.project, pfs.repo or "", name) in world.branches
        if holds_uuid(name) and is_name(name) and not there:
            said = f"fill new branches: upsert branch: update head: {_UUID}"
            yield Finding(path=path, message=_id(name), server=_STAGE + said)
    if output and holds_uuid(output) and is_name(output):
        said = f"create branch: update head: {_UUID}"
        yield Finding(path=("outputBranch",), message=_id(output), server=_STAGE + said)


def _id(name: str) -> str:
    return f"a branch may not be called `{name}`: that is how commits are called"


RULE = Rule(code="BC645", kind=Kind.REFUSED, severity=Severity.ERROR, check=branch_name)
