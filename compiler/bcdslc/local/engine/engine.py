"""An engine as one run uses it: what it can do, and the containers that it still holds for us."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from bcdsl.frozen import dataclass, replace
from bcdslc.local.engine import command
from bcdslc.local.engine.call import Call, EngineError, said
from bcdslc.local.engine.command import Container, Kind, Limits
from bcdslc.local.engine.how_ended import no_program

MANY = 16  # ended containers that are removed together: each call of an engine costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an engine says of itself.

    `rootless`: root in a container is the caller here. `memory` and `cpu`: these limits can be
    set. `init`: it has a first process to put before programs, None where only trying tells.
    """

    rootless: bool
    memory: bool
    cpu: bool
    cores: int
    init: bool | None


def facts(call: Call) -> Facts:
    """Ask an engine about itself.

    Raises:
        EngineError: It cannot be used; most often its daemon does not run or may not be asked.
    """
    answer = call.ask(command.info())
    try:
        value = json.loads(answer.out)
    except ValueError:
        raise EngineError(answer.words) from None
    wrong = value.get("ServerErrors")  # docker exits with 0 and an empty description, or with 1
    if wrong or answer.code != 0:
        raise EngineError(said("\n".join(wrong or ())) if wrong else answer.words)
    return _OF[call.kind](value)


def _podman(value: Mapping[str, Any]) -> Facts:
    host = value["host"]
    rootless = bool(host["security"]["rootless"])
    version, controllers = host.get("cgroupVersion"), host.get("cgroupControllers") or ()
    may = not rootless or version == "v2"
    return Facts(
        rootless=rootless,
        memory=may and "memory" in controllers,
        cpu=may and "cpu" in controllers,
        cores=int(host["cpus"]),
        init=None,
    )


def _docker(value: Mapping[str, Any]) -> Facts:
    return Facts(
        rootless=any("rootless" in each for each in value.get("SecurityOptions") or ()),
        memory=bool(value.get("MemoryLimit")),
        cpu=bool(value.get("CpuCfsQuota")),
        cores=int(value.get("NCPU") or 1),
        # a build of tini whose version is not understood has no commit, too
        init=(value.get("InitCommit") or {}).get("ID") not in (None, "", "N/A") or None,
    )


_OF: Mapping[Kind, Callable[[Mapping[str, Any]], Facts]] = {
    Kind.PODMAN: _podman,
    Kind.DOCKER: _docker,
}


class Engine:
    """One run's engine. Safe to use from several threads."""

    def __init__(self, call: Call, facts: Facts, store: Path) -> None:
        self.call, self.facts = call, facts
        self.store = hashlib.sha256(os.fsencode(store.resolve())).hexdigest()[:16]
        self._init = facts.init
        self._ended: list[str] = []
        self._lock = Lock()

    @property
    def sees_as_us(self) -> bool:
        """Whether what a container writes may always be read and removed by us."""
        return os.geteuid() == 0 and not self.facts.rootless

    def name(self) -> str:
        """Return a name for one more container."""
        return f"bcdsl-{uuid4().hex[:16]}"

    def limits(self, wanted: Limits) -> Limits:
        """Return those limits that can be set here."""
        return replace(
            wanted,
            memory=wanted.memory if self.facts.memory else 0,
            cpus=min(wanted.cpus, self.facts.cores) if self.facts.cpu else 0.0,
        )

    def init(self, image: str) -> bool:
        """Return whether there is a first process to put before programs; tried once."""
        with self._lock:
            if self._init is None:
                self._init = self._try_init(image)
            return self._init

    def _try_init(self, image: str) -> bool:
        """Try with a program that there is not: docker notices at the start, podman before."""
        container = Container(
            name=self.name(), store=self.store, image=image, argv=("/-",), mounts=(), env={}
        )
        words = command.run if self.call.kind is Kind.DOCKER else command.create
        answer = self.call.ask(words(self.call.kind, container))
        self.call.ask(command.remove([container.name]))
        if answer.code == 0 or no_program("/-", answer.err):
            return True
        if "init" in answer.words:
            return False
        raise EngineError(answer.words)

    def discard(self, names: Sequence[str]) -> None:
        """Have containers removed that ended; not at once."""
        with self._lock:
            self._ended += names
            if len(self._ended) < MANY:
                return
            gone, self._ended = self._ended, []
        self.call.ask(command.remove(gone))

    def sweep(self) -> None:
        """Remove every container of the store, also what an earlier run left, running or not.

        Only one run at a time has a store, and this one holds its lock.
        """
        self._ended = []
        left = self.call.ask(command.left(self.store)).out.decode().split()
        if left:
            self.call.ask(command.remove(left))
