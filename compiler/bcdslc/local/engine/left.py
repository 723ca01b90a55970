"""Containers that a killed run left, ended before any other run of the store works.

They may still write into the folders of workers, which the next run uses, also one without an
engine. So a store remembers through which engine a run goes, until that run has ended well.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bcdslc.local.engine.call import EngineError, found
from bcdslc.local.engine.command import Kind
from bcdslc.local.engine.engine import Engine, facts

NAME = "engine"


def remember(store: Path, kind: Kind) -> None:
    """Note that a run begins whose containers are this engine's."""
    (store / NAME).write_text(kind.value)


def forget(store: Path) -> None:
    """Note that no container of the store is left."""
    (store / NAME).unlink(missing_ok=True)


def end_left(store: Path) -> None:
    """End what a run left that could not end it itself; nothing where the engine is gone."""
    place = store / NAME
    if not place.exists():
        return
    with suppress(EngineError, ValueError):
        call = found(Kind(place.read_text()))
        if call is not None:
            Engine(call, facts(call), store).sweep()
            forget(store)
