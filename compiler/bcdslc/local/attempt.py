"""One attempt at one datum: lay out, run, upload; after a failure, the spec's `err_cmd`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from bcdsl.frozen import dataclass, field
from bcdslc.datum.source import Entry
from bcdslc.local.bench import Desk
from bcdslc.local.blob import Blob
from bcdslc.local.environment import datum_variables, env_file
from bcdslc.local.layout import Pfs, lay_out, write_env
from bcdslc.local.spawn import Ended, Program
from bcdslc.local.upload import FailedError, NeverEndsError, upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How an attempt went. `reason` is empty if it succeeded.

    `recovered`: the program failed and `err_cmd` succeeded. `never_ends`: on a cluster the job
    would restart without end.
    """

    reason: str = ""
    recovered: bool = False
    never_ends: bool = False
    files: dict[str, Blob] = field(default_factory=dict)


def attempt(desk: Desk, datum: str, entries: Sequence[Entry], log: Path) -> Attempt:
    """Run the program of a datum once, in a fresh /pfs."""
    bench = desk.bench
    settings = bench.settings
    pfs = lay_out(desk.pfs, desk.ground.at, bench.scratch, datum, entries, bench.blobs)
    try:
        variables = desk.variables(datum_variables(datum, entries, bench.ids, desk.ground.at))
        write_env(pfs, env_file(variables))
        if bench.user:
            desk.ground.give(pfs, bench.user)
        deadline = settings.datum_timeout and time.monotonic() + settings.datum_timeout
        env = dict(variables)
        ended = run(desk, settings.cmd, settings.stdin, env, log, deadline)
        if failed(desk, ended):
            return _after_failure(desk, env, log, deadline, ended)
        return uploaded(desk, pfs, entries)
    finally:
        desk.ground.leave()
        pfs.clear(desk.throw)


def run(
    desk: Desk,
    argv: Sequence[str],
    stdin: Sequence[str],
    env: dict[str, str],
    log: Path,
    deadline: float | None,
) -> Ended:
    """Run a program to its end, or to the deadline (of the monotonic clock, in seconds)."""
    program = Program(
        argv=argv,
        env=env,
        cwd=desk.workdir(),
        log=log,
        stdin=stdin_file(desk, stdin),
        user=desk.bench.user,
    )
    running = desk.bench.start(desk.ground, program)
    try:
        return running.wait(None if deadline is None else max(0.0, deadline - time.monotonic()))
    finally:
        desk.bench.ended(running)


def failed(desk: Desk, ended: Ended) -> bool:
    """Return whether a program's end is none that the spec accepts."""
    accepted = desk.bench.settings.accept
    if ended.error is not None or ended.timed_out:
        return True
    if ended.status is not None and ended.status < 0:  # go reports any signal as -1
        return -1 not in accepted
    if ended.signal is not None and -1 in accepted:
        return False
    return ended.status != 0 and ended.status not in accepted


def _after_failure(
    desk: Desk, env: dict[str, str], log: Path, deadline: float | None, ended: Ended
) -> Attempt:
    settings = desk.bench.settings
    if not settings.err_cmd or ended.timed_out or desk.bench.stopping.is_set():
        return Attempt(reason=ended.reason)
    second = run(desk, settings.err_cmd, settings.err_stdin, env, log, deadline)
    return Attempt(reason=ended.reason, recovered=not failed(desk, second))


def uploaded(desk: Desk, pfs: Pfs, entries: Sequence[Entry]) -> Attempt:
    """Store what a program that succeeded left in /pfs/out."""
    desk.ground.take_back()
    try:
        return Attempt(files=upload(pfs, desk.ground, entries, desk.bench.blobs))
    except FailedError as error:
        return Attempt(reason=str(error))
    except NeverEndsError as error:
        return Attempt(reason=str(error), never_ends=True)


def stdin_file(desk: Desk, lines: Sequence[str]) -> Path | None:
    """Write a program's standard input into a file; None if it has none."""
    if not lines:
        return None
    path = desk.folder / "streams" / "stdin"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogateescape")
    return path
