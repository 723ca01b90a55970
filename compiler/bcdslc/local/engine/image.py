"""What an engine knows of an image: what makes it out, and what it sets for its programs."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping

from bcdsl.frozen import dataclass
from bcdslc.local.engine import command
from bcdslc.local.engine.call import Call, EngineError
from bcdslc.local.engine.command import Container
from bcdslc.local.road import User

DEFAULT_IMAGE = "ubuntu:20.04"  # pachyderm: src/internal/ppsutil, what a spec without one gets


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image that is on this machine. Its entry point and command are never used."""

    name: str
    id: str  # sha256:…
    env: Mapping[str, str]
    workdir: str
    user: str


def image(call: Call, name: str) -> Image | None:
    """Return an image, None if the engine does not have it.

    Raises:
        EngineError: The engine does not answer, or does not describe the image.
    """
    answer = call.ask(command.image(name))
    if answer.code != 0:
        return None
    try:
        (found, *_) = json.loads(answer.out)
        return _image(name, found)
    except (ValueError, KeyError, TypeError) as error:
        raise EngineError(f"its description of `{name}` is not understood: {error!r}") from None


def _image(name: str, found: Mapping[str, object]) -> Image:
    config = found.get("Config") or {}
    assert isinstance(config, dict)
    pairs = (text.partition("=") for text in config.get("Env") or ())
    return Image(
        name=name,
        id="sha256:" + str(found["Id"]).removeprefix("sha256:"),
        env={key: value for key, _, value in pairs},
        workdir=str(config.get("WorkingDir") or ""),
        user=str(config.get("User") or ""),
    )


def users(call: Call, container: Container) -> Mapping[str, User]:
    """Return the users of a container that is made for that, by name and by number.

    Raises:
        EngineError: The container cannot be made.
    """
    made = call.ask(command.create(call.kind, container))
    if made.code != 0:
        raise EngineError(made.words)
    try:
        answer = call.ask(command.copy_out(container.name, "/etc/passwd"))
    finally:
        call.ask(command.remove([container.name]))
    return _users(_only_file(answer.out)) if answer.code == 0 else {}


def _only_file(archive: bytes) -> str:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                return file.read().decode("utf-8", "replace")
    return ""


def _users(passwd: str) -> dict[str, User]:
    found: dict[str, User] = {}
    for line in passwd.splitlines():
        name, *rest = line.split(":")
        if len(rest) >= 3 and rest[1].isdigit() and rest[2].isdigit():
            ids = int(rest[1]), int(rest[2])
            found.setdefault(name, ids)
            found.setdefault(rest[1], ids)
    return found
