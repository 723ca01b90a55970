"""How a program in a container ended, from what the engine says of it.

An engine's exit code is the program's, with exceptions: 125 to 127 can be the engine's own, a
signal shows as 128 and its number, and the small first process says in the log that there is no
such program. A program may end with any of these codes itself, so the container's state decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bcdslc.local.spawn import Ended

OWN = (125, 126, 127)  # codes that an engine uses for itself, too
_SIGNALS = range(129, 160)  # 128 and the number of a signal

# what the first process prints, alone, when it finds no program: tini, catatonit
_NO_PROGRAM = re.compile(
    r"(?:\[FATAL tini \(\d+\)\] exec .* failed|ERROR \(catatonit:\d+\): failed to exec pid1)"
    r": (.*)\s*"
)
# what the runtimes say of it: runc through docker, crun and runc through podman
_REFUSED = (
    re.compile(r'exec: "[^"]*": (executable file not found in \$PATH|permission denied'
               r"|no such file or directory|exec format error)"),
    re.compile(r"crun: (?:open executable|executable file `[^`]*`[^:]*): ([^:]*)"),
)  # fmt: skip
_NO_FOLDER = re.compile(r'workdir "[^"]*" does not exist')


_TIME = re.compile(r"([0-9-]{10}T[0-9:]{8})(\.[0-9]+)?(Z|[+-][0-9:]{5})")


def start_of(state: Mapping[str, object]) -> float | None:
    """Return when a container's program was started, in seconds of the epoch, None if never."""
    text = str(state.get("StartedAt"))
    found = _TIME.fullmatch(text)
    if found is None or text.startswith("0001-"):
        return None
    offset = "+00:00" if found[3] == "Z" else found[3]
    return datetime.fromisoformat(found[1] + offset).timestamp() + float(found[2] or 0)


def no_program(argv0: str, printed: str) -> Ended | None:
    """Return how an attempt ended whose whole output is that there is no such program."""
    found = _NO_PROGRAM.fullmatch(printed)
    return None if found is None else _not_started(argv0, found[1])


def by_code(code: int, *, killed: bool) -> Ended:
    """Return how a program ended that ran, given its exit code, and whether we ended it."""
    if killed:
        return Ended(status=-9)
    if code in _SIGNALS:
        return Ended(status=code, signal=code - 128)
    return Ended(status=code)


def refused(argv0: str, words: str) -> Ended | None:
    """Return how a program failed to start, if the engine's words lay it on the program."""
    if _NO_FOLDER.search(words):
        return _not_started(argv0, "no such file or directory", folder=True)
    for pattern in _REFUSED:
        found = pattern.search(words)
        if found:
            return _not_started(argv0, found[1])
    return None


def _not_started(argv0: str, why: str, *, folder: bool = False) -> Ended:
    """Say it as a worker does. go: src/os/exec/lp_unix.go, src/os/exec_posix.go."""
    why = why.strip().lower()
    if "/" not in argv0 and not folder and "format" not in why:
        return Ended(error=f'exec: "{argv0}": executable file not found in $PATH')
    return Ended(error=f"fork/exec {argv0}: {why}")
