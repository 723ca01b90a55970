"""A whole run: data into commits, stages upstream first, one id for all that comes of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timezone
from uuid import uuid4

from bcdsl.frozen import dataclass
from bcdslc.local.intake import Unreadable, take_in
from bcdslc.local.job import Watch
from bcdslc.local.order import upstream_first
from bcdslc.local.record import Branch, Commit, JobState
from bcdslc.local.road import Road
from bcdslc.local.settings import Settings, settings_of
from bcdslc.local.stage import Means, StageResult, run_stage
from bcdslc.local.store import Store
from bcdslc.spec.spec import Spec
from bcdslc.tree.file_tree import FileTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a run is asked to do.

    `road_of` says how a stage's programs run here; `ticking` names the pipelines whose clocks tick,
    None for all; `keep_going` runs the rest after a stage failed; `retry` runs
    again what failed before.
    """

    specs: Sequence[Spec]
    data: Mapping[Branch, FileTree]
    road_of: Callable[[Settings], Road]
    jobs: int
    reprocess: frozenset[str] = frozenset()
    ticking: Collection[str] | None = None
    keep_going: bool = False
    retry: bool = False
    now: datetime | None = None  # of the clocks' ticks; None: when the run begins


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run did: new commits of data, and each stage in the order in which they ran."""

    id: str
    commits: tuple[Commit, ...] = ()
    stages: tuple[StageResult, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    not_begun: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether data could not be read or a job did not succeed."""
        ended = [each.result for each in self.stages if each.result]
        return bool(self.unreadable) or any(r.job.state is not JobState.SUCCESS for r in ended)


class CutShortError(Exception):
    """This machine could not carry on: no room, or a folder that is gone."""


def run(
    store: Store,
    wish: Wish,
    on_stage: Callable[[Settings], None],
    on_datum: Callable[[Settings], Watch],
) -> RunResult:
    """Carry out a run. `on_stage` is told when a stage begins, `on_datum` makes its watch.

    Raises:
        CutShortError: The store could not be written; what was done before it stays.
    """
    try:
        return _run(store, wish, on_stage, on_datum)
    except OSError as error:
        raise CutShortError((error.strerror or str(error)).lower()) from error
    except sqlite3.OperationalError as error:
        raise CutShortError(str(error)) from error


def _run(
    store: Store,
    wish: Wish,
    on_stage: Callable[[Settings], None],
    on_datum: Callable[[Settings], Watch],
) -> RunResult:
    started = time.monotonic()
    id = uuid4().hex
    commits, unreadable = take_in(store, wish.data, id)
    if unreadable:
        return RunResult(id=id, unreadable=tuple(unreadable))
    means = Means(
        store=store,
        id=id,
        now=wish.now or datetime.now(timezone.utc),
        jobs=wish.jobs,
        ticking=lambda s: wish.ticking is None or s.pipeline.name in wish.ticking,
        reprocess=wish.reprocess,
        retry=wish.retry,
        on_datum=on_datum,
    )
    results: list[StageResult] = []
    ordered = _in_order(wish.specs)
    for spec, stage in ordered:
        on_stage(stage)
        results.append(run_stage(means, spec, stage, wish.road_of(stage)))
        if not wish.keep_going and _failed(results[-1]):
            break
    return RunResult(
        id=id,
        commits=tuple(commits),
        stages=tuple(results),
        not_begun=tuple(spec.name for spec, _ in ordered[len(results) :]),
        seconds=time.monotonic() - started,
    )


def _in_order(specs: Sequence[Spec]) -> list[tuple[Spec, Settings]]:
    settings = [settings_of(spec) for spec in specs]
    owner = {stage.pipeline: spec for spec, stage in zip(specs, settings, strict=True)}
    return [(owner[stage.pipeline], stage) for stage in upstream_first(settings)]


def _failed(result: StageResult) -> bool:
    return result.result is not None and result.result.job.state is not JobState.SUCCESS
