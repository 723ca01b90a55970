"""A line on a terminal that says what takes long; nothing elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TextIO

from bcdslc.spec.spec import Spec

PATIENCE = 1.0  # seconds


class Progress:
    """Says what is being done once the work has taken a while."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._start = time.monotonic()
        self._said = False

    def reading(self, place: str) -> None:
        """Note that data is about to be read."""
        self._say(f"reading {place}")

    def over(self, specs: Iterable[Spec]) -> Iterator[Spec]:
        """Yield specs, and note each; the line goes away at the end."""
        for spec in specs:
            self._say(f"matching the inputs of {spec.name}")
            yield spec
        self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._said and self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._said = False

    def _say(self, what: str) -> None:
        if self._stream is not None and time.monotonic() - self._start > PATIENCE:
            self._stream.write(f"\r\x1b[K{what} …")
            self._stream.flush()
            self._said = True
