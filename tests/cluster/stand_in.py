# ruff: noqa: D102, E501, N802, PERF401 - methods are named for the server's own
"""A stand-in for pachd: its state, and its answers to calls, as protobuf JSON.

What it refuses for a spec alone is asked of our rules; the rest is what a real server was
recorded to say. It can be told to fail at a call, to lose an answer, and to change under us.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json
from cluster.server_check import in_provenance, no_pipeline, one_branch_a_repo, without_times
from cluster.server_files import Files
from cluster.server_spec import (
    BUILT_IN,
    check_effective,
    details,
    key_of,
    leaves,
    patched,
    reads_of,
    repo_of,
    ticks,
    without_zeros,
)
from cluster.server_state import Commit, Pipeline, Refused, State
from cluster.server_transactions import Transactions


class StandIn(Files, Transactions):
    """A server."""

    def on_GetVersion(self, request: Any, metadata: dict[str, str]) -> Any:
        return {"major": self.version[0], "minor": self.version[1]}

    def on_CreateProject(self, request: Any, metadata: dict[str, str]) -> Any:
        name = request["project"]["name"]
        if name in self.state.projects:
            raise Refused(
                "ALREADY_EXISTS",
                f'project "{name}" already exists\nproject {name} already exists',
            )
        self.state.projects.add(name)
        return {}

    def on_InspectProject(self, request: Any, metadata: dict[str, str]) -> Any:
        name = request["project"]["name"]
        if name not in self.state.projects:
            raise Refused("NOT_FOUND", f'project "{name}" not found')
        return {"project": {"name": name}}

    def on_DeleteProject(self, request: Any, metadata: dict[str, str]) -> Any:
        name = request["project"]["name"]
        left = sorted(repo for project, repo in self.state.repos if project == name)
        if left:
            raise Refused(
                "FAILED_PRECONDITION",
                f"cannot delete project {name}: repo {name}/{left[0]} still exists",
            )
        self.state.projects.discard(name)
        return {}

    def on_ListRepo(self, request: Any, metadata: dict[str, str]) -> Any:
        wanted = [each["name"] for each in request.get("projects", ())]
        found = []
        for project, name in sorted(self.state.repos):
            if (wanted and project not in wanted) or (project, name) in self.hidden:
                continue
            of_pipeline = (project, name) in self.state.pipelines
            kinds = ["user"] + (["meta", "spec"] if of_pipeline else [])
            for kind in kinds if not request.get("type") else ["user"]:
                found.append({"repo": {"name": name, "type": kind, "project": {"name": project}}})
        return found

    def on_InspectRepo(self, request: Any, metadata: dict[str, str]) -> Any:
        project, name = repo_of(request["repo"])
        if (project, name) not in self.state.repos:
            raise Refused("NOT_FOUND", f"repo {project}/{name} not found")
        return {"repo": request["repo"]}

    def on_CreateRepo(self, request: Any, metadata: dict[str, str]) -> Any:
        return self._now_or_later("create_repo", request, metadata)

    def on_DeleteRepo(self, request: Any, metadata: dict[str, str]) -> Any:
        project, name = repo_of(request["repo"])
        if (project, name) not in self.state.repos:
            return {}
        if (project, name) in self.state.pipelines:
            raise Refused(
                "UNKNOWN",
                f'delete repo: error checking whether repo "{project}/{name}" can be deleted: '
                "cannot delete a repo associated with a pipeline - delete the pipeline instead",
            )
        readers = self._readers(project, name)
        if readers:
            raise Refused("UNKNOWN", f"delete repo: {in_provenance(project, name, readers)}")
        self.state.repos.discard((project, name))
        return {"deleted": True}

    def on_GetClusterDefaults(self, request: Any, metadata: dict[str, str]) -> Any:
        return {"clusterDefaultsJson": self.state.defaults}

    def on_GetProjectDefaults(self, request: Any, metadata: dict[str, str]) -> Any:
        found = self.state.project_defaults.get(request["project"]["name"], "{}")
        return {"projectDefaultsJson": found}

    def on_ListPipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        wanted = [each["name"] for each in request.get("projects", ())]
        return [
            self._info(each)
            for each in sorted(self.state.pipelines.values(), key=lambda each: each.key)
            if (not wanted or each.project in wanted) and each.key not in self.hidden
        ]

    def on_InspectPipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        key = key_of(request["pipeline"])
        if key not in self.state.pipelines:
            raise Refused("NOT_FOUND", no_pipeline(*key))
        return self._info(self.state.pipelines[key])

    def on_CreatePipelineV2(self, request: Any, metadata: dict[str, str]) -> Any:
        text = request["createPipelineRequestJson"]
        effective = self._effective(text)
        said = {key: True for key in ("update", "reprocess") if request.get(key)}
        told = json.dumps(without_zeros(effective) | said)
        answer = {"effectiveCreatePipelineRequestJson": told}
        if request.get("dryRun"):
            return answer
        inside = {
            "effective": effective,
            "user": text,
            "update": bool(request.get("update")),
            "reprocess": bool(request.get("reprocess")),
        }
        self._now_or_later("create_pipeline", inside, metadata)
        return answer

    def on_ListJob(self, request: Any, metadata: dict[str, str]) -> Any:
        wanted = [each["name"] for each in request.get("projects", ())]
        of = request.get("pipeline")
        found = []
        for each in sorted(self.state.pipelines.values(), key=lambda each: each.key):
            if (wanted and each.project not in wanted) or (of and key_of(of) != each.key):
                continue
            if "spout" in each.effective:
                continue
            job = {
                "job": {"pipeline": self._info(each)["pipeline"], "id": each.commit},
                "pipelineVersion": str(each.job_version),
                "state": each.last_job,
                "stats": {},
            }
            found.append(job | self.state.jobs.get(each.key, {}))
            found += [job | {"id": self.id(), "state": state} for state in each.earlier_jobs]
        return found

    def on_StopPipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        key = key_of(request["pipeline"])
        if key in self.state.pipelines:
            each = self.state.pipelines[key]
            each.stopped, each.state, each.last_job = True, "PIPELINE_PAUSED", "JOB_KILLED"
            each.earlier_jobs = ()
        return {}

    def on_StartPipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        key = key_of(request["pipeline"])
        if key not in self.state.pipelines:
            raise Refused("NOT_FOUND", no_pipeline(*key))
        state = copy.deepcopy(self.state)
        each = state.pipelines[key]
        if each.stopped:
            each.job_version = each.version
            each.stopped, each.state, each.last_job = False, "PIPELINE_RUNNING", "JOB_CREATED"
        for leaf in leaves(each.effective.get("input", {})):
            repo = reads_of(leaf, key[0])
            if repo is not None and repo not in state.repos:
                raise Refused("NOT_FOUND", f"repo {repo[0]}/{repo[1]} not found")
        one_branch_a_repo(state)
        self.state = state
        return {}

    def on_DeletePipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        key = key_of(request["pipeline"])
        if key not in self.state.pipelines:
            if request.get("mustExist"):
                project, name = key
                text = f"error stopping pipeline {project}/{name}: {no_pipeline(*key)}"
                raise Refused("NOT_FOUND", text)
            return {}
        self.on_StopPipeline(request, metadata)
        readers = self._readers(*key)
        if readers:
            raise Refused("UNKNOWN", in_provenance(*key, readers))
        gone = self.state.pipelines.pop(key)
        if not request.get("keepRepo"):
            self.state.repos.discard(key)
            self._forget(key)
        for repo in ticks(gone.effective, key[0]):
            self.state.repos.discard(repo)
            self._forget(repo)
        return {}

    def _forget(self, repo: tuple[str, str]) -> None:
        heads = self.state.heads
        self.state.heads = {key: id for key, id in heads.items() if key[:2] != repo}

    def _effective(self, text: str) -> dict[str, Any]:
        value = json.loads(text)
        spec, problems = decode(value)
        if spec is None or problems:
            raise Refused("INVALID_ARGUMENT", f"could not make effective spec: could not parse {text} "
                          f"as Create Pipeline Request message: {problems[0].message}")  # fmt: skip
        project = spec.project
        if project not in self.state.projects:
            raise Refused(
                "INVALID_ARGUMENT",
                f"could not make effective spec: could not get defaults for project {project}: "
                f'could not get defaults for project {project}: error getting project "{project}": '
                f'get project by name: project "{project}" not found',
            )
        merged: Any = copy.deepcopy(BUILT_IN)
        of_project = self.state.project_defaults.get(project, "{}")
        for layer in (self.state.defaults, of_project):
            merged = patched(merged, json.loads(layer).get("createPipelineRequest", {}))
        merged = patched(merged, to_json(spec.request))
        merged["pipeline"] = {"project": {"name": project}, "name": spec.name}
        check_effective(merged)
        return dict(merged)

    def _readers(self, project: str, name: str) -> list[str]:
        found = []
        for each in self.state.pipelines.values():
            if each.key != (project, name) and not each.stopped:
                for leaf in leaves(each.effective.get("input", {})):
                    pfs = leaf.get("pfs", {})
                    if (pfs.get("project", each.project), pfs.get("repo")) == (project, name):
                        found += [f"{each.project}/{each.name}"]
                        break
        return found

    def _info(self, each: Pipeline) -> dict[str, Any]:
        return {
            "pipeline": {"name": each.name, "project": {"name": each.project}},
            "version": str(each.version),
            "specCommit": {"id": each.commit},
            "stopped": each.stopped,
            "state": each.state,
            "reason": each.reason,
            "lastJobState": each.last_job,
            "parallelism": "1",
            "details": details(each),
            "userSpecJson": each.user,
            "effectiveSpecJson": json.dumps(each.effective),
        }


__all__ = ["Commit", "Pipeline", "Refused", "StandIn", "State", "without_times"]
