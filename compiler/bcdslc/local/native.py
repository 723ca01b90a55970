"""Programs of this machine in place of an image's, each with a /pfs of its own.

Where there are namespaces a program sees its folders at /pfs and /tmp: we make them, which is
cheapest, or `bwrap` does where only it may. Elsewhere the variable `PFS` names the folder, and
/tmp is the machine's.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass, replace
from bcdslc.local import bubble
from bcdslc.local.bubble import Bubbles
from bcdslc.local.layout import Pfs, give
from bcdslc.local.machine import LocalImage, Machine, machine
from bcdslc.local.namespace import refusal
from bcdslc.local.obstacle import Chosen, without_gpus, without_images, without_namespaces
from bcdslc.local.road import Ground, Road, User
from bcdslc.local.settings import Settings
from bcdslc.local.spawn import Program, Running, Spawn, View
from bcdslc.local.store import Store


class NativeRoads:
    """The roads of one run to programs of this machine.

    `by_variable` tells the stages whose programs heed `PFS`; all others need namespaces.
    """

    def __init__(
        self, images: Mapping[str, LocalImage], by_variable: Callable[[str], bool], store: Store
    ) -> None:
        self.images, self.by_variable, self.tools = images, by_variable, store.tools
        self.refusal, self.bubbles = refusal(), None
        if self.refusal is not None:
            self.bubbles, self.refusal = _bubbles(self.refusal, store)
        self.spawn = Spawn(store.living)

    def obstacles(self, chosen: Sequence[Chosen]) -> Iterator[Diagnostic]:
        """Yield what this machine lacks for these stages."""
        yield from without_images(chosen, self.images.__contains__)
        yield from without_gpus(chosen)
        if self.refusal is not None:
            yield from without_namespaces(chosen, self.refusal, self.by_variable)

    def get_ready(self, _: Sequence[Chosen]) -> Iterator[Diagnostic]:
        """Yield nothing: what programs need is here or is not."""
        yield from ()

    def of(self, stage: Settings) -> Road:
        """Return the road to a stage's programs."""
        image = self.images.get(stage.image, LocalImage())
        found = machine(image, namespaces=self.refusal is None, tools=self.tools)
        return Native(machine=found, spawn=self.spawn, bubbles=self.bubbles)

    def close(self) -> None:
        """End the processes that start programs."""
        if self.bubbles is not None:
            self.bubbles.close_all()
        self.spawn.close()


def _bubbles(refusal: str, store: Store) -> tuple[Bubbles | None, str | None]:
    """Return bubblewrap's road; or none, and why neither it nor our own can be gone."""
    program = bubble.found()
    if program is None:
        return None, refusal
    refused = bubble.refusal(program)
    if refused is None:
        return Bubbles(program, store.living), None
    return None, f"{refusal}; nor may bubblewrap: {refused}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """The road to this machine's programs."""

    machine: Machine
    spawn: Spawn
    bubbles: Bubbles | None = None

    @property
    def identity(self) -> str:
        """Nothing: programs of this machine have no digest."""
        return ""

    def user(self, name: str) -> tuple[User | None, str]:
        """Return the ids of a user of this machine."""
        if not name:
            return None, ""
        word, _, group = name.partition(":")
        try:
            entry = pwd.getpwuid(int(word)) if word.isdigit() else pwd.getpwnam(word)
        except KeyError:
            return None, f"no user `{word}` on this machine; on a cluster the worker never starts"
        return (entry.pw_uid, int(group) if group.isdigit() else entry.pw_gid), ""

    def ground(self, folder: Path) -> Ground:
        """Return where a worker's programs run."""
        return _Ground(road=self, folder=folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    road: Native
    folder: Path

    @property
    def at(self) -> str:
        return "/pfs" if self.road.machine.namespaces else str(self.folder / "pfs")

    @property
    def variables(self) -> Mapping[str, str]:
        machine = self.road.machine
        return machine.env if machine.namespaces else {**machine.env, "PFS": self.at}

    def workdir(self, wanted: str) -> str:
        return os.path.join(self.road.machine.workdir or "/", wanted)

    def start(self, program: Program) -> Running:
        view = self._view()
        if view is None or self.road.bubbles is None:
            return self.road.spawn.start(replace(program, view=view))
        spawn = self.road.bubbles.spawn(view, str(self.folder / "streams"))
        return spawn.start(program)

    def _view(self) -> View | None:
        if not self.road.machine.namespaces:
            return None
        return View(
            pfs=str(self.folder / "pfs"),
            tmp=str(self.folder / "tmp"),
            root=str(self.folder / "root"),
            shown=self.road.machine.shown,
        )

    def give(self, pfs: Pfs, user: User) -> None:
        give(pfs, user)

    def take_back(self) -> None:
        """Do nothing: only root runs programs as another user, and may read all."""

    def here(self, path: str) -> Path:
        if self.road.machine.namespaces and (path == "/tmp" or path.startswith("/tmp/")):
            own = self.folder / "tmp" / path[len("/tmp/") :]
            return own if os.path.lexists(own) else Path(path)
        return Path(path)

    def leave(self) -> None:
        """Do nothing: a program leaves nothing outside its folders."""

    def close(self) -> None:
        """End the worker's own spawner, if it has one."""
        if self.road.bubbles is not None:
            self.road.bubbles.close(str(self.folder / "pfs"))
