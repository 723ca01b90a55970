"""Stages in an order in which they can be created: writers before readers, ties by name."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from bcdsl.input_names import leaves_of
from bcdsl.model import CronLeaf, Dag, PfsLeaf, Stage, Writer


def order_stages(dag: Dag) -> tuple[Stage, ...]:
    """Return the stages in topological order; what stands in a cycle comes last, by name."""
    stages = {stage.name.value: stage for stage in dag.stages}
    writers = _writers(dag)
    waits = {
        name: {writers[repo] for repo in _read(stage) if repo in writers} - {name}
        for name, stage in stages.items()
    }
    readers: dict[str, list[str]] = {}
    for name, waited in waits.items():
        for writer in waited:
            readers.setdefault(writer, []).append(name)
    ready = [name for name, waited in waits.items() if not waited]
    heapq.heapify(ready)
    ordered = []
    while ready:
        name = heapq.heappop(ready)
        ordered.append(stages[name])
        for reader in readers.get(name, ()):
            waits[reader].discard(name)
            if not waits[reader]:
                heapq.heappush(ready, reader)
    left = sorted(name for name, waited in waits.items() if waited)
    return (*ordered, *(stages[name] for name in left))


def _writers(dag: Dag) -> dict[str, str]:
    """Return the stage that makes each repo: its own, and those of its clocks."""
    made = {}
    for stage in dag.stages:
        for leaf in _leaves(stage):
            if isinstance(leaf, CronLeaf):
                made[tick_repo(stage, leaf)] = stage.name.value
    return made | {stage.name.value: stage.name.value for stage in dag.stages}


def tick_repo(stage: Stage, cron: CronLeaf) -> str:
    """Return the repo that a clock fills (spec reference, 2.8)."""
    return cron.repo.value if cron.repo else f"{stage.name.value}_{cron.name.value}"


def _read(stage: Stage) -> Iterator[str]:
    for leaf in _leaves(stage):
        if isinstance(leaf, PfsLeaf) and leaf.writer in (Writer.STAGE, Writer.TICK):
            yield leaf.repo.value


def _leaves(stage: Stage) -> Iterator[PfsLeaf | CronLeaf]:
    for item in stage.inputs.items if stage.inputs else ():
        yield from leaves_of(item)
