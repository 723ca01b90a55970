"""How many programs of a stage this machine runs at once: never more than its memory holds."""

from __future__ import annotations

from pathlib import Path

from bcdslc.local.settings import Settings


def at_once(stage: Settings, jobs: int) -> int:
    """Return the number: at most `jobs`, and as many as the stage's memory request fits."""
    if not stage.memory:
        return jobs
    free = available_memory()
    return jobs if free is None else max(1, min(jobs, free // stage.memory))


def available_memory() -> int | None:
    """Return the bytes that programs can take, None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None
