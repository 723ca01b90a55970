"""A small process of one thread that starts all others.

Forking a process that has threads can deadlock in the child, and joining a user namespace needs
one thread. So this program, started before there are any, reads requests from a socket and forks
for them. One JSON object a line, both ways:

    {"start": 7, "argv": […], "env": {…}, "cwd": …, "stdin": path|null, "log": path,
     "view": {"pfs": …, "tmp": …, "root": …, "shown": […]}|null, "user": [uid, gid]|null}
    {"kill": 7}

    {"ended": 7, "status": 0}          exit code, or minus the signal
    {"ended": 7, "error": "exec: …"}   it was never started; the words are the worker's
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

from bcdslc.local.namespace import Kept, visited
from bcdslc.local.rooms import Rooms

_DEFAULT = (signal.SIGINT, signal.SIGCHLD, signal.SIGPIPE, signal.SIGXFSZ)  # Python changes these
_PIPE = 65_536  # bytes that a new pipe takes without a reader; linux: pipe(7)


class Spawner:
    """Serves one socket until its other end closes, then ends all that still runs."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.running: dict[int, int] = {}  # process id: request
        self.rooms = Rooms()
        self.rest = b""

    def serve(self) -> None:
        """Serve until the link closes."""
        wake, woken = socket.socketpair()
        woken.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that asks decides
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self.link, selectors.EVENT_READ)
            selector.register(wake, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is wake:
                        wake.recv(4096)
                        self._reap()
                    elif not self._read():
                        return self._end_all()

    def _read(self) -> bool:
        data = self.link.recv(1 << 20)
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            request = json.loads(line)
            if "kill" in request:
                self._kill(request["kill"])
            else:
                self._start(request)
        return bool(data)

    def _start(self, request: dict[str, Any]) -> None:
        try:
            room = self.rooms.room(request["view"]) if request["view"] else None
        except OSError as error:
            self._answer({"ended": request["start"], "error": str(error)})
            return
        start = _spawned if _in_one_step(request, room) else _forked
        try:
            child = start(request, room)
        except _NotStartedError as error:
            self._answer({"ended": request["start"], "error": str(error)})
        else:
            self.running[child] = request["start"]

    def _reap(self) -> None:
        while self.running:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            if child in self.running:
                _kill_group(child)  # what the program left running ends with it
                request = self.running.pop(child)
                self._answer({"ended": request, "status": os.waitstatus_to_exitcode(status)})

    def _kill(self, number: int) -> None:
        for child, request in self.running.items():
            if request == number:
                _kill_group(child)

    def _end_all(self) -> None:
        """End all that runs and see it gone: the next run begins when this process is."""
        for child in self.running:
            _kill_group(child)
        for child in self.running:
            os.waitpid(child, 0)

    def _answer(self, answer: dict[str, Any]) -> None:
        self.link.sendall(json.dumps(answer).encode() + b"\n")


class _NotStartedError(Exception):
    """A program could not be started; the text is what a Pachyderm worker says."""


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _in_one_step(request: dict[str, Any], room: Kept | None) -> bool:
    """Return whether this process need not be copied: it can come back from where it starts it."""
    return not request["user"] and (room is None or room.users < 0)


def _spawned(request: dict[str, Any], room: Kept | None) -> int:
    """Start a program from its room, and return its process; several times cheaper than a fork."""
    stdin, log = _streams(request)
    try:
        with visited(room) if room is not None else nullcontext():
            return _exec(
                request,
                lambda program: os.posix_spawn(
                    program,
                    request["argv"],
                    request["env"],
                    file_actions=[
                        (os.POSIX_SPAWN_DUP2, stdin, 0),
                        (os.POSIX_SPAWN_DUP2, log, 1),
                        (os.POSIX_SPAWN_DUP2, log, 2),
                    ],
                    setpgroup=0,
                    setsigdef=_DEFAULT,
                ),
            )
    finally:
        os.close(stdin)
        os.close(log)


def _forked(request: dict[str, Any], room: Kept | None) -> int:
    """Start a program from a copy of this process that enters its room, and return its process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _become(request, room)
        except BaseException as error:
            words = str(error) if isinstance(error, _NotStartedError) else repr(error)
            os.write(writing, words.encode("utf-8", "surrogateescape"))
        finally:
            os._exit(127)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        error_text = answer.read().decode("utf-8", "surrogateescape")
    if error_text:
        os.waitpid(child, 0)
        raise _NotStartedError(error_text)
    return child


def _become(request: dict[str, Any], room: Kept | None) -> None:
    """Turn this child into the program that was asked for."""
    os.setpgid(0, 0)
    for number in _DEFAULT:
        signal.signal(number, signal.SIG_DFL)
    stdin, log = _streams(request)
    for target, source in ((0, stdin), (1, log), (2, log)):
        os.dup2(source, target)
    if room is not None:
        room.join()

    def become(program: str) -> int:
        if request["user"]:
            user, group = request["user"]
            os.setgroups([group])
            os.setgid(group)
            os.setuid(user)
        os.execve(program, request["argv"], request["env"])

    _exec(request, become)


def _exec(request: dict[str, Any], start: Callable[[str], int]) -> int:
    """Start what a request names in its directory; in the words of go if that cannot be."""
    program = _find(request["argv"][0], request["env"].get("PATH", ""))
    try:
        os.chdir(request["cwd"])
        return start(program)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise _NotStartedError(f"fork/exec {program}: {reason}") from None


def _streams(request: dict[str, Any]) -> tuple[int, int]:
    """Return a program's standard input and its log."""
    stdin = request["stdin"]
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    return _piped(stdin) if stdin else os.open(os.devnull, os.O_RDONLY), log


def _piped(path: str) -> int:
    """Return a pipe that holds what is in a file: a worker's programs have their input so.

    What is more than a pipe holds is written by a process beside the program, in its group.
    """
    with open(path, "rb") as file:
        text = file.read()
    reading, writing = os.pipe()
    if len(text) <= _PIPE:
        os.write(writing, text)
    elif (between := os.fork()) == 0:
        try:
            if os.fork() == 0:  # nobody's child: a program may wait for all of its own
                os.dup2(writing, 0)
                os.closerange(1, 65_536)  # the pipe that says that the program began, above all
                with os.fdopen(0, "wb") as pipe:
                    pipe.write(text)
        finally:
            os._exit(0)
    else:
        os.waitpid(between, 0)
    os.close(writing)
    return reading


def _find(name: str, path: str) -> str:
    """Return the program that a name means. go: src/os/exec/lp_unix.go says it so."""
    if "/" in name:
        return name
    for folder in path.split(":"):
        candidate = os.path.join(folder or ".", name)
        if os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise _NotStartedError(f'exec: "{name}": executable file not found in $PATH')


def main() -> None:
    """Serve the socket that the command line names."""
    for name in os.listdir("/dev/fd"):
        with suppress(OSError):  # its own, which is closed by now
            os.set_inheritable(int(name), int(name) <= 2)  # programs get their streams only
    os.umask(0o022)
    gc.disable()
    gc.freeze()  # a child shares what nobody writes to
    Spawner(socket.socket(fileno=int(sys.argv[1]))).serve()


if __name__ == "__main__":
    main()
