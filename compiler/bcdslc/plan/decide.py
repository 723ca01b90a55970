"""What would change: the document's specs against what stands on the cluster."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bcdsl.frozen import dataclass
from bcdsl.source import Span
from bcdslc.cluster.seen import SeenPipeline, Standing
from bcdslc.plan.change import (
    Change,
    Create,
    Delete,
    Effect,
    FieldChange,
    Keep,
    Plan,
    Update,
)
from bcdslc.plan.difference import Difference, differences
from bcdslc.plan.effect import effect_of, passed_on, strongest
from bcdslc.plan.merge import effective, submitted
from bcdslc.plan.normal import MARK, leaves, normal
from bcdslc.spec.decode import decode
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the document wants, and what was asked for beside it."""

    project: str
    dag: str | None
    repos: tuple[str, ...]
    specs: tuple[Spec, ...]  # upstream first
    reprocess: frozenset[str] = frozenset()
    prune: bool = False


def decide(wish: Wish, standing: Standing) -> Plan:
    """Return what has to be done for the cluster to say what the document says."""
    seen = {each.name: each for each in standing.pipelines if each.project == wish.project}
    forms = {each.name: stored_form(each) for each in seen.values()}
    changes: list[Change] = []
    effects: dict[str, Effect] = {}
    inputs: dict[str, frozenset[str]] = {}
    for spec in wish.specs:
        value = effective(spec, wish.project, standing.cluster_defaults, standing.project_defaults)
        form = normal(value, wish.project)
        inputs[spec.name] = _read(form, wish.project)
        change = _change(wish, spec, form, seen.get(spec.name), forms.get(spec.name))
        moved = tuple(name for name in sorted(inputs[spec.name]) if _moves(effects.get(name)))
        change = _with_upstream(change, form, seen.get(spec.name), moved, effects)
        effects[spec.name] = change.effect if not isinstance(change, Create) else Effect.ALL_DATUMS
        changes.append(change)
    wanted = {spec.name for spec in wish.specs}
    others = [each for each in seen.values() if each.name not in wanted]
    changes += _deletes(wish, others, forms)
    gone = {change.name for change in changes if isinstance(change, Delete)}
    return Plan(
        project=wish.project,
        dag=wish.dag,
        new_project=wish.project not in standing.projects,
        new_repos=tuple(r for r in wish.repos if (wish.project, r) not in standing.repos),
        changes=tuple(changes),
        base=tuple((name, _base(seen.get(name))) for name in [s.name for s in wish.specs]),
        downstream=tuple(_downstream(standing, wish.project, wanted | gone, effects)),
        others=tuple(sorted(each.name for each in others if each.name not in gone)),
    )


def stored_form(seen: SeenPipeline) -> dict[str, Any]:
    """Return the normal form of what stands."""
    spec, _ = decode(seen.spec)
    value = {} if spec is None else to_json(spec.request)
    value.setdefault("pipeline", {"project": {"name": seen.project}, "name": seen.name})
    return normal(value, seen.project, stored=seen.filled)


def marked(spec: dict[str, Any], wish_project: str, dag: str | None) -> dict[str, Any]:
    """Return a spec as it is sent, with the mark of the document it belongs to."""
    if dag is None:
        return spec
    metadata = dict(spec.get("metadata") or {})
    metadata["annotations"] = {
        **(metadata.get("annotations") or {}),
        MARK: f"{wish_project}/{dag}",
    }
    return {**spec, "metadata": metadata}


def _change(
    wish: Wish,
    spec: Spec,
    form: dict[str, Any],
    seen: SeenPipeline | None,
    stands: dict[str, Any] | None,
) -> Create | Keep | Update:
    sent = marked(submitted(spec, wish.project), wish.project, wish.dag)
    if seen is None or stands is None:
        return Create(name=spec.name, spec=sent)
    found = differences(stands, form)
    again = spec.name in wish.reprocess
    if not found and not again:
        return Keep(name=spec.name)
    fields = [_field(spec, each, form, seen.stopped) for each in found]
    fields.sort(key=lambda each: each.line or ("~", 0))
    effect = strongest([each.effect for each in fields])
    if again and effect.name not in ("REFUSED", "RECREATE"):
        effect = Effect.NOTHING_RUNS if seen.stopped else Effect.ALL_DATUMS
    return Update(
        name=spec.name,
        spec=sent,
        fields=tuple(fields),
        effect=effect,
        reprocess=again,
        kills=seen.busy,
    )


