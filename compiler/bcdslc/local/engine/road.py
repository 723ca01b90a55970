"""The road to the programs of an image itself: a container for each attempt.

A container sees the worker's folders at /pfs and /tmp and, read-only, the worker's own programs at
/pach-bin, as on a cluster. Its processes may be another user than we are. What they wrote is then
given to us by a container of the same image, as root, with the image's own `chown`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from bcdslc.local.engine import command
from bcdslc.local.engine.command import Container, Limits, Mount
from bcdslc.local.engine.engine import Engine
from bcdslc.local.engine.fetch import fetch
from bcdslc.local.engine.image import Image, users
from bcdslc.local.engine.process import ContainerProcess
from bcdslc.local.layout import Pfs, give
from bcdslc.local.machine import DEFAULT_PATH
from bcdslc.local.road import User
from bcdslc.local.settings import Settings
from bcdslc.local.spawn import Program

ROOT = (0, 0)


class ContainerRoad:
    """The road for one stage."""

    def __init__(
        self, engine: Engine, image: Image, stage: Settings, tools: Path, gpus: str
    ) -> None:
        self.engine, self.image, self.stage, self.tools = engine, image, stage, tools
        wanted = Limits(
            memory=stage.memory_limit, cpus=stage.cpu_limit, gpus=gpus if stage.gpu else ""
        )
        self.limits = engine.limits(wanted)

    @property
    def identity(self) -> str:
        """The image's digest."""
        return self.image.id

    def user(self, name: str) -> tuple[User | None, str]:
        """Return the ids of a user of the image, or of the image's own user."""
        word, _, group = (name or self.image.user).partition(":")
        if not word:
            return None, ""
        known = self._users.get(word)
        if known is None and name:
            return None, f"no user `{word}` in the image; on a cluster the worker never starts"
        if known is None:
            known = (int(word), 0) if word.isdigit() else ROOT
        return (known[0], int(group) if group.isdigit() else known[1]), ""

    @cached_property
    def _users(self) -> Mapping[str, User]:
        return users(self.engine.call, self.container(self.engine.name(), ("true",), ()))

    def ground(self, folder: Path) -> ContainerGround:
        """Return where a worker's programs run."""
        return ContainerGround(self, folder)

    def container(
        self,
        name: str,
        argv: Sequence[str],
        mounts: Sequence[Mount],
        program: Program | None = None,
    ) -> Container:
        """Return a container of the image; without a program one of our own, as root."""
        return Container(
            name=name,
            store=self.engine.store,
            image=self.image.id,
            argv=argv,
            mounts=mounts,
            env=program.env if program else {},
            workdir=program.cwd if program else "/",
            user=program.user if program else ROOT,
            limits=self.limits if program else Limits(),
            stdin=program is not None and program.stdin is not None,
            init=program is not None and self.engine.init(self.image.id),
        )


class ContainerGround:
    """Where one worker's programs run."""

    at = "/pfs"

    def __init__(self, road: ContainerRoad, folder: Path) -> None:
        self.road, self.folder = road, folder
        self.fetched = folder / "fetched"
        self.names: list[str] = []  # of this attempt's containers

    @property
    def variables(self) -> Mapping[str, str]:
        """What the image sets; a spec's user does not change HOME, as a worker's does not."""
        env = {"PATH": DEFAULT_PATH, **self.road.image.env}
        if self.road.stage.user:
            env.setdefault("HOME", "/root")
        return {**env, "PATH": f"{env['PATH']}:{command.TOOLS}"}

    def workdir(self, wanted: str) -> str:
        """Return the spec's directory, from the root, or the image's."""
        return os.path.join("/", wanted or self.road.image.workdir)

    def start(self, program: Program) -> ContainerProcess:
        """Start a program and return at once."""
        name = self.road.engine.name()
        self.names.append(name)
        mounts = (
            *self._own_folders(),
            Mount(source=str(self.road.tools), target=command.TOOLS, read_only=True),
        )
        container = self.road.container(name, program.argv, mounts, program)
        return ContainerProcess(self.road.engine.call, container, program.stdin, program.log)

    def _own_folders(self) -> tuple[Mount, Mount]:
        return (
            Mount(source=str(self.folder / "pfs"), target="/pfs"),
            Mount(source=str(self.folder / "tmp"), target="/tmp"),
        )

    def give(self, pfs: Pfs, user: User) -> None:
        """Make what was laid out, and what is in /tmp, the property of a user."""
        if self.road.engine.sees_as_us:
            give(pfs, user)
        elif user[0] != 0:
            self._own(user, "/pfs", "/tmp")

    def take_back(self) -> None:
        """Make what programs wrote into /pfs ours."""
        self._take_back("pfs")

    def _take_back(self, name: str) -> None:
        if not self.road.engine.sees_as_us and any(self._foreign(self.folder / name)):
            ours = ROOT if self.road.engine.facts.rootless else (os.geteuid(), os.getegid())
            self._own(ours, f"/{name}")

    def _foreign(self, folder: Path) -> Iterator[str]:
        """Yield what another user owns."""
        us = os.geteuid()
        for place, folders, files in os.walk(folder):
            for path in (place, *(os.path.join(place, name) for name in (*folders, *files))):
                with suppress(FileNotFoundError):  # of a batch, whose program goes on
                    if os.lstat(path).st_uid != us:
                        yield path

    def _own(self, user: User, *paths: str) -> None:
        """Have the image's `chown` change owners; where it has none, they stay."""
        engine = self.road.engine
        argv = ("chown", "-hR", f"{user[0]}:{user[1]}", *paths)
        container = self.road.container(engine.name(), argv, self._own_folders())
        engine.call.ask(command.run(engine.call.kind, container))
        engine.discard([container.name])

    def here(self, path: str) -> Path:
        """Return where a path of the container's lies for us; brought here unless it is shared."""
        if path == "/tmp" or path.startswith("/tmp/"):
            return self.folder / "tmp" / path[len("/tmp/") :]
        if path.startswith("/dev/"):  # no container has devices of its own once it ended
            return Path(path)
        place = Path(os.path.normpath(path))
        if place.is_relative_to(self.fetched):  # a link within what was brought here
            path = "/" + str(place.relative_to(self.fetched))
        return fetch(self.road.engine.call, self.names[-1], path, self.fetched)

    def leave(self) -> None:
        """Take back what programs wrote, and have their containers removed."""
        self.take_back()
        if self.fetched.exists():
            shutil.rmtree(self.fetched, ignore_errors=True)
        self.road.engine.discard(self.names)
        self.names = []

    def close(self) -> None:
        """Make the worker's /tmp ours, so that it can be removed by us."""
        self._take_back("tmp")
