"""Ctrl-C, held back where it would do harm.

An exception that is raised inside a call of gRPC leaves it in a state from which it may never
return. So while a call waits Ctrl-C cancels it, and is raised once the call is over. Where
nothing of ours may be left half done it is noted, and raised at the next call.
"""

from __future__ import annotations

import _thread
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

# Terminals and the programs around us may both pass one Ctrl-C on.
ONE_PRESS = 0.2  # seconds
TWICE = b"bcdsl: interrupted twice; what was going on may not be cleaned up\n"


class Cancellable(Protocol):
    """A call that is going on."""

    def cancel(self) -> Any:
        """End it."""


class Interrupts:
    """Holds Ctrl-C back; as a context manager it takes SIGINT over.

    The second Ctrl-C ends the process at once.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._pressed = False
        self._first: float | None = None
        self._call: Cancellable | None = None
        self._installed = False

    def __enter__(self) -> Interrupts:
        """Take SIGINT over, where it is Python's own to give."""
        ours = threading.current_thread() is threading.main_thread()
        if ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._press)
            self._installed = True
        return self

    def __exit__(self, *_: object) -> None:
        """Give SIGINT back."""
        if self._installed:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Only note Ctrl-C inside; raise it at the end, if no call did."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        if self._depth == 0:
            self.raise_if_pressed()

    @contextmanager
    def ending(self, call: Cancellable) -> Iterator[None]:
        """Have Ctrl-C cancel a call; whatever comes of it then is the Ctrl-C."""
        self._call = call
        if self._pressed:
            call.cancel()
        try:
            yield
        except Exception:  # whatever a cancelled call raises; if none was pressed, it goes on
            self._call = None
            self.raise_if_pressed()
            raise
        finally:
            self._call = None
        self.raise_if_pressed()

    def raise_if_pressed(self) -> None:
        """Raise what was held back."""
        if self._pressed:
            self._pressed = False
            raise KeyboardInterrupt

    def _press(self, _signal: int, _frame: object) -> None:
        now = time.monotonic()
        if self._first is not None:
            if now - self._first > ONE_PRESS:
                os.write(2, TWICE)
                os._exit(128 + signal.SIGINT)
            return
        self._first = now
        if self._depth == 0:
            raise KeyboardInterrupt
        self._pressed = True
        if self._call is not None:
            # from a thread of its own: what the call's lock guards may be what was interrupted
            _thread.start_new_thread(self._call.cancel, ())
