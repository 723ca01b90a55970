"""A program in a container, as the rest of the runner has programs."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from bcdsl.frozen import replace
from bcdslc.local.engine import command
from bcdslc.local.engine.call import Call, EngineError, said
from bcdslc.local.engine.command import Container
from bcdslc.local.engine.how_ended import OWN, by_code, no_program, refused, start_of
from bcdslc.local.spawn import Ended

AGAIN = 0.1  # seconds between two attempts to end a container that is only being made
PATIENCE = 20.0  # seconds until the engine's own program is ended instead
SHORT = 4096  # bytes of a log that can be the first process's one line


class ContainerProcess:
    """A program whose life is that of its container."""

    def __init__(self, call: Call, container: Container, stdin: Path | None, log: Path) -> None:
        self.call, self.container, self.log = call, container, log
        self.before = log.stat().st_size if log.exists() else 0
        self.killed = False
        self.ended: Ended | None = None
        self.client = call.start(command.run(call.kind, container), stdin, log)

    def wait(self, seconds: float | None = None) -> Ended:
        """Return how it ended; ended by us if that takes longer than so many seconds.

        They count from when the program was started: making a container takes its time.

        Raises:
            EngineError: The engine failed, and not the program.
        """
        began = time.monotonic()
        left = seconds
        while (ended := self.poll(left)) is None and seconds:
            left = self._left(seconds, time.monotonic() - began)
            if left <= 0:
                break
        if ended is not None:
            return ended
        self.kill()
        self.client.wait()
        self.ended = replace(self._how(), timed_out=True)
        return self.ended

    def _left(self, seconds: float, waited: float) -> float:
        """Return how long the program may still take."""
        answer = self.call.ask(command.inspect(self.container.name))
        started = start_of(json.loads(answer.out)) if answer.code == 0 else None
        if started is not None:
            return seconds - (time.time() - started)
        return AGAIN if waited < seconds + PATIENCE else 0.0

    def poll(self, seconds: float | None) -> Ended | None:
        """Return how it ended, or None if it still runs after so many seconds."""
        if self.ended is None:
            try:
                self.client.wait(seconds)
            except subprocess.TimeoutExpired:
                return None
            self.ended = self._how()
        return self.ended

    def kill(self) -> None:
        """End the container's processes, also if it is only being made."""
        self.killed = True
        last = time.monotonic() + PATIENCE
        while self.client.poll() is None and time.monotonic() < last:
            self.call.ask(command.kill(self.container.name))
            try:
                self.client.wait(AGAIN)
            except subprocess.TimeoutExpired:
                continue
        if self.client.poll() is None:
            self.client.kill()

    def _how(self) -> Ended:
        code = self.client.returncode
        printed = self._printed()
        argv0 = self.container.argv[0]
        if not self.killed:
            told = no_program(argv0, printed) if printed else None
            if told is not None:
                return told
            if code < 0:
                raise EngineError(f"its own program was ended by signal {-code}")
            if code in OWN and not self._ran(printed):
                words = said(printed)
                ended = refused(argv0, words)
                if ended is None:
                    raise EngineError(words)
                return ended
        return by_code(code, killed=self.killed)

    def _ran(self, printed: str) -> bool:
        """Return whether the program was started, whatever its exit code looks like."""
        answer = self.call.ask(command.inspect(self.container.name))
        if answer.code != 0:
            raise EngineError(said(printed) if printed else answer.words)
        state = json.loads(answer.out)
        return start_of(state) is not None and not state.get("Running")

    def _printed(self) -> str:
        """Return what was printed by this program, empty if that is more than a line or two."""
        with self.log.open("rb") as file:
            file.seek(self.before)
            text = file.read(SHORT + 1)
        return "" if len(text) > SHORT else text.decode("utf-8", "replace")
