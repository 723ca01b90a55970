"""How the programs of a stage are started here, and what they see: one way of several.

A road leads to programs that stand for one image: `bcdslc.local.native` has those of this
machine, `bcdslc.local.engine` those in the image itself. Its ground is where one worker's programs
run; the worker's folder holds `pfs` and `tmp`, which they know as /pfs and /tmp.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from bcdsl.diagnostic import Diagnostic
from bcdslc.local.layout import Pfs
from bcdslc.local.obstacle import Chosen
from bcdslc.local.settings import Settings
from bcdslc.local.spawn import Ended, Program

User: TypeAlias = tuple[int, int]  # uid and gid


class Process(Protocol):
    """A program that was started, with all that it starts."""

    def wait(self, seconds: float | None = None) -> Ended:
        """Return how it ended; ended by us if that takes longer than so many seconds."""

    def poll(self, seconds: float | None) -> Ended | None:
        """Return how it ended, or None if it still runs after so many seconds."""

    def kill(self) -> None:
        """End it; `wait` then says how it ended."""


class Ground(Protocol):
    """Where one worker's programs run, one datum after the other."""

    @property
    def at(self) -> str:
        """The path by which programs know their /pfs."""

    @property
    def variables(self) -> Mapping[str, str]:
        """What the image and this machine set, for the spec's `env` to be laid over."""

    def workdir(self, wanted: str) -> str:
        """Return the directory that programs start in, given the spec's own."""

    def start(self, program: Program) -> Process:
        """Start a program and return at once."""

    def give(self, pfs: Pfs, user: User) -> None:
        """Make what was laid out the property of the user that programs run as."""

    def take_back(self) -> None:
        """Make what programs wrote readable for us, also where another user wrote it."""

    def here(self, path: str) -> Path:
        """Return where an absolute path of a program's, outside /pfs, lies for us."""

    def leave(self) -> None:
        """Be done with an attempt: nothing of it will be asked for any more."""

    def close(self) -> None:
        """Be done with the worker, for this job."""


class Road(Protocol):
    """One way to run the programs that stand for an image."""

    @property
    def identity(self) -> str:
        """The digest of the image, empty where this machine's programs stand for it."""

    def user(self, name: str) -> tuple[User | None, str]:
        """Return the ids of a spec's user, None where none need be set; or why it is not known."""

    def ground(self, folder: Path) -> Ground:
        """Return where the programs of the worker run whose folder is given."""


class Roads(Protocol):
    """The roads of one run, all of one kind. To be closed."""

    def obstacles(self, chosen: Sequence[Chosen]) -> Iterator[Diagnostic]:
        """Yield what stands in the way of stages, or is not done for them; costs little."""

    def get_ready(self, chosen: Sequence[Chosen]) -> Iterator[Diagnostic]:
        """Have everything here that the stages need; yield what cannot be had."""

    def of(self, stage: Settings) -> Road:
        """Return the road to a stage's programs."""

    def close(self) -> None:
        """Leave nothing behind but results."""
