"""What destroying a DAG would delete, whether that may be, and doing it.

Deletes ignore transactions on the server: they run one by one, downstream first, and a refused
one may have stopped its pipeline (section 4.4 of the spec reference).
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.source import Span
from bcdslc.cluster.fault import ClusterError, Fault, interrupted
from bcdslc.cluster.protocol import Cluster
from bcdslc.cluster.seen import Standing
from bcdslc.plan.foreign import others_read
from bcdslc.plan.mark import NOT_OURS, OWNER, owner
from bcdslc.plan.reads import (
    Repo,
    downstream_first,
    names_read,
    reads_among,
    repos_made,
    stored_form,
)
from bcdslc.plan.wish import Wish


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
    mark = owner(wish.project, wish.dag)
    stages = {spec.name for spec in wish.specs}
    ours = [
        each
        for each in standing.pipelines
        if each.project == wish.project
        and (each.name in stages or each.annotations.get(OWNER) == mark)
    ]
    forms = {each.name: stored_form(each) for each in ours}
    reads = reads_among(forms.values())
    data = {name: names_read(form, wish.project) & set(wish.repos) for name, form in forms.items()}
    there = [name for name in wish.repos if (wish.project, name) in standing.repos]
    return Destruction(
        project=wish.project,
        pipelines=tuple(downstream_first(reads)),
        repos=tuple(there) if repos else (),
        reads={name: reads[name] | data[name] for name in reads},
    )


def objections(
    what: Destruction, wish: Wish, standing: Standing, *, adopt: bool
) -> Iterator[Diagnostic]:
    """Yield why it may not be: pipelines without our mark, and others that read what would go."""
    spans = {spec.name: spec.at("pipeline", "name") for spec in wish.specs}
    for name in what.pipelines:
        seen = standing.pipeline(what.project, name)
        whose = None if seen is None else seen.annotations.get(OWNER)
        if whose != owner(wish.project, wish.dag) and not adopt:
            said = f"belongs to `{whose}`" if whose else "was not made by `bcdsl apply`"
            yield Diagnostic(
                code=NOT_OURS,
                message=f"`{name}` {said}",
                span=spans.get(name),
                help="say `--adopt` to destroy it all the same",
            )
    going: dict[Repo, Span | None] = {(what.project, name): None for name in what.repos}
    for name in what.pipelines:
        seen = standing.pipeline(what.project, name)
        if seen is not None:
            going |= dict.fromkeys(repos_made(stored_form(seen)), spans.get(name))
    ours = {(what.project, name) for name in what.pipelines}
    others = [each for each in standing.pipelines if (each.project, each.name) not in ours]
    yield from others_read(going, others, None)


def destroy(what: Destruction, cluster: Cluster) -> Destroyed:
    """Delete; what is upstream of a failure is left, all else is still done.

    After Ctrl-C all is left, also the one that was being deleted: the same command goes on.
    """
    done: list[str] = []
    left: list[str] = []
    faults: list[tuple[str, Fault]] = []
    needed: set[str] = set()
    every = [(name, False) for name in what.pipelines] + [(name, True) for name in what.repos]
    for number, (name, repo) in enumerate(every):
        try:
            fault = None if name in needed else _delete(cluster, what.project, name, repo=repo)
        except KeyboardInterrupt:
            left += [rest for rest, _ in every[number:]]
            faults.append((name, interrupted("destroy")))
            break
        if fault is not None:
            faults.append((name, fault))
        if fault is not None or name in needed:
            left.append(name)
            needed |= what.reads[name] if not repo else set()
        else:
            done.append(name)
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
