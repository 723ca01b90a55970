"""What a run is doing, in one line on a terminal; nothing elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

from bcdslc.local.job import Watch
from bcdslc.local.record import DatumRecord
from bcdslc.local.settings import Settings

_EVERY = 0.1  # seconds


class RunProgress:
    """The line: which stage, how many of its datums are done, how long the rest will take."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._last = 0.0

    def stage(self, stage: Settings) -> None:
        """Say that a stage begins."""
        self._say(stage.pipeline.name)

    def datum(self, stage: Settings) -> Watch:
        """Return what is told of each datum of a stage."""
        started = time.monotonic()
        failed = 0

        def watch(record: DatumRecord, done: int, total: int) -> None:
            nonlocal failed
            failed += record.state.value == "FAILED"
            now = time.monotonic()
            if now - self._last < _EVERY:
                return
            self._last = now
            left = (now - started) / max(done, 1) * (total - done)
            trouble = f", {failed} failed" if failed else ""
            self._say(f"{stage.pipeline.name}: {done} of {total}{trouble}, {left:.0f} s left")

        return watch

    def clear(self) -> None:
        """Take the line away."""
        self._write("")

    def _say(self, text: str) -> None:
        self._write(text + " …")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(f"\r\x1b[K{text}")
            self._stream.flush()
