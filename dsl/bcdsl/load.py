"""Reading the file of a document: what cannot be read comes back as a finding.

The only module of the language that touches the disk, and it only reads.
"""

from __future__ import annotations

import os
import sys

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile
from bcdsl.suggest import nearest
from bcdsl.yaml_accident.empty_file import CODE as EMPTY
from bcdsl.yaml_accident.limits import SIZE
from bcdsl.yaml_accident.limits import TOO_LARGE as LARGE

MISSING = "BC001"
FOLDER = "BC002"
UNREADABLE = "BC003"
BINARY = "BC005"
ENCODING = "BC006"

STDIN = "<stdin>"

_MARKS = (  # the longer ones first: UTF-32's starts with UTF-16's
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

Loaded = tuple[SourceFile | None, tuple[Diagnostic, ...]]


def load(path: str) -> Loaded:
    """Read a file (`-` is standard input) as UTF-8 text, without its byte order mark."""
    name = STDIN if path == "-" else path
    try:
        data = _bytes(path)
    except (OSError, ValueError) as error:
        return None, (_not_read(path, error),)
    if len(data) > SIZE:
        return None, (_large(name),)
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        return None, (text,)
    if not text.strip():
        return None, (_finding(EMPTY, f"`{name}` is empty", _START),)
    return SourceFile(name, text), ()


def decode(name: str, data: bytes) -> str | Diagnostic:
    """Return the bytes as text, or why they are none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _other_encoding(name, encoding)
    if b"\x00" in data:
        # text in UTF-16 without its mark: every other byte of plain letters is zero
        if {data[:2].find(b"\x00"), data[2:4].find(b"\x00")} in ({0}, {1}):
            return _other_encoding(name, "UTF-16")
        at = data.index(b"\x00")
        return _finding(
            BINARY, f"`{name}` is not text: byte {at + 1} is zero", "give a YAML or JSON file"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _finding(
            ENCODING,
            f"`{name}` is not UTF-8: byte {error.start + 1} (line {line}) is "
            f"0x{data[error.start]:02x}",
            "save it as UTF-8; it may be in Latin-1 or Windows-1252",
        )


_START = "`bcdsl init` writes a document to start from"


def _bytes(path: str) -> bytes:
    """Return at most one byte more than is allowed."""
    if path == "-":
        return sys.stdin.buffer.read(SIZE + 1)
    with open(path, "rb") as file:
        return file.read(SIZE + 1)


def _not_read(path: str, error: OSError | ValueError) -> Diagnostic:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        guess = _neighbour(path)
        return _finding(
            MISSING,
            f"there is no file `{path}`",
            f"did you mean `{guess}`?" if guess else "check the path, or the folder you are in",
        )
    if isinstance(error, IsADirectoryError):
        return _finding(FOLDER, f"`{path}` is a folder", "give a file in it")
    if isinstance(error, PermissionError):
        if os.path.isdir(path):  # Windows refuses to open a folder
            return _finding(FOLDER, f"`{path}` is a folder", "give a file in it")
        return _finding(UNREADABLE, f"`{path}` may not be read", "give yourself the permission")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _finding(
        UNREADABLE, f"`{path}` cannot be read: {reason.lower()}", "check the path and the disk"
    )


def _neighbour(path: str) -> str | None:
    """Return the file of the same folder whose name is nearest."""
    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))[:1000]
    except (OSError, ValueError):
        return None
    guess = nearest(name, names)
    return os.path.join(folder, guess) if guess else None


def _large(name: str) -> Diagnostic:
    limit = SIZE // (1024 * 1024)
    return _finding(LARGE, f"`{name}` is larger than {limit} MiB", "split the file")


def _other_encoding(name: str, encoding: str) -> Diagnostic:
    return _finding(
        ENCODING,
        f"`{name}` is not UTF-8: it looks like {encoding}",
        f"save it as UTF-8: `iconv -f {encoding} -t UTF-8`",
    )


def _finding(code: str, message: str, help_: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=None, help=help_)
