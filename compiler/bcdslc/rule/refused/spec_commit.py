"""`specCommit` is for restoring a cluster: in a file it names what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def spec_commit(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spec that gives its own spec commit."""
    commit = spec.request.spec_commit
    if commit is None:
        return
    nowhere = commit.repo is None and (commit.branch is None or commit.branch.repo is None)
    said = "error inspecting spec commit: pick commit tx: cannot pick commit with no repo"
    yield Finding(
        path=("specCommit",),
        message="`specCommit` is for restoring a cluster, not for a spec in a file",
        help="leave it out",
        server=said if nowhere else None,
        repair=Replace(path=("specCommit",), value=None, title="leave `specCommit` out"),
        on_key=True,
    )


RULE = Rule(code="BC644", kind=Kind.REFUSED, severity=Severity.ERROR, check=spec_commit)
