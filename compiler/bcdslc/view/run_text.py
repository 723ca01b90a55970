"""A run as a table: what each stage did, how long it took, where its output is."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator

from bcdslc.local.record import JobState
from bcdslc.local.run import RunResult
from bcdslc.local.stage import StageResult
from bcdslc.view.table import table

_USUAL = ".bcdsl/store"  # where `bcdsl store` looks unless told
_HEAD = ("stage", "datums", "ran", "skipped", "failed", "recovered", "time", "why")


def run_lines(result: RunResult, store: str) -> Iterator[str]:
    """Yield the report's lines."""
    for commit in result.commits:
        yield f"  {commit.branch}: new data"
    if result.commits:
        yield ""
    rows = [*map(_row, result.stages), *map(_not_begun, result.not_begun)]
    yield from table([_HEAD, *rows])
    yield ""
    counts = [each.result.job.counts for each in result.stages if each.result]
    ran, failed = sum(c.processed for c in counts), sum(c.failed for c in counts)
    noun = "datum" if ran == 1 else "datums"
    also = f", {failed} failed" if failed else ""
    yield f"{ran} {noun} ran{also} in {_time(result.seconds)}; outputs, logs and reasons: {store}"
    there = store_option(store)
    words = ("ls", "get STAGE DIR", "why STAGE")
    yield "look at them with " + ", ".join(f"`bcdsl store {each}{there}`" for each in words)


def store_option(store: str) -> str:
    """Return what makes `bcdsl store` look into a store, if it does not of itself."""
    return "" if store == _USUAL else f" --store {shlex.quote(store)}"


def _row(each: StageResult) -> tuple[str, ...]:
    if each.result is None:
        return (each.spec.name, "", "0", "", "", "", "", each.note or "nothing new")
    job = each.result.job
    counts = job.counts
    return (
        each.spec.name,
        str(counts.total),
        str(counts.processed),
        _some(counts.skipped),
        _some(counts.failed),
        _some(counts.recovered),
        _time(job.seconds),
        _said(each, job.state),
    )


def _not_begun(name: str) -> tuple[str, ...]:
    why = "not begun: a stage failed; `--keep-going` runs those that can"
    return (name, "", "", "", "", "", "", why)


def _said(each: StageResult, state: JobState) -> str:
    match state:
        case JobState.SUCCESS:
            return _why(each)
        case JobState.FAILURE:
            return "failed"
        case JobState.KILLED:
            return "ended"
        case JobState.UNRUNNABLE:
            return "not run: a stage before it failed"
        case JobState.RUNNING:
            return "cut off"


def _why(each: StageResult) -> str:
    """Return why datums ran, with how many for each reason if there are several."""
    if each.result is None:
        return ""
    ran = [r for r in each.result.records if r.done_in == each.result.job.number]
    counted = Counter(record.why for record in ran)
    if len(counted) == 1:
        return next(iter(counted))
    return ", ".join(f"{count}: {why}" for why, count in counted.items())


def _some(count: int) -> str:
    return str(count) if count else "·"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"
