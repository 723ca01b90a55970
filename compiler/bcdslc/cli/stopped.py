"""The end of a command from within, when all that is to be said was said."""

from __future__ import annotations


class StoppedError(Exception):
    """The command ends here, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
