# ruff: noqa: D102, N802 - methods are named for the server's own
"""The files of a stand-in: branches, commits, and what they hold."""

from __future__ import annotations

import base64
from typing import Any

from bcdslc.tree.build import build
from bcdslc.tree.contents import InMemory
from cluster.server import Server
from cluster.server_check import clean
from cluster.server_spec import repo_of
from cluster.server_state import Commit, Refused


class Files(Server):
    """The calls about files."""

    def on_ListBranch(self, request: Any, metadata: dict[str, str]) -> Any:
        project, name = repo_of(request["repo"])
        found = [branch for *repo, branch in self.state.heads if tuple(repo) == (project, name)]
        return [
            {
                "branch": {"repo": request["repo"], "name": branch},
                "head": {
                    "id": self.state.heads[project, name, branch],
                    "repo": request["repo"],
                },
            }
            for branch in found
        ]

    def on_StartCommit(self, request: Any, metadata: dict[str, str]) -> Any:
        branch = request["branch"]
        commit = self._start(repo_of(branch["repo"]), branch["name"])
        return {"id": commit.id, "repo": branch["repo"]}

    def on_FinishCommit(self, request: Any, metadata: dict[str, str]) -> Any:
        self._commit(request["commit"]).open = False
        return {}

    def on_InspectCommit(self, request: Any, metadata: dict[str, str]) -> Any:
        commit = self._commit(request["commit"])
        return {"commit": {"id": commit.id}, "error": commit.error}

    def on_ModifyFile(self, request: Any, metadata: dict[str, str]) -> Any:
        place = request[0]["setCommit"]
        if "id" in place:
            commit, made = self._commit(place), False
        else:
            repo = repo_of(place["branch"]["repo"])
            if repo not in self.state.repos:
                raise Refused("NOT_FOUND", f"repo {repo[0]}/{repo[1]} not found")
            head = self.state.commits.get(
                self.state.heads.get((*repo, place["branch"]["name"]), "")
            )
            made = head is None or not head.open
            heads = dict(self.state.heads)
            commit = self._start(repo, place["branch"]["name"]) if made else head
        assert commit is not None
        files = dict(commit.files)
        try:
            for each in request[1:]:
                if "deleteFile" in each:
                    path = each["deleteFile"]["path"]
                    for gone in [f for f in files if f == path or f.startswith(path + "/")]:
                        del files[gone]
                else:
                    path = clean(each["addFile"]["path"])
                    raw = each["addFile"].get("raw", "")
                    files[path] = files.get(path, b"") + base64.b64decode(raw)
        except Refused:
            if made:
                del self.state.commits[commit.id]
                self.state.heads = heads
            raise
        commit.files = files
        commit.open = commit.open and not made
        return {}

    def on_GetFile(self, request: Any, metadata: dict[str, str]) -> Any:
        commit = self._commit(request["file"]["commit"])
        path = request["file"]["path"]
        if path not in commit.files:
            raise Refused("NOT_FOUND", f"file {path} not found in repo {commit.repo[1]}")
        content = commit.files[path]
        return [base64.b64encode(piece).decode() for piece in (content[:4], content[4:]) if piece]

    def on_WalkFile(self, request: Any, metadata: dict[str, str]) -> Any:
        commit = self._commit(request["file"]["commit"])
        if commit.error:
            raise Refused("UNKNOWN", commit.error)
        tree = build(commit.files, title="", contents=InMemory(commit.files))
        found = []
        for entry in tree.entries:
            digest = tree.digest(entry)
            assert digest is not None
            info = {
                "file": {"path": entry},
                "fileType": "DIR" if entry.endswith("/") else "FILE",
                "hash": base64.b64encode(digest.value).decode(),
            }
            if tree.size(entry):
                info["sizeBytes"] = str(tree.size(entry))
            found.append(info)
        return found

    def _start(self, repo: tuple[str, str], branch: str) -> Commit:
        if repo not in self.state.repos:
            raise Refused("NOT_FOUND", f"repo {repo[0]}/{repo[1]} not found")
        parent = self.state.commits.get(self.state.heads.get((*repo, branch), ""))
        files: dict[str, bytes] = {}
        if parent is not None:  # recorded: what a commit with an error added is not there
            files = dict(parent.before if parent.error else parent.files)
        commit = Commit(id=self.id(), repo=repo, files=files, before=dict(files))
        self.state.commits[commit.id] = commit
        self.state.heads[(*repo, branch)] = commit.id
        return commit

    def _commit(self, place: dict[str, Any]) -> Commit:
        id = place.get("id")
        if id is None:
            branch = place["branch"]
            id = self.state.heads[(*repo_of(branch["repo"]), branch["name"])]
        return self.state.commits[id]
