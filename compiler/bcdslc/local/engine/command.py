"""The command lines that an engine is given. Nothing here runs them.

Podman's command line is Docker's, with few differences; what differs is asked of `Kind` here and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from bcdsl.frozen import dataclass

LABEL = "bcdsl.store"  # its value names the store, so that a later run finds what was left
LEAST_MEMORY = 6 << 20  # docker: daemon/daemon_unix.go, linuxMinMemory
TOOLS = "/pach-bin"  # where a worker has its programs, see the reference of the runtime


class Kind(Enum):
    """An engine, by its program's name."""

    PODMAN = "podman"
    DOCKER = "docker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A folder of this machine that a container sees."""

    source: str
    target: str
    read_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a container may take at most: bytes, cores, and devices as `--gpus` has them."""

    memory: int = 0
    cpus: float = 0.0
    gpus: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What a container is made of.

    `init`: the engine's own small first process stands before the program, so that signals end it
    as they end any other program, and orphans are reaped.
    """

    name: str
    store: str
    image: str
    argv: Sequence[str]
    mounts: Sequence[Mount]
    env: Mapping[str, str]
    workdir: str = ""
    user: tuple[int, int] | None = None
    limits: Limits = Limits()
    stdin: bool = False
    init: bool = True


def run(kind: Kind, container: Container) -> list[str]:
    """Return how a container is run to its end, its streams being the command's own.

    The container stays when it ended: it still says how, and has what its program wrote.
    """
    return ["run", *_made(kind, container)]


def create(kind: Kind, container: Container) -> list[str]:
    """Return how a container is made and not started."""
    return ["create", *_made(kind, container)]


def kill(name: str) -> list[str]:
    """Return how a container's processes are ended at once, all of them."""
    return ["kill", "--signal", "KILL", name]


def remove(names: Sequence[str]) -> list[str]:
    """Return how containers are removed, running or not."""
    return ["rm", "--force", "--volumes", *names]


def inspect(name: str) -> list[str]:
    """Return how a container says in which state it is."""
    return ["inspect", "--type", "container", "--format", "{{json .State}}", name]


def left(store: str) -> list[str]:
    """Return how the containers of a store are listed."""
    return ["ps", "--all", "--quiet", "--filter", f"label={LABEL}={store}"]


def copy_out(name: str, path: str) -> list[str]:
    """Return how a path of a container is written to the standard output, as a tar archive."""
    return ["cp", f"{name}:{path}", "-"]


def image(name: str) -> list[str]:
    """Return how an image is described."""
    return ["image", "inspect", name]


def pull(name: str) -> list[str]:
    """Return how an image is fetched."""
    return ["pull", name]


def info() -> list[str]:
    """Return how the engine describes itself; a daemon that is not there is told by that."""
    return ["info", "--format", "{{json .}}"]


def _made(kind: Kind, container: Container) -> list[str]:
    program, *arguments = container.argv
    return [
        *("--name", container.name),
        *("--label", f"{LABEL}={container.store}"),
        *("--pull", "never"),  # images were fetched before, and said
        *("--log-driver", "none"),  # what it prints goes to our file, and only there
        *("--security-opt", "label=disable"),  # SELinux would hide folders that are not its own
        *(("--init",) if container.init else ()),
        *(("--interactive",) if container.stdin else ()),
        *_limits(kind, container.limits),
        *(word for mount in container.mounts for word in _mount(mount)),
        *(("--user", f"{container.user[0]}:{container.user[1]}") if container.user else ()),
        *(("--workdir", container.workdir) if container.workdir else ()),
        *(word for item in container.env.items() for word in ("--env", "=".join(item))),
        *("--entrypoint", program),
        container.image,
        *arguments,
    ]


def _mount(mount: Mount) -> tuple[str, str]:
    """Return the option; the form that takes commas where there is one."""
    if "," in mount.source:
        return "--volume", f"{mount.source}:{mount.target}" + (":ro" if mount.read_only else "")
    text = f"type=bind,source={mount.source},target={mount.target}"
    return "--mount", text + (",readonly" if mount.read_only else "")


def _limits(kind: Kind, limits: Limits) -> list[str]:
    words = []
    if limits.memory:
        words += ["--memory", str(max(limits.memory, LEAST_MEMORY))]
    if limits.cpus:
        words += ["--cpus", f"{limits.cpus:g}"]
    if limits.gpus and kind is Kind.DOCKER:
        words += ["--gpus", limits.gpus]
    elif limits.gpus:  # podman: docs, CDI devices
        words += ["--device", f"nvidia.com/gpu={limits.gpus}"]
    return words
