"""Pipelines in the order in which they can run: upstream first, ties as given."""

from __future__ import annotations

from collections.abc import Sequence

from bcdslc.input_tree import Cron, leaves
from bcdslc.local.record import PipelineName
from bcdslc.local.settings import Settings


def upstream_first(stages: Sequence[Settings]) -> list[Settings]:
    """Return the stages so that each comes after those whose output it reads.

    Stages on a cycle come last, as given: rules about specs have refused them before.
    """
    waiting = list(stages)
    names = {stage.pipeline for stage in stages}
    ordered: list[Settings] = []
    done: set[PipelineName] = set()
    while waiting:
        ready = [s for s in waiting if _reads(s) & names <= done | {s.pipeline}] or waiting
        ordered += ready
        done |= {stage.pipeline for stage in ready}
        waiting = [stage for stage in waiting if stage.pipeline not in done]
    return ordered


def _reads(stage: Settings) -> set[PipelineName]:
    if stage.tree is None:
        return set()
    project = stage.pipeline.project
    return {
        PipelineName(leaf.project or project, leaf.repo)
        for leaf in leaves(stage.tree)
        if not isinstance(leaf, Cron)
    }
