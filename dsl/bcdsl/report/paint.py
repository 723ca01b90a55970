"""Colour for terminals: five uses, named by what they stand for."""

from __future__ import annotations

from bcdsl.diagnostic import Severity
from bcdsl.frozen import dataclass

_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}


@dataclass(frozen=True, slots=True)
class Paint:
    """Puts colour around words, or leaves them as they are."""

    on: bool

    def severity(self, severity: Severity, text: str) -> str:
        """Colour that says how much a finding matters."""
        return self._around(_SEVERITY[severity], text)

    def strong(self, text: str) -> str:
        """Colour of a message."""
        return self._around("1", text)

    def frame(self, text: str) -> str:
        """Colour of line numbers, places and bars."""
        return self._around("34", text)

    def second(self, text: str) -> str:
        """Colour of a secondary place."""
        return self._around("36", text)

    def repair(self, text: str) -> str:
        """Colour of the word before a repair."""
        return self._around("32", text)

    def _around(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text
