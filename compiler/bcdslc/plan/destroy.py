"""What destroying a DAG would delete, whether that may be, and doing it.

Deletes ignore transactions on the server: they run one by one, downstream first, and a refused
one may have stopped its pipeline (section 4.4 of the spec reference).
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdslc.cluster.fault import ClusterError, Fault
from bcdslc.cluster.protocol import Cluster
from bcdslc.cluster.seen import SeenPipeline, Standing
from bcdslc.plan.decide import Wish, downstream_first, stored_form
from bcdslc.plan.normal import MARK, leaves

NOT_OURS = "BC823"
OTHERS_READ = "BC824"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """What would be deleted, in this order: pipelines, then repos."""

    project: str
    pipelines: tuple[str, ...]
    repos: tuple[str, ...]
    reads: dict[str, frozenset[str]]  # of each pipeline, within the project

    @property
    def empty(self) -> bool:
        """There is nothing to delete."""
        return not self.pipelines and not self.repos


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """What became of it: what was deleted, what is left, and why each that was refused was."""

    done: tuple[str, ...]
    left: tuple[str, ...]
    faults: tuple[tuple[str, Fault], ...]


def destruction(wish: Wish, standing: Standing, *, repos: bool) -> Destruction:
    """Return what of a DAG stands: the document's stages, and whatever else bears its mark."""
    mark = f"{wish.project}/{wish.dag}"
    stages = {spec.name for spec in wish.specs}
    ours = [
        each
        for each in standing.pipelines
        if each.project == wish.project
        and (each.name in stages or each.annotations.get(MARK) == mark)
    ]
    reads = {each.name: _inside(each, wish.project) for each in ours}
    there = [name for name in wish.repos if (wish.project, name) in standing.repos]
    return Destruction(
        project=wish.project,
        pipelines=tuple(downstream_first(reads)),
        repos=tuple(there) if repos else (),
        reads=reads,
    )


def objections(
    what: Destruction, wish: Wish, standing: Standing, *, adopt: bool
) -> Iterator[Diagnostic]:
    """Yield why it may not be: pipelines without our mark, and others that read what would go."""
    spans = {spec.name: spec.at("pipeline", "name") for spec in wish.specs}
    for name in what.pipelines:
        seen = standing.pipeline(what.project, name)
        owner = None if seen is None else seen.annotations.get(MARK)
        if owner != f"{wish.project}/{wish.dag}" and not adopt:
            said = f"belongs to `{owner}`" if owner else "was not made by `bcdsl apply`"
            yield Diagnostic(
                code=NOT_OURS,
                message=f"`{name}` {said}",
                span=spans.get(name),
                help="say `--adopt` to destroy it all the same",
            )
    going = {(what.project, name) for name in (*what.pipelines, *what.repos)}
    for each in standing.pipelines:
        if (each.project, each.name) in going:
            continue
        for project, repo in sorted(_read(each) & going):
            yield Diagnostic(
                code=OTHERS_READ,
                message=f"`{each.project}/{each.name}` reads `{repo}`, and is not of this document",
                span=spans.get(repo) if project == what.project else None,
                help="delete that pipeline first, or let it read something else",
            )


def destroy(what: Destruction, cluster: Cluster) -> Destroyed:
    """Delete; what is upstream of a failure is left, all else is still done."""
    done: list[str] = []
    left: list[str] = []
    faults: list[tuple[str, Fault]] = []
    needed: set[str] = set()
    for name in what.pipelines:
        fault = None if name in needed else _delete(cluster, what.project, name, repo=False)
        if fault is not None:
            faults.append((name, fault))
        if fault is not None or name in needed:
            left.append(name)
            needed |= what.reads[name]
        else:
            done.append(name)
    for name in what.repos:
        fault = None if name in needed else _delete(cluster, what.project, name, repo=True)
        if fault is not None:
            faults.append((name, fault))
        (left if fault is not None or name in needed else done).append(name)
    return Destroyed(done=tuple(done), left=tuple(left), faults=tuple(faults))


def _delete(cluster: Cluster, project: str, name: str, *, repo: bool) -> Fault | None:
    """Delete one; deleting what is gone succeeds, so a lost answer is tried once more."""
    delete = cluster.delete_repo if repo else cluster.delete_pipeline
    try:
        delete(project, name)
    except ClusterError as error:
        if not error.fault.open:
            return error.fault
    else:
        return None
    try:
        delete(project, name)
    except ClusterError as error:
        return error.fault
    return None


def _read(seen: SeenPipeline) -> set[tuple[str, str]]:
    form = stored_form(seen)
    if "input" not in form:
        return set()
    found = [leaf["pfs"] for leaf in leaves(form["input"]) if "pfs" in leaf]
    return {(pfs["project"], pfs.get("repo", "")) for pfs in found}


def _inside(seen: SeenPipeline, project: str) -> frozenset[str]:
    return frozenset(repo for inside, repo in _read(seen) if inside == project)
