"""The files of a branch: what is there, and one commit that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bcdsl.frozen import dataclass
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.wire import wire

FILE = 1  # pachyderm: src/pfs/pfs.proto, FileType
FINISHED = 4  # CommitState
PIECE = 1 << 20  # bytes of a message
LIST_SECONDS = 600.0
LEAST_SPEED = 100_000  # bytes a second, below which a call is given up


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a commit."""

    size: int
    hash: bytes


class RepoFiles:
    """Files of a cluster's repos."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._wire = wire()

    def stored(self, project: str, repo: str, branch: str) -> dict[str, StoredFile]:
        """Return the files at a branch's head by path; none if there is no such branch."""
        request = self._wire.OfRepo(repo=self._repo(project, repo))
        infos = self._channel.many("pfs_v2.API/ListBranch", request, self._wire.BranchInfo)
        if branch not in {info.branch.name for info in infos}:
            return {}
        file = self._wire.File(commit=self._head(project, repo, branch), path="/")
        found = self._channel.many(
            "pfs_v2.API/WalkFile",
            self._wire.OfFile(file=file),
            self._wire.FileInfo,
            seconds=LIST_SECONDS,
        )
        return {
            info.file.path: StoredFile(info.size_bytes, info.hash)
            for info in found
            if info.file_type == FILE
        }

    def content(
        self, project: str, repo: str, branch: str, path: str, size: int
    ) -> Iterator[bytes]:
        """Yield what a file holds, in pieces."""
        file = self._wire.File(commit=self._head(project, repo, branch), path=path)
        for piece in self._channel.pieces(
            "pfs_v2.API/GetFile",
            self._wire.OfFile(file=file),
            self._wire.Bytes,
            seconds=LIST_SECONDS + size / LEAST_SPEED,
        ):
            yield piece.value

    def change(
        self,
        project: str,
        repo: str,
        branch: str,
        deletes: Iterable[str],
        adds: Mapping[str, Path],
        progress: Callable[[int], None],
    ) -> str:
        """Make one commit; return the error that it finished with, empty if all is well.

        Without an open commit the server makes and finishes one for the call, so a call that
        is cut leaves none behind. What is added to a path that exists is appended there:
        whoever replaces deletes as well, and deletes come first.
        """
        size = sum(path.stat().st_size for path in adds.values())
        head = self._head(project, repo, branch)
        self._channel.send(
            "pfs_v2.API/ModifyFile",
            self._messages(head, deletes, adds, progress),
            self._wire.Empty,
            seconds=LIST_SECONDS + size / LEAST_SPEED,
        )
        info = self._channel.one(
            "pfs_v2.API/InspectCommit",
            self._wire.InspectCommit(commit=head, wait=FINISHED),
            self._wire.CommitInfo,
            seconds=LIST_SECONDS,
        )
        return str(info.error)

    def _messages(
        self,
        head: Any,
        deletes: Iterable[str],
        adds: Mapping[str, Path],
        progress: Callable[[int], None],
    ) -> Iterator[Any]:
        make = self._wire.ModifyFile
        yield make(set_commit=head)
        for path in deletes:
            yield make(delete_file=self._wire.DeleteFile(path=path))
        for path, source in adds.items():
            with source.open("rb") as file:
                piece = file.read(PIECE)
                while True:  # an empty file is one empty piece
                    raw = self._wire.Bytes(value=piece)
                    yield make(add_file=self._wire.AddFile(path=path, raw=raw))
                    progress(len(piece))
                    piece = file.read(PIECE)
                    if not piece:
                        break

    def _repo(self, project: str, name: str) -> Any:
        return self._wire.Repo(name=name, type="user", project=self._wire.Project(name=project))

    def _head(self, project: str, repo: str, branch: str) -> Any:
        whole = self._repo(project, repo)
        return self._wire.AtCommit(branch=self._wire.Branch(repo=whole, name=branch), repo=whole)
