"""Against the stand-in nobody waits before asking again."""

from __future__ import annotations

import pytest

from bcdslc.cluster import channel


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask again at once where a connection broke."""
    monkeypatch.setattr(channel, "PAUSES", (0.0, 0.0, 0.0))
