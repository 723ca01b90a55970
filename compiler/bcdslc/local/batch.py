"""Datums of a pipeline with `datum_batching`: one program, started once for each set.

The program asks for its next datum with `pachctl next datum [--error TEXT]`, which here is a small
script on its PATH that writes to one named pipe and waits on another, in /pfs/.scratch.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bcdsl.frozen import dataclass
from bcdslc.local.attempt import Attempt, stdin_file, uploaded
from bcdslc.local.bench import Desk
from bcdslc.local.environment import datum_variables, env_file, job_variables
from bcdslc.local.layout import Pfs, lay_out, write_env
from bcdslc.local.record import DatumRecord
from bcdslc.local.road import Process
from bcdslc.local.spawn import Ended, Program
from bcdslc.local.work import Task, record

PACHCTL = """#!/bin/sh
# The worker's side of `pachctl next datum [--error TEXT]`.
[ "$1 $2" = "next datum" ] || { echo "pachctl: only \\`next datum\\` works here" >&2; exit 1; }
case "$3" in --error) text=$4 ;; --error=*) text=${3#--error=} ;; *) text= ;; esac
next=${PFS:-/pfs}/.scratch/next
printf '%s\\n' "$text" > "$next/ask"
# the runner may still have the pipe open from the answer before: then it closes without a line
until read -r answer < "$next/answer"; do :; done
"""

_EARLY = "error starting user code: error running user code: user code exited prematurely"


def work_batch(desk: Desk, tasks: Sequence[Task], job: int) -> Iterator[DatumRecord]:
    """Run a set of datums and yield what became of each."""
    left = list(tasks)
    tries = {task.id: desk.bench.settings.tries for task in tasks}
    while left and not desk.bench.stopping.is_set():
        program = _Program(desk)
        try:
            while left:
                task = left[0]
                started = time.monotonic()
                last = program.datum(task, started)
                tries[task.id] -= 1
                if last.reason and not last.never_ends and tries[task.id] > 0:
                    break  # started anew, for the same datum
                left.pop(0)
                if desk.bench.stopping.is_set():
                    return
                seconds = time.monotonic() - started
                yield record(desk, task, last, False, program.log, seconds, job)
                if last.reason:
                    break  # started anew, for the rest
        finally:
            program.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The program wants its next datum; `error` is what it says of the one before."""

    error: str


class _Program:
    """One start of the program, and the datums that it is given."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pipes = desk.pfs / ".scratch" / "next"
        self.pipes.mkdir(parents=True, exist_ok=True)
        for name in ("ask", "answer"):
            (self.pipes / name).unlink(missing_ok=True)
            os.mkfifo(self.pipes / name, 0o666)
        self.ask = os.open(self.pipes / "ask", os.O_RDONLY | os.O_NONBLOCK)
        self.log = desk.folder / "streams" / "log"
        self.log.unlink(missing_ok=True)
        self.running = self._start()
        self.asked = False

    def _start(self) -> Process:
        desk = self.desk
        variables = desk.variables(job_variables(desk.bench.ids))
        program = Program(
            argv=desk.bench.settings.cmd,
            env=dict(variables),
            cwd=desk.workdir(),
            log=self.log,
            stdin=stdin_file(desk, desk.bench.settings.stdin),
            user=desk.bench.user,
        )
        return desk.bench.start(desk.ground, program)

    def datum(self, task: Task, started: float) -> Attempt:
        """Give the program a datum and return what it made of it."""
        limit = self.desk.bench.settings.datum_timeout
        deadline = None if limit is None else started + limit
        if not self.asked:
            first = self._wait(deadline)
            if not isinstance(first, _Asked):
                return self._ended(first)
        bench = self.desk.bench
        pfs = lay_out(
            self.desk.pfs, self.desk.ground.at, bench.scratch, task.id, task.entries, bench.blobs
        )
        try:
            answer = self._hand_over(pfs, task) or self._wait(deadline)
            if not isinstance(answer, _Asked):
                return self._ended(answer)
            self.asked = True
            if answer.error:
                return Attempt(reason=answer.error)
            return uploaded(self.desk, pfs, task.entries)
        finally:
            self.desk.ground.take_back()
            pfs.clear()

    def _hand_over(self, pfs: Pfs, task: Task) -> Ended | None:
        """Tell the program that its datum is there; return how it ended if it is gone."""
        desk = self.desk
        named = datum_variables(task.id, task.entries, desk.bench.ids, desk.ground.at)
        write_env(pfs, env_file(desk.variables(named)))
        if desk.bench.user:
            desk.ground.give(pfs, desk.bench.user)
        while True:
            with suppress(OSError):  # ENXIO while the program does not read yet
                pipe = os.open(self.pipes / "answer", os.O_WRONLY | os.O_NONBLOCK)
                os.write(pipe, b"\n")
                os.close(pipe)
                return None
            ended = self.running.poll(0.002)
            if ended is not None:
                return ended

    def _wait(self, deadline: float | None) -> _Asked | Ended:
        """Return what the program asks, or how it ended."""
        text = b""
        while True:
            with suppress(BlockingIOError):
                text += os.read(self.ask, 4096)
            if text.endswith(b"\n"):
                return _Asked(error=text[:-1].decode("utf-8", "replace"))
            ended = self.running.poll(0.002)
            if ended is not None:
                return ended
            if deadline is not None and time.monotonic() > deadline:
                return self.running.wait(0)

    def _ended(self, ended: Ended) -> Attempt:
        if ended.timed_out or self.desk.bench.stopping.is_set():
            return Attempt(reason=ended.reason or "signal: killed")
        return Attempt(reason=_EARLY, never_ends=True)

    def end(self) -> None:
        """End the program: it waits for a datum that does not come."""
        self.running.wait(0)
        self.desk.bench.ended(self.running)
        self.desk.ground.leave()
        os.close(self.ask)


def write_tools(folder: Path) -> None:
    """Write the worker's own programs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pachctl"
    if not path.exists() or path.read_text() != PACHCTL:
        fresh = folder / f"pachctl-{os.getpid()}"
        fresh.write_text(PACHCTL)
        fresh.chmod(0o755)
        fresh.replace(path)  # another run may be reading it