def _field(spec: Spec, change: Difference, form: dict[str, Any], stopped: bool) -> FieldChange:
    span: Span | None = spec.at(*change.place)
    line = None
    if span is not None:
        line = (span.source.name, span.source.position(span.start)[0])
    return FieldChange(difference=change, effect=effect_of(change, form, stopped), line=line)


def _moves(effect: Effect | None) -> bool:
    return effect is not None and effect is not Effect.NOTHING_RUNS


def _with_upstream(
    change: Create | Keep | Update,
    form: dict[str, Any],
    seen: SeenPipeline | None,
    moved: tuple[str, ...],
    effects: dict[str, Effect],
) -> Create | Keep | Update:
    """Return the change with what the changes upstream set off in it."""
    if not moved or isinstance(change, Create) or (seen is not None and seen.stopped):
        return change
    passed = strongest([passed_on(effects[name], form) for name in moved])
    if isinstance(change, Keep):
        return Keep(name=change.name, effect=passed, because=moved)
    if change.effect in (Effect.NOTHING_RUNS, Effect.SKIPS):
        return replace(change, effect=strongest([change.effect, passed]))
    return change


def _read(form: dict[str, Any], project: str) -> frozenset[str]:
    """Return the repos of its own project that a spec reads."""
    if "input" not in form:
        return frozenset()
    found = [leaf["pfs"] for leaf in leaves(form["input"]) if "pfs" in leaf]
    return frozenset(pfs.get("repo", "") for pfs in found if pfs.get("project") == project)


def _deletes(
    wish: Wish, others: Sequence[SeenPipeline], forms: dict[str, dict[str, Any]]
) -> Iterator[Delete]:
    """Yield the pipelines with our mark that the document lacks, downstream first."""
    if not wish.prune or wish.dag is None:
        return
    ours = [e for e in others if e.annotations.get(MARK) == f"{wish.project}/{wish.dag}"]
    for name in downstream_first({e.name: _read(forms[e.name], wish.project) for e in ours}):
        yield Delete(name=name)


def downstream_first(reads: dict[str, frozenset[str]]) -> list[str]:
    """Return names so that whoever reads another stands before it, ties by name."""
    left = dict(sorted(reads.items()))
    ordered = []
    while left:
        read = {repo for name, repos in left.items() for repo in repos if repo != name}
        free = [name for name in left if name not in read] or list(left)
        ordered += free
        for name in free:
            del left[name]
    return ordered


def _base(seen: SeenPipeline | None) -> tuple[int, str] | None:
    return None if seen is None else (seen.version, seen.spec_commit)


def _downstream(
    standing: Standing, project: str, ours: Collection[str], effects: dict[str, Effect]
) -> Iterator[tuple[str, Effect]]:
    """Yield the pipelines of others that read what changes, directly or through each other."""
    known = {f"{project}/{name}": effect for name, effect in effects.items()}
    waiting = {}
    for each in standing.pipelines:
        if each.project == project and each.name in ours:
            continue
        form = stored_form(each)
        found = leaves(form["input"]) if "input" in form else iter(())
        reads = {
            f"{leaf['pfs']['project']}/{leaf['pfs']['repo']}" for leaf in found if "pfs" in leaf
        }
        waiting[f"{each.project}/{each.name}"] = (form, reads, each.stopped)
    moved = True
    while moved:
        moved = False
        for name, (form, reads, stopped) in list(waiting.items()):
            above = [known[repo] for repo in reads if _moves(known.get(repo))]
            if above and not stopped:
                known[name] = strongest([passed_on(effect, form) for effect in above])
                del waiting[name]
                moved = True
                if _moves(known[name]):
                    yield name, known[name]
