"""Writing a file whole or not at all.

The text goes to a new file in the same folder, which then takes the place of the old one: a
full disk or an interruption leaves the old file as it was, and nothing beside it.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from bcdsl.diagnostic import Diagnostic

NOT_WRITTEN = "BC060"
NO_FOLDER = "BC061"


def write_file(path: str, text: str) -> Diagnostic | None:
    """Write a text as UTF-8, keeping the mode of the file it replaces; return what prevented it.

    A symbolic link stays one. What is no regular file (a pipe, a terminal) is written to
    directly, for there is nothing to keep.
    """
    data = text.encode("utf-8", "surrogatepass")
    try:
        target = os.path.realpath(path)
        mode = _mode(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(21, "it is a folder")
        if mode is not None and not stat.S_ISREG(mode):
            with open(target, "wb") as file:
                file.write(data)
            return None
        _replace(target, data, mode)
    except (OSError, ValueError) as error:
        return _problem(NOT_WRITTEN, path, error)
    return None


def make_folder(path: str) -> Diagnostic | None:
    """Make a folder and those above it, if they are not there; return what prevented it."""
    try:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:
        return Diagnostic(
            code=NO_FOLDER,
            message=f"`{path}` is a file, and a folder is wanted there",
            span=None,
            help="give another name, or move the file away",
        )
    except (OSError, ValueError) as error:
        return _problem(NO_FOLDER, path, error)
    return None


def not_written(path: str, error: OSError) -> Diagnostic:
    """Return that a file cannot be written, and why."""
    return _problem(NOT_WRITTEN, path, error)


def _mode(target: str) -> int | None:
    try:
        return os.stat(target).st_mode
    except FileNotFoundError:
        return None


def _replace(target: str, data: bytes, mode: int | None) -> None:
    folder = os.path.dirname(target)
    handle, temporary = _new_file(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if mode is not None:
            os.chmod(temporary, stat.S_IMODE(mode))
        os.replace(temporary, target)
    except BaseException:  # also an interruption must leave nothing behind
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _new_file(folder: str) -> tuple[int, str]:
    """Open a file that did not exist, with the mode that any new file of this user gets."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        name = os.path.join(folder, f".bcdsl-{os.urandom(6).hex()}.tmp")
        with suppress(FileExistsError):
            return os.open(name, flags, 0o666), name


def _problem(code: str, path: str, error: OSError | ValueError) -> Diagnostic:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    helps: dict[type[BaseException], str] = {
        PermissionError: "give yourself the permission to write there, or name another place",
        FileNotFoundError: "make the folder first",
        NotADirectoryError: "one part of the path is a file: name another place",
        IsADirectoryError: "name a file in it",
    }
    verb = "written" if code == NOT_WRITTEN else "made"
    return Diagnostic(
        code=code,
        message=f"`{path}` cannot be {verb}: {reason[:1].lower()}{reason[1:]}",
        span=None,
        help=helps.get(type(error), "nothing was changed; look at the disk, then run it again"),
    )
