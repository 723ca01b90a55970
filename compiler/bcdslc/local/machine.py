"""What stands for a container image on this machine, and what this machine can do."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bcdsl.frozen import dataclass, field

DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalImage:
    """A directory, variables and folders of programs in place of an image; absolute paths."""

    workdir: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How programs of one image run here.

    With `namespaces` each sees a /pfs and a /tmp of its own; else `PFS` names a folder instead.
    """

    namespaces: bool
    workdir: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()


def machine(image: LocalImage, *, namespaces: bool, tools: Path) -> Machine:
    """Return how an image's programs run. `tools` holds the worker's own programs."""
    path = ":".join((*image.path, os.environ.get("PATH", DEFAULT_PATH), str(tools)))
    env = {"PATH": path, "HOME": os.environ.get("HOME", "/root"), **image.env}
    shown = (image.workdir, *image.path, str(tools), *_python())
    return Machine(
        namespaces=namespaces,
        workdir=image.workdir,
        env=env,
        shown=tuple(dict.fromkeys(place for place in shown if place)),
    )


def _python() -> tuple[str, ...]:
    """Return folders of the search path that lie below /tmp: they must stay visible there.

    Of an environment like Python's, `bin` is nothing without what lies beside it.
    """
    return tuple(
        str(Path(folder).parent if Path(folder, "..", "pyvenv.cfg").exists() else folder)
        for folder in os.environ.get("PATH", "").split(":")
        if folder.startswith("/tmp/") and Path(folder).is_dir()
    )
