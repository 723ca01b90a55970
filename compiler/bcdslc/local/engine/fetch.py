"""Files of a container, outside the folders that it shares with us, brought here when asked for."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

from bcdslc.local.engine import command
from bcdslc.local.engine.call import Call


def fetch(call: Call, container: str, path: str, into: Path) -> Path:
    """Bring a file, link or folder of a container here and return where it lies.

    Nothing lies there if the container has no such path. A link comes as it is: what it leads to
    is another path of the container.
    """
    place = Path(os.path.normpath(f"{into}/{path}"))
    if not os.path.lexists(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        archive = into.with_name(into.name + ".tar")
        if call.save(command.copy_out(container, path), archive):
            with tarfile.open(archive) as tar:
                _unpack(tar, place)
        archive.unlink()
    return place


def _unpack(tar: tarfile.TarFile, place: Path) -> None:
    """Lay out an archive whose first member is what was asked for."""
    top: str | None = None
    for member in tar:
        name = os.path.normpath(member.name).lstrip("/")
        if top is None:
            top = name
        inner = os.path.relpath(name, top)
        if inner.startswith(".."):
            continue
        _member(tar, member, place if inner == "." else place / inner)


def _member(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    if member.isdir():
        target.mkdir(exist_ok=True)
    elif member.issym():
        target.symlink_to(member.linkname)
    else:
        source = tar.extractfile(member) if member.isfile() or member.islnk() else None
        with target.open("wb") as file:
            if source is not None:
                shutil.copyfileobj(source, file)
