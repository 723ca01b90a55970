"""What changes set off further down, in stages of the document and in pipelines of others.

Each new output commit makes a job in every reader, so effects are followed along what will read
what, through any number of pipelines of either kind, in any project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bcdsl.frozen import dataclass, replace
from bcdslc.cluster.seen import SeenPipeline
from bcdslc.plan.change import Create, Effect, Keep, Recreate, StageChange, Update
from bcdslc.plan.effect import passed_on, strongest
from bcdslc.plan.reads import Repo, repos_read, stored_form
from bcdslc.plan.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A pipeline as it will be; what is `asleep` makes no job."""

    form: dict[str, Any]
    reads: frozenset[Repo]
    own: Effect
    asleep: bool


def followed(
    stages: Sequence[Stage], changes: Sequence[StageChange], others: Sequence[SeenPipeline]
) -> tuple[tuple[StageChange, ...], tuple[tuple[str, Effect], ...]]:
    """Return the changes with what those upstream set off, and the others that run."""
    pairs = list(zip(stages, changes, strict=True))
    if all(isinstance(change, Keep) for _, change in pairs):
        return tuple(change for _, change in pairs), ()
    nodes = {(s.project, s.name): _of_stage(s, change) for s, change in pairs}
    beside = {(each.project, each.name): _of_other(each) for each in others}
    nodes |= beside
    effects = _spread(nodes)

    said = {key: "/".join(key) if key in beside else key[1] for key in nodes}
    result = tuple(_with_upstream(s, change, nodes, effects, said) for s, change in pairs)
    moved = [key for key in beside if effects[key] is not Effect.NOTHING_RUNS]
    return result, tuple(("/".join(key), effects[key]) for key in moved)


def _of_stage(stage: Stage, change: StageChange) -> Node:
    match change:
        case Create():
            own = Effect.ALL_DATUMS
        case Recreate():
            own = Effect.RECREATE
        case Keep() | Update():
            own = change.effect
    held = isinstance(change, Update) and change.held
    asleep = stage.stopped and not held
    return Node(form=stage.form, reads=repos_read(stage.form), own=own, asleep=asleep)


def _of_other(seen: SeenPipeline) -> Node:
    form = stored_form(seen)
    return Node(form=form, reads=repos_read(form), own=Effect.NOTHING_RUNS, asleep=seen.stopped)


def _spread(nodes: Mapping[Repo, Node]) -> dict[Repo, Effect]:
    """Return what becomes of each in the end: effects only grow, so this comes to rest."""
    readers: dict[Repo, list[Repo]] = {}
    for key, node in nodes.items():
        for repo in node.reads & nodes.keys():
            readers.setdefault(repo, []).append(key)
    effects = {key: node.own for key, node in nodes.items()}
    waiting = [key for key, effect in effects.items() if effect is not Effect.NOTHING_RUNS]
    while waiting:
        key = waiting.pop()
        for reader in readers.get(key, ()):
            node = nodes[reader]
            if node.asleep:
                continue
            grown = strongest([effects[reader], passed_on(effects[key], node.form)])
            if grown is not effects[reader]:
                effects[reader] = grown
                waiting.append(reader)
    return effects


def _with_upstream(
    stage: Stage,
    change: StageChange,
    nodes: Mapping[Repo, Node],
    effects: Mapping[Repo, Effect],
    said: Mapping[Repo, str],
) -> StageChange:
    node = nodes[stage.project, stage.name]
    if node.asleep or isinstance(change, Create | Recreate):
        return change
    above = [
        key
        for key in node.reads & nodes.keys()
        if passed_on(effects[key], node.form) is not Effect.NOTHING_RUNS
    ]
    if not above:
        return change
    passed = strongest(passed_on(effects[key], node.form) for key in above)
    because = tuple(sorted(said[key] for key in above))
    if isinstance(change, Keep):
        return Keep(name=change.name, effect=passed, because=because)
    grown = strongest([change.effect, passed])
    if change.effect in (Effect.NOTHING_RUNS, Effect.SKIPS) and grown is not change.effect:
        return replace(change, effect=grown, because=because)
    return change
