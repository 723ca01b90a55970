"""Where one job's programs run: what of the job and of this machine every datum needs."""

from __future__ import annotations

import threading
from pathlib import Path

from bcdsl.frozen import dataclass, field
from bcdslc.local.blob import Blobs
from bcdslc.local.environment import JobIds, container
from bcdslc.local.layout import remove
from bcdslc.local.road import Ground, Process, Road, User
from bcdslc.local.settings import Settings
from bcdslc.local.spawn import Program
from bcdslc.local.trash import Trash


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One job's place of work.

    `folder` holds the workers' folders for the life of the pipeline's version. `stopping` is
    set when the job is to end at once; `programs` are those that run now.
    """

    settings: Settings
    ids: JobIds
    road: Road
    user: User | None
    blobs: Blobs
    folder: Path
    scratch: str  # the folder's name in /pfs/.scratch
    stopping: threading.Event = field(default_factory=threading.Event)
    programs: set[Process] = field(default_factory=set)
    trash: Trash = field(default_factory=lambda: Trash(remove))

    def desk(self, number: int) -> Desk:
        """Return the folders of one worker."""
        folder = self.folder / f"worker-{number}"
        for name in ("pfs", "trash"):  # new ones: what outlived its job still sees the old one
            remove(str(folder / name))
        for name in ("pfs", "tmp", "root", "streams", "trash"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "tmp").chmod(0o1777)
        return Desk(bench=self, folder=folder, ground=self.road.ground(folder))

    def start(self, ground: Ground, program: Program) -> Process:
        """Start a program that `stop` ends; the caller says with `ended` that it is gone."""
        running = ground.start(program)
        self.programs.add(running)
        if self.stopping.is_set():  # it came between: nobody else would end it
            running.kill()
        return running

    def ended(self, program: Process) -> None:
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
    ground: Ground

    @property
    def pfs(self) -> Path:
        """The folder that programs know as /pfs."""
        return self.folder / "pfs"

    def throw(self, place: str) -> None:
        """Have a place in the worker's folder removed soon."""
        self.bench.trash.throw(place, f"{self.folder}/trash")

    def workdir(self) -> str:
        """Return the directory that programs start in."""
        return self.ground.workdir(self.bench.settings.workdir)

    def variables(self, more: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the container's variables and some more, losers kept."""
        bench = self.bench
        return [*container(self.ground.variables, bench.settings.env, bench.ids), *more]
