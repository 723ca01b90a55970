"""The engine's program: found, asked, and started. The only place that runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bcdsl.frozen import dataclass
from bcdslc.local.engine.command import Kind

ASKING = 120.0  # seconds that an answer may take; a busy daemon takes long


class EngineError(Exception):
    """The engine did not do what it was asked; the text is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the engine said to a question."""

    code: int
    out: bytes
    err: str

    @property
    def words(self) -> str:
        """What it complained of, in one line."""
        return said(self.err)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An engine that is on this machine."""

    kind: Kind
    program: str

    def ask(self, words: Sequence[str]) -> Answer:
        """Have it do something short and return what it says.

        Raises:
            EngineError: It does not answer at all.
        """
        try:
            done = subprocess.run(
                [self.program, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                start_new_session=True,
                timeout=ASKING,
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"no answer within {ASKING:g} seconds") from None
        except OSError as error:
            raise EngineError((error.strerror or str(error)).lower()) from None
        err = done.stderr.decode("utf-8", "replace")
        return Answer(code=done.returncode, out=done.stdout, err=err)

    def save(self, words: Sequence[str], path: Path) -> bool:
        """Have it write something into a file; return whether it did."""
        with path.open("wb") as file:
            return not subprocess.run(
                [self.program, *words],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.DEVNULL,
                check=False,
                start_new_session=True,
            ).returncode

    def show(self, words: Sequence[str]) -> int:
        """Have it do something long and show what it says; return its exit code."""
        sys.stderr.flush()
        return subprocess.run(
            [self.program, *words], stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        ).returncode

    def start(self, words: Sequence[str], stdin: Path | None, log: Path) -> subprocess.Popen[bytes]:
        """Start it with these streams; what it prints is added to the log.

        In a session of its own: a Ctrl-C is for us, who end its container.
        """
        with (stdin or Path("/dev/null")).open("rb") as given, log.open("ab") as printed:
            return subprocess.Popen(
                [self.program, *words],
                stdin=given,
                stdout=printed,
                stderr=printed,
                start_new_session=True,
            )


def found(kind: Kind) -> Call | None:
    """Return the engine if its program is on the search path."""
    program = shutil.which(kind.value)
    return Call(kind=kind, program=program) if program else None


def said(text: str) -> str:
    """Return what an engine complained of, in one line without its own name and its advice."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kept = [each for each in lines if not each.startswith(("See '", "Run '", "time=", "Usage:"))]
    line = kept[-1] if kept else "it says nothing"
    for start in ("docker: ", "Error response from daemon: ", "Error: "):
        line = line.removeprefix(start)
    return line.rstrip(".")
