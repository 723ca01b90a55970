"""The files of an output commit, put together from its datums' outputs.

pachyderm: src/internal/storage/fileset/validator.go. A path from two datums is an error, whatever
the contents; so is a file where another datum has a folder. The first path in path order is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bcdsl.frozen import dataclass
from bcdslc.local.blob import Blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """Two datums that write one path; `server` is the server's sentence."""

    server: str
    path: str
    datums: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """All files, and the first collision if there is one."""

    files: Mapping[str, Blob]
    collision: Collision | None = None


def merge(outputs: Iterable[tuple[str, Mapping[str, Blob]]]) -> Merged:
    """Put together what datums wrote; each output comes with its datum's ID."""
    files: dict[str, Blob] = {}
    writers: dict[str, list[str]] = {}
    for datum, output in outputs:
        for path, blob in output.items():
            writers.setdefault(path, []).append(datum)
            files[path] = blob
    twice = [path for path, datums in writers.items() if len(datums) > 1]
    inside = _inside_a_file(files)
    if twice and (inside is None or min(twice) < inside):
        path = min(twice)
        first, second = sorted(writers[path])[:2]
        pair = f"{path} from {first} and {path} from {second}"
        server = f"duplicate path output by different datums ({pair})"
        return Merged(
            files=files, collision=Collision(server=server, path=path, datums=(first, second))
        )
    if inside is not None:
        datums = tuple(sorted({*writers[inside], *_writers_of_parents(inside, writers)}))
        server = f"file / directory path collision ({inside})"
        return Merged(files=files, collision=Collision(server=server, path=inside, datums=datums))
    return Merged(files=files)


def _parents(path: str) -> Iterable[str]:
    slash = path.rfind("/")
    while slash > 0:
        yield path[:slash]
        slash = path.rfind("/", 0, slash)


def _inside_a_file(files: Mapping[str, Blob]) -> str | None:
    """Return the first path that lies in a folder of which another file has the name."""
    clashing = [path for path in files if any(parent in files for parent in _parents(path))]
    return min(clashing, default=None)


def _writers_of_parents(path: str, writers: Mapping[str, list[str]]) -> Iterable[str]:
    for parent in _parents(path):
        yield from writers.get(parent, ())
