"""Where one job's programs run: what of the job and of this machine every datum needs."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from bcdsl.frozen import dataclass
from bcdslc.local.blob import Blobs
from bcdslc.local.environment import JobIds, container
from bcdslc.local.layout import empty
from bcdslc.local.machine import Machine
from bcdslc.local.settings import Settings
from bcdslc.local.spawn import Program, Running, Spawn, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One job's place of work.

    `folder` holds the workers' folders for the life of the pipeline's version. `stopping` is
    set when the job is to end at once; `programs` are those that run now.
    """

    settings: Settings
    ids: JobIds
    machine: Machine
    user: tuple[int, int] | None
    blobs: Blobs
    spawn: Spawn
    folder: Path
    scratch: str  # the folder's name in /pfs/.scratch
    stopping: threading.Event = field(default_factory=threading.Event)
    programs: set[Running] = field(default_factory=set)

    def desk(self, number: int) -> Desk:
        """Return the folders of one worker."""
        folder = self.folder / f"worker-{number}"
        for name in ("pfs", "tmp", "root", "streams"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        empty(folder / "pfs")
        (folder / "tmp").chmod(0o1777)
        return Desk(bench=self, folder=folder)

    def start(self, program: Program) -> Running:
        """Start a program that `stop` ends; the caller says with `ended` that it is gone."""
        running = self.spawn.start(program)
        self.programs.add(running)
        if self.stopping.is_set():  # it came between: nobody else would end it
            running.kill()
        return running

    def ended(self, program: Running) -> None:
        """Forget a program."""
        self.programs.discard(program)

    def stop(self) -> None:
        """End everything that runs for this job."""
        self.stopping.set()
        for program in tuple(self.programs):
            program.kill()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One worker: it does one datum at a time, and its /tmp lasts."""

    bench: Bench
    folder: Path

    @property
    def pfs(self) -> Path:
        """The folder shown as /pfs."""
        return self.folder / "pfs"

    @property
    def tmp(self) -> Path:
        """The folder shown as /tmp; the machine's own where nothing is shown elsewhere."""
        return self.folder / "tmp" if self.bench.machine.namespaces else Path("/tmp")

    @property
    def at(self) -> str:
        """The path by which programs know their /pfs."""
        return "/pfs" if self.bench.machine.namespaces else str(self.pfs)

    def view(self) -> View | None:
        """Return what programs see, None if they see the machine as it is."""
        if not self.bench.machine.namespaces:
            return None
        return View(
            pfs=str(self.pfs),
            tmp=str(self.tmp),
            root=str(self.folder / "root"),
            shown=self.bench.machine.shown,
        )

    def workdir(self) -> str:
        """Return the directory that programs start in."""
        return os.path.join(self.bench.machine.workdir or "/", self.bench.settings.workdir)

    def variables(self, more: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the container's variables and some more, losers kept."""
        bench = self.bench
        pfs = {} if bench.machine.namespaces else {"PFS": str(self.pfs)}
        machine: Mapping[str, str] = {**bench.machine.env, **pfs}
        return [*container(machine, bench.settings.env, bench.ids), *more]
