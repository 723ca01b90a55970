"""What a run has to say of itself beside its table: failures, and what to do about them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from bcdsl.diagnostic import Diagnostic, Severity
from bcdslc.local.job import TIMED_OUT, JobResult
from bcdslc.local.merge import Collision
from bcdslc.local.record import DatumRecord, DatumState, JobState
from bcdslc.local.run import RunResult
from bcdslc.local.stage import StageResult
from bcdslc.local.store import Store
from bcdslc.local.version import Renewal

COLLISION = "BC934"
DATUM_FAILED = "BC935"
OLD_RESULTS = "BC936"
NOT_STARTED = "BC938"
TOO_LONG = "BC939"

KILLED = "signal: killed"
SHOWN = 3  # failed datums of a stage
TAIL = 4  # lines of a log
TAIL_BYTES = 2000


def findings(result: RunResult, store: Store, there: str = "") -> Iterator[Diagnostic]:
    """Yield what should be said of each stage; `there` makes `bcdsl store` find this store."""
    for each in result.stages:
        if each.result is not None:
            yield from _of_job(each, each.result, store, there)
        yield from _old_results(each, store)
        yield from _of_other_image(each, store)


def _of_job(each: StageResult, result: JobResult, store: Store, there: str) -> Iterator[Diagnostic]:
    if result.job.state is JobState.SUCCESS:
        return
    if each.note:
        yield Diagnostic(
            code=NOT_STARTED,
            message=f"`{each.spec.name}` did not start: {each.note}",
            span=each.spec.at("transform"),
        )
    elif result.collision is not None and result.job.reason == result.collision.server:
        yield _collision(each, result, result.collision)
    elif result.job.reason == TIMED_OUT:
        yield Diagnostic(
            code=TOO_LONG,
            message=f"`{each.spec.name}` was ended by its `job_timeout`",
            span=each.spec.at("jobTimeout"),
            help="raise `job_timeout`, or find out what takes so long in the logs",
        )
    failed = [record for record in result.records if record.state is DatumState.FAILED]
    for record in failed[:SHOWN]:
        yield _failed(each, record, len(failed), store, there)


def _collision(each: StageResult, result: JobResult, collision: Collision) -> Diagnostic:
    files = {record.id: ", ".join(record.files) for record in result.records}
    said = "; ".join(f"{id[:12]} ({files.get(id, 'an earlier job')})" for id in collision.datums)
    return Diagnostic(
        code=COLLISION,
        message=f"datums of `{each.spec.name}` write the same path `{collision.path}`: {said}",
        span=each.spec.at("input"),
        help="write below a folder named by the datum, e.g. the name of its input file; "
        f"on a cluster the job fails with `{collision.server}`",
    )


def _failed(
    each: StageResult, record: DatumRecord, count: int, store: Store, there: str
) -> Diagnostic:
    more = f" (one of {count})" if count > 1 else ""
    tail = _tail(store, record.log)
    whole = f"`bcdsl store log {each.spec.name}:{record.id[:12]}{there}`"
    said = f"printed: {' / '.join(tail)}; all of it: {whole}" if tail else "printed nothing"
    return Diagnostic(
        code=DATUM_FAILED,
        message=f"datum {record.id[:12]} of `{each.spec.name}` failed{more}: {record.reason}",
        span=each.spec.at("transform", "cmd"),
        help=f"it had {', '.join(record.files)}{_in_time(each, record)}; it {said}",
    )


def _in_time(each: StageResult, record: DatumRecord) -> str:
    """Return what the reason does not tell, as on a cluster: that a limit ended the program."""
    limit = each.stage.datum_timeout
    if limit is None or record.seconds < limit or record.reason != KILLED:
        return ""
    return f"; it ran {record.seconds:.1f} s, and its `datum_timeout` is {limit:g} s"


def _tail(store: Store, log: str) -> list[str]:
    """Return the last lines of a log, which may be long; what each attempt repeats once."""
    with store.blobs.path(log).open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        text = file.read().decode("utf-8", "replace").rstrip()
    groups = [(line, len([*equal])) for line, equal in groupby(text.splitlines())]
    return [line if n == 1 else f"{line} ({n} times)" for line, n in groups[-TAIL:]]


def _old_results(each: StageResult, store: Store) -> Iterator[Diagnostic]:
    """Warn where code changed and results of the code before stay."""
    if each.renewal is not Renewal.UPDATED or each.result is None:
        return
    skipped = each.result.job.counts.skipped
    before = store.ledger.version(each.stage.pipeline, each.version.number - 1)
    if skipped and before is not None and _code(before.spec) != _code(each.version.spec):
        noun = "result stays" if skipped == 1 else "results stay"
        yield Diagnostic(
            code=OLD_RESULTS,
            severity=Severity.WARNING,
            message=f"the code of `{each.spec.name}` changed, and {skipped} older {noun}",
            span=each.spec.at("transform"),
            help=f"`--reprocess {each.spec.name}` runs all datums with the new code; "
            "a cluster keeps them just so",
        )


def _of_other_image(each: StageResult, store: Store) -> Iterator[Diagnostic]:
    """Warn where results stay that were made with another image of the same name."""
    if not each.image:
        return
    base = store.ledger.base(each.stage.pipeline)
    if each.result is not None:
        records = each.result.records
    else:
        records = tuple(store.ledger.datums(base)) if base is not None else ()
    jobs = {number: store.ledger.find_job(number) for number in {r.done_in for r in records}}
    made_in = Counter(job.image for r in records if (job := jobs[r.done_in]) and job.image)
    others = made_in.total() - made_in[each.image]
    if others:
        noun = "result was" if others == 1 else "results were"
        yield Diagnostic(
            code=OLD_RESULTS,
            severity=Severity.WARNING,
            message=f"the image of `{each.spec.name}` is another one than {others} {noun} made in",
            span=each.spec.at("transform", "image"),
            help=f"`--reprocess {each.spec.name}` runs all datums in the image of now; "
            "a cluster keeps them just so",
        )


def _code(spec: str) -> object:
    return json.loads(spec).get("transform")
