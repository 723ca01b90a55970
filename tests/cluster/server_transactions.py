# ruff: noqa: D102, N802, PERF203 - methods are named for the server's own
"""Transactions and batches of a stand-in, and what is made in them."""

from __future__ import annotations

import copy
import json
from typing import Any

from cluster.server import Server
from cluster.server_check import check, kind, one_branch_a_repo
from cluster.server_spec import key_of, repo_of, ticks
from cluster.server_state import Pipeline, Refused, State


class Transactions(Server):
    """The calls about transactions."""

    def on_StartTransaction(self, request: Any, metadata: dict[str, str]) -> Any:
        id = self.id()
        self.transactions[id] = []
        return {"id": id}

    def on_ListTransaction(self, request: Any, metadata: dict[str, str]) -> Any:
        return [{"transaction": {"id": id}} for id in self.transactions]

    def on_DeleteTransaction(self, request: Any, metadata: dict[str, str]) -> Any:
        self.transactions.pop(request["transaction"]["id"], None)
        return {}

    def on_FinishTransaction(self, request: Any, metadata: dict[str, str]) -> Any:
        id = request["transaction"]["id"]
        if id not in self.transactions:
            raise Refused("NOT_FOUND", f"transactions {id} not found")
        self._run(self.transactions[id], commit=True)
        del self.transactions[id]
        return {"transaction": {"id": id}}

    def on_BatchTransaction(self, request: Any, metadata: dict[str, str]) -> Any:
        inside = []
        for each in request["requests"]:
            if "createRepo" in each:
                inside.append(("create_repo", each["createRepo"]))
            else:
                create = each["createPipelineV2"]
                message = create["createPipelineRequest"]
                if "transform" not in message:
                    raise Refused(
                        "UNKNOWN",
                        f"error running request {len(inside) + 1} of {len(request['requests'])}: "
                        "pipeline must specify a transform",
                    )
                inside.append(
                    (
                        "create_pipeline",
                        {
                            "effective": json.loads(create["effectiveJson"]),
                            "user": create["userJson"],
                            "update": bool(message.get("update")),
                            "reprocess": bool(message.get("reprocess")),
                        },
                    )
                )
        self._run(inside, commit=True)
        return {}

    def _now_or_later(self, what: str, request: Any, metadata: dict[str, str]) -> Any:
        id = metadata.get("pach-transaction")
        if id is None:
            self._run([(what, request)], commit=True, alone=True)
            return {}
        queue = [*self.transactions[id], (what, request)]
        self._run(queue, commit=False)
        self.transactions[id] = queue
        return {}

    def _run(self, requests: list[tuple[str, Any]], *, commit: bool, alone: bool = False) -> None:
        state = copy.deepcopy(self.state)
        id = self.id()
        touched: set[tuple[str, str]] = set()
        for number, (what, request) in enumerate(requests, 1):
            try:
                getattr(self, f"_{what}")(state, request, id, touched)
            except Refused as refused:
                if alone:
                    raise
                text = f"error running request {number} of {len(requests)}: {refused.text}"
                raise Refused(refused.code, text) from None
        one_branch_a_repo(state)
        if commit:
            self.state = state

    def _create_repo(self, state: State, request: Any, id: str, touched: set[Any]) -> None:
        project, name = repo_of(request["repo"])
        if (project, name) in state.repos:
            raise Refused("ALREADY_EXISTS", f"repo {project}/{name} already exists")
        state.repos.add((project, name))

    def _create_pipeline(self, state: State, request: Any, id: str, touched: set[Any]) -> None:
        effective = request["effective"]
        project, name = key_of(effective["pipeline"])
        key = (project, name)
        old = state.pipelines.get(key)
        if old is not None and not request["update"]:
            raise Refused("ALREADY_EXISTS", f'pipeline "{project}/{name}" already exists')
        if key in touched:
            raise Refused(
                "ALREADY_EXISTS",
                f"start commit in transaction: create commit: commit {project}/{name}.spec@{id} "
                "already exists\ninconsistent dependencies: cannot create commit from "
                f"{project}/{name}.spec@{id}; repo ({name}) already has a commit in this "
                "transaction",
            )
        if old is None and key in state.repos:
            raise Refused(
                "UNKNOWN",
                f'pipeline "{name}" cannot be created because a repo with the same name '
                "already exists",
            )
        check(state, effective, old)
        touched.add(key)
        state.repos.add(key)
        state.repos |= set(ticks(effective, project))
        version = 1 if old is None else old.version + 1
        made = Pipeline(
            project=project,
            name=name,
            version=version,
            commit=id,
            user=request["user"],
            effective=effective,
            job_version=version,
        )
        if old is not None:
            if kind(old.effective) != kind(effective):
                state.halves.append(key)
            if old.stopped:  # it stays so, and no job is made
                made.stopped, made.state = True, "PIPELINE_PAUSED"
                made.last_job, made.job_version = old.last_job, old.job_version
        state.pipelines[key] = made
