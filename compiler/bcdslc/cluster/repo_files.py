"""The files of a branch: what is there, and one commit that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bcdsl.frozen import dataclass
from bcdslc.cluster import calls
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.wire import wire

FILE = 1  # pachyderm: src/pfs/pfs.proto, FileType
FINISHED = 4  # CommitState
PIECE = 1 << 20  # bytes of a message
LEAST_SPEED = 100_000  # bytes a second, below which a call is given up


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a commit."""

    size: int
    hash: bytes
    branch: str = ""
    commit: str = ""


class RepoFiles:
    """Files of a cluster's repos.

    A commit is named by its ID and its repo, as recorded; who asks for a branch is shown what
    its head was at that moment. Commits of old servers have no repo of their own, but a branch
    that has one: pachyderm: src/pfs/pfs.proto of 2.5.
    """

    def __init__(self, channel: Channel, version: tuple[int, int]) -> None:
        self._channel = channel
        self._named_by_branch = version < (2, 8)
        self._wire = wire()

    def stored(self, project: str, repo: str, branch: str) -> dict[str, StoredFile]:
        """Return the files at a branch's head by path; none if there is no such branch."""
        head = self._head(project, repo, branch)
        if not head:
            return {}
        commit = self._commit(project, repo, branch, head)
        file = self._wire.File(commit=commit, path="/")
        found = self._channel.many(calls.WALK_FILE, self._wire.OfFile(file=file))
        return {
            info.file.path: StoredFile(info.size_bytes, info.hash, branch, head)
            for info in found
            if info.file_type == FILE
        }

    def content(self, project: str, repo: str, path: str, stored: StoredFile) -> Iterator[bytes]:
        """Yield what a file that was listed holds, in pieces."""
        commit = self._commit(project, repo, stored.branch, stored.commit)
        file = self._wire.File(commit=commit, path=path)
        for piece in self._channel.pieces(
            calls.GET_FILE,
            self._wire.OfFile(file=file),
            seconds=calls.FILES + stored.size / LEAST_SPEED,
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
        whole = self._repo(project, repo)
        at = self._wire.AtCommit(branch=self._wire.Branch(repo=whole, name=branch), repo=whole)
        self._channel.send(
            calls.MODIFY_FILE,
            self._messages(at, deletes, adds, progress),
            seconds=calls.FILES + size / LEAST_SPEED,
        )
        made = self._commit(project, repo, branch, self._head(project, repo, branch))
        request = self._wire.InspectCommit(commit=made, wait=FINISHED)
        return str(self._channel.one(calls.INSPECT_COMMIT, request).error)

    def _messages(
        self,
        at: Any,
        deletes: Iterable[str],
        adds: Mapping[str, Path],
        progress: Callable[[int], None],
    ) -> Iterator[Any]:
        make = self._wire.ModifyFile
        yield make(set_commit=at)
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

    def _commit(self, project: str, repo: str, branch: str, id: str) -> Any:
        whole = self._repo(project, repo)
        named = self._wire.AtCommit(id=id, repo=whole)
        if self._named_by_branch:
            named.branch.CopyFrom(self._wire.Branch(repo=whole, name=branch))
        return named

    def _head(self, project: str, repo: str, branch: str) -> str:
        """Return the commit at a branch's head, empty if there is no such branch."""
        request = self._wire.OfRepo(repo=self._repo(project, repo))
        for info in self._channel.many(calls.LIST_BRANCH, request):
            if info.branch.name == branch:
                return str(info.head.id)
        return ""
