"""Starting programs through the spawner: what the rest of the runner calls."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType

from bcdsl.frozen import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a process sees at /pfs and /tmp; see `bcdslc.local.namespace.enter`."""

    pfs: str
    tmp: str
    root: str
    shown: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """Return it as the spawner is told of it."""
        return {"pfs": self.pfs, "tmp": self.tmp, "root": self.root, "shown": self.shown}


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program to run: arguments, environment, directory, the files for its streams."""

    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: str
    log: Path
    stdin: Path | None = None
    view: View | None = None
    user: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended: its exit code, minus the signal, or why it was never started.

    `signal`: the exit code may as well stand for this one; an engine does not tell the two apart.
    """

    status: int | None = None
    error: str | None = None
    timed_out: bool = False
    signal: int | None = None

    @property
    def reason(self) -> str:
        """What a Pachyderm worker says of it; empty for exit code 0."""
        if self.error is not None:
            return self.error
        if self.status is not None and self.status < 0:
            return f"signal: {_SIGNALS.get(-self.status, f'signal {-self.status}')}"
        if self.signal is not None:
            name = _SIGNALS.get(self.signal, f"signal {self.signal}")
            return f"exit status {self.status}, or signal: {name}"
        return f"exit status {self.status}" if self.status else ""


# go: src/syscall/zerrors_linux_amd64.go
_SIGNALS = {
    1: "hangup",
    2: "interrupt",
    3: "quit",
    4: "illegal instruction",
    5: "trace/breakpoint trap",
    6: "aborted",
    7: "bus error",
    8: "floating point exception",
    9: "killed",
    10: "user defined signal 1",
    11: "segmentation fault",
    12: "user defined signal 2",
    13: "broken pipe",
    14: "alarm clock",
    15: "terminated",
}


class Spawn:
    """The spawner's other end. Safe to use from several threads.

    While the spawner lives, or any of its programs, it holds a shared lock on the file `living`:
    if this process is killed, the next one can wait for the end of what it started. `behind` is a
    command that runs the spawner.
    """

    def __init__(self, living: Path | None = None, behind: Sequence[str] = ()) -> None:
        ours, theirs = socket.socketpair()
        self._link = ours
        with open(living or os.devnull, "ab") as held:
            if living is not None:
                fcntl.flock(held, fcntl.LOCK_SH)
            self._process = subprocess.Popen(
                [*behind, sys.executable, "-m", "bcdslc.local.spawner", str(theirs.fileno())],
                pass_fds=[theirs.fileno(), held.fileno()],
                stdin=subprocess.DEVNULL,
            )
        theirs.close()
        self._numbers = count(1)
        self._waiting: dict[int, SimpleQueue[Ended]] = {}
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Spawn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the spawner, and all that still runs with it."""
        self._link.shutdown(socket.SHUT_RDWR)
        self._process.wait()
        self._reader.join()
        self._link.close()

    def start(self, program: Program) -> Running:
        """Start a program and return at once."""
        number = next(self._numbers)
        queue: SimpleQueue[Ended] = SimpleQueue()
        request = {
            "start": number,
            "argv": list(program.argv),
            "env": dict(program.env),
            "cwd": program.cwd,
            "stdin": None if program.stdin is None else str(program.stdin),
            "log": str(program.log),
            "view": None if program.view is None else program.view.told(),
            "user": program.user,
        }
        with self._lock:
            self._waiting[number] = queue
            self._send(request)
        return Running(self, number, queue)

    def kill(self, number: int) -> None:
        """End a program and all in its process group."""
        with self._lock:
            self._send({"kill": number})

    def _send(self, request: Mapping[str, object]) -> None:
        self._link.sendall(json.dumps(request).encode() + b"\n")

    def _read(self) -> None:
        rest = b""
        while data := self._link.recv(1 << 16):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                answer = json.loads(line)
                queue = self._waiting.pop(answer["ended"])
                queue.put(Ended(status=answer.get("status"), error=answer.get("error")))
        for queue in self._waiting.values():
            queue.put(Ended(error="the process that starts programs is gone"))


class Running:
    """A program that was started."""

    def __init__(self, spawn: Spawn, number: int, queue: SimpleQueue[Ended]) -> None:
        self._spawn, self._number, self._queue = spawn, number, queue
        self._ended: Ended | None = None

    def wait(self, seconds: float | None = None) -> Ended:
        """Return how the program ended; ended by us if that takes longer than so many seconds."""
        ended = self.poll(seconds)
        if ended is not None:
            return ended
        self.kill()
        self._ended = replace(self._queue.get(), timed_out=True)
        return self._ended

    def poll(self, seconds: float | None) -> Ended | None:
        """Return how the program ended, or None if it still runs after so many seconds."""
        if self._ended is None:
            with suppress(Empty):
                self._ended = self._queue.get(timeout=seconds)
        return self._ended

    def kill(self) -> None:
        """End the program and all in its process group; `wait` then says how it ended."""
        self._spawn.kill(self._number)
