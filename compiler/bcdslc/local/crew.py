"""The workers of a job: each takes a set of datums at a time and works through it in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TypeAlias

from bcdslc.local.batch import work_batch
from bcdslc.local.bench import Bench, Desk
from bcdslc.local.record import DatumRecord
from bcdslc.local.settings import Settings
from bcdslc.local.work import Task, work

Done: TypeAlias = Callable[[DatumRecord], None]


def datum_sets(tasks: Sequence[Task], settings: Settings, workers: int) -> Iterator[Sequence[Task]]:
    """Cut tasks into sets as the spec says; a set is closed by the datum after the limit."""
    if settings.set_bytes > 0:
        yield from _by_size(tasks, settings.set_bytes)
        return
    size = settings.set_number or max(1, len(tasks) // (workers * settings.sets_per_worker))
    for start in range(0, len(tasks), size):
        yield tasks[start : start + size]


def _by_size(tasks: Sequence[Task], limit: int) -> Iterator[Sequence[Task]]:
    held: list[Task] = []
    size = 0
    for task in tasks:
        if held and size >= limit:
            yield held
            held, size = [], 0
        held.append(task)
        size += sum(entry.source.files.size(entry.path) or 0 for entry in task.entries)
    if held:
        yield held


def run_all(
    bench: Bench, tasks: Sequence[Task], *, workers: int, at_once: int, job: int, done: Done
) -> None:
    """Run tasks on so many workers, at most `at_once` of them busy, and call `done` for each.

    `done` is called on the caller's thread. Ends early when the bench is stopped.

    Raises:
        Exception: What a worker raised; all others were stopped before.
    """
    queue: SimpleQueue[Sequence[Task]] = SimpleQueue()
    for group in datum_sets(tasks, bench.settings, workers):
        queue.put(group)
    results: SimpleQueue[DatumRecord | BaseException | None] = SimpleQueue()
    threads = [
        threading.Thread(target=_worker, args=(bench, number, job, queue, results), daemon=True)
        for number in range(max(1, min(workers, at_once, len(tasks))))
    ]
    for thread in threads:
        thread.start()
    working = len(threads)
    try:
        while working:
            result = results.get()
            if result is None:
                working -= 1
            elif isinstance(result, BaseException):
                raise result
            else:
                done(result)
    finally:
        if working:
            bench.stop()
        for thread in threads:
            thread.join()
        bench.trash.empty()


def _worker(
    bench: Bench,
    number: int,
    job: int,
    queue: SimpleQueue[Sequence[Task]],
    results: SimpleQueue[DatumRecord | BaseException | None],
) -> None:
    do = work_batch if bench.settings.batch else _one_by_one
    try:
        desk = bench.desk(number)
        while not bench.stopping.is_set():
            try:
                tasks = queue.get_nowait()
            except Empty:
                break
            for record in do(desk, tasks, job):
                results.put(record)
        desk.ground.close()
    except BaseException as error:
        results.put(error)
    finally:
        results.put(None)


def _one_by_one(desk: Desk, tasks: Sequence[Task], job: int) -> Iterator[DatumRecord]:
    for task in tasks:
        if desk.bench.stopping.is_set():
            return
        record = work(desk, task, job)
        if not desk.bench.stopping.is_set():
            yield record
