"""A stand-in at which Ctrl-C is pressed while it answers, and the program that hears it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluster.old_server import OldServer
from cluster.stand_in import Refused, StandIn

HEARING = 0.3  # seconds, in which the program hears of it
PROGRAM = (  # a shell that starts jobs in the background has them ignore Ctrl-C
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from bcdslc.cli.main import main; main()"
)


@dataclass
class Pressed(StandIn):
    """A server that presses Ctrl-C at the n-th call of a method, in the program that made it.

    With `done` the call is carried out first; without, it is dropped as a server drops what
    was hung up on. `stuck` are methods that take a while to answer.
    """

    method: str = ""
    at: int = 1
    done: bool = False
    stuck: dict[str, float] = field(default_factory=dict)
    program: int | None = None  # its process ID; nobody to press at without

    def call(self, name: str, request: Any, metadata: dict[str, str]) -> Any:
        """Answer; press Ctrl-C where it was asked for."""
        method = name.rpartition("/")[2]
        if self.program is not None and method in self.stuck:
            time.sleep(HEARING)  # two presses at one time are one
            self.press()
            time.sleep(self.stuck[method])
        if not self._meant(method):
            return super().call(name, request, metadata)
        answer = super().call(name, request, metadata) if self.done else None
        self.press()
        time.sleep(HEARING)
        if not self.done:
            raise Refused("CANCELLED", "context canceled")
        return answer

    def press(self) -> None:
        """Press Ctrl-C."""
        if self.program is not None:
            os.kill(self.program, signal.SIGINT)

    def _meant(self, method: str) -> bool:
        if self.program is None or method != self.method:
            return False
        self.at -= 1
        return self.at == 0


@dataclass
class PressedOld(Pressed, OldServer):
    """The same of a server that makes pipelines in a transaction."""

    version: tuple[int, int] = (2, 7)


@dataclass(frozen=True)
class Ended:
    """How a program ended."""

    code: int
    out: str
    err: str
    seconds: float


def run_pressed(server: Pressed, arguments: Sequence[str], folder: Path) -> Ended:
    """Run `bcdsl` on a server that presses Ctrl-C; one that hangs is killed, and fails."""
    begun = time.monotonic()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PACH", "BCDSL"))}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as program:  # fmt: skip
        server.program = program.pid
        try:
            out, err = program.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            program.kill()
            out, err = program.communicate()
            raise AssertionError(f"it hung: {out}\n{err}") from None
        finally:
            server.program = None
    return Ended(code=program.returncode, out=out, err=err, seconds=time.monotonic() - begun)
