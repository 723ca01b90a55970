# ruff: noqa: D102, N802 - methods are named for the server's own
"""A stand-in with authentication on: who is asking, and what they may do.

Root may all, others what stands in a project that they made. The sentences are recorded ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cluster.server_spec import key_of, leaves, reads_of, repo_of
from cluster.stand_in import Refused, StandIn, State

ROOT = "pach:root"
FREE = ("GetVersion",)


@dataclass
class Guarded(StandIn):
    """A server that asks for tokens."""

    tokens: dict[str, str] = field(default_factory=lambda: {"token-of-root": ROOT})
    owners: dict[str, str] = field(default_factory=dict)
    user: str = ""

    def call(self, name: str, request: Any, metadata: dict[str, str]) -> Any:
        """Find out who asks, then answer."""
        if name.rpartition("/")[2] not in FREE:
            self.user = self._who(metadata.get("authn-token"))
            everything = self.state.repos | set(self.state.pipelines)
            self.hidden = {key for key in everything if not self._may(key[0])}
        return super().call(name, request, metadata)

    def _who(self, token: str | None) -> str:
        if token is None:
            raise Refused("UNAUTHENTICATED", "no authentication token (try logging in)")
        if token not in self.tokens:
            text = "provided auth token is corrupted or has expired (try logging in again)"
            raise Refused("UNAUTHENTICATED", text)
        return self.tokens[token]

    def _may(self, project: str) -> bool:
        return self.user in (ROOT, self.owners.get(project))

    def _need(self, project: str, permission: str, what: str, before: str = "") -> None:
        if not self._may(project):
            raise Refused(
                "PERMISSION_DENIED",
                f"{before}{self.user} is not authorized to perform this operation - needs "
                f"permissions [{permission}] on {what}. Run `pachctl auth roles-for-permission` "
                "to find roles that grant a given permission.",
            )

    def on_WhoAmI(self, request: Any, metadata: dict[str, str]) -> Any:
        return {"username": self.user}

    def on_GetRobotToken(self, request: Any, metadata: dict[str, str]) -> Any:
        token = f"token-of-{request['robot']}"
        self.tokens[token] = f"robot:{request['robot']}"
        return {"token": token}

    def on_RevokeAuthToken(self, request: Any, metadata: dict[str, str]) -> Any:
        gone = self.tokens.pop(request["token"], None)
        return {"number": "0" if gone is None else "1"}

    def on_CreateProject(self, request: Any, metadata: dict[str, str]) -> Any:
        answer = super().on_CreateProject(request, metadata)
        self.owners[request["project"]["name"]] = self.user
        return answer

    def on_DeletePipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        project, name = key_of(request["pipeline"])
        before = f"error stopping pipeline {project}/{name}: "
        self._need(project, "REPO_WRITE", f"REPO {project}/{name}", before)
        return super().on_DeletePipeline(request, metadata)

    def _create_repo(self, state: State, request: Any, id: str, touched: set[Any]) -> None:
        project, _ = repo_of(request["repo"])
        what = f"PROJECT {project}"
        self._need(project, "PROJECT_CREATE_REPO", what, "failed to create repo: ")
        super()._create_repo(state, request, id, touched)

    def _create_pipeline(self, state: State, request: Any, id: str, touched: set[Any]) -> None:
        project, _ = key_of(request["effective"]["pipeline"])
        for leaf in leaves(request["effective"].get("input", {})):
            repo = reads_of(leaf, project)
            if repo is not None:
                self._need(repo[0], "REPO_READ", f"REPO {repo[0]}/{repo[1]}")
        super()._create_pipeline(state, request, id, touched)
