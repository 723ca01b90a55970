"""Against the stand-in nobody waits before asking again; a way round the batch."""

from __future__ import annotations

import pytest

from bcdslc.cluster import channel, creating


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask again at once where a connection broke."""
    monkeypatch.setattr(channel, "PAUSES", (0.0, 0.0, 0.0))


@pytest.fixture
def no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no spec fit our messages, as one with a field that we do not know would not."""
    monkeypatch.setattr(creating, "request_bytes", lambda *_, **__: None)
