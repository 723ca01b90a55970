# ruff: noqa: D102, E501, N802, N818, PERF203, PERF401 - methods are named for the server's own
"""A stand-in for pachd: its state, and its answers to calls, as protobuf JSON.

What it refuses for a spec alone is asked of our rules; the rest is what a real server was
recorded to say. It can be told to fail at a call, to lose an answer, and to change under us.
"""

from __future__ import annotations

import base64
import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bcdslc.rule.canonical_glob import canonical_glob
from bcdslc.rule.rule import World
from bcdslc.rule.verdict import verdict
from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json
from bcdslc.tree.build import build
from bcdslc.tree.contents import InMemory
from cluster.provenance import two_branches

STOCK = (
    '{"createPipelineRequest":{"resourceRequests":{"cpu":1,"memory":"256Mi","disk":"1Gi"},'
    '"sidecarResourceRequests":{"cpu":1,"memory":"256Mi","disk":"1Gi"}}}'
)
REPEATS = 3  # how often a client asks again
BUILT_IN = {
    "transform": {"image": "ubuntu:20.04"},
    "outputBranch": "master",
    "datumTries": 3,
    "reprocessSpec": "until_success",
}


class Refused(Exception):
    """An error that the server answers with."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


@dataclass
class Pipeline:
    """A pipeline's versions' present."""

    project: str
    name: str
    version: int
    commit: str
    user: str
    effective: dict[str, Any]
    state: str = "PIPELINE_RUNNING"
    stopped: bool = False
    last_job: str = "JOB_CREATED"
    job_version: int = 1  # that the last job is of
    earlier_jobs: tuple[str, ...] = ()  # states of this version's jobs before the last
    reason: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Project and name."""
        return self.project, self.name


@dataclass
class Commit:
    """What a commit holds; the error is of its files' paths."""

    id: str
    repo: tuple[str, str]
    files: dict[str, bytes]
    before: dict[str, bytes] = field(default_factory=dict)
    open: bool = True

    @property
    def error(self) -> str:
        """The collision that shows when the commit is finished."""
        for path in sorted(self.files):
            parts = path.split("/")
            for end in range(2, len(parts)):
                if "/".join(parts[:end]) in self.files:
                    return f"file / directory path collision ({path})"
        return ""


@dataclass
class State:
    """All that a server keeps."""

    projects: set[str] = field(default_factory=lambda: {"default"})
    repos: set[tuple[str, str]] = field(default_factory=set)
    pipelines: dict[tuple[str, str], Pipeline] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)
    heads: dict[tuple[str, str, str], str] = field(default_factory=dict)
    jobs: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    halves: list[tuple[str, str]] = field(default_factory=list)  # became another kind by an update
    defaults: str = STOCK
    project_defaults: dict[str, str] = field(default_factory=dict)


@dataclass
class StandIn:
    """A server."""

    state: State = field(default_factory=State)
    version: tuple[int, int] = (2, 12)
    calls: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    transactions: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    ids: int = 0
    fail_at: int | None = None  # fail instead of this call, counted from 1, and its repeats
    failing: tuple[Any, int] = (None, 0)  # the call, and how many repeats of it fail as well
    lose_at: int | None = None  # do this call, but lose its answer
    before: Callable[[str], None] | None = None  # told of each call first
    token: str = ""  # asked for, if there is one
    hidden: set[tuple[str, str]] = field(default_factory=set)  # left out of lists

    def call(self, name: str, request: Any, metadata: dict[str, str]) -> Any:
        """Return the answer to a call, or raise what it is refused with."""
        self.calls.append((name, request, metadata))
        if self.before is not None:
            self.before(name)
        number = len(self.calls)
        asked, (failed, left) = (name, request, metadata), self.failing
        again = asked == failed and left > 0
        self.failing = (failed, left - 1) if again else (None, 0)
        if number == self.fail_at:
            self.failing = (asked, REPEATS)
        if again or number == self.fail_at:
            raise Refused("UNAVAILABLE", "Socket closed")
        method = name.rpartition("/")[2]
        if self.token and method != "GetVersion":
            given = metadata.get("authn-token")
            if given is None:
                raise Refused("UNAUTHENTICATED", "no authentication token (try logging in)")
            if given != self.token:
                raise Refused(
                    "UNAUTHENTICATED",
                    "provided auth token is corrupted or has expired (try logging in again)",
                )
        answer = getattr(self, f"on_{method}")(request, metadata)
        if number == self.lose_at:
            raise Refused("UNAVAILABLE", "recvmsg:Connection reset by peer")
        return answer

    def id(self) -> str:
        """Return a new identifier."""
        self.ids += 1
        return f"{self.ids:032x}"

    # --- projects and repos ---------------------------------------------------------------

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
        project, name = _repo(request["repo"])
        if (project, name) not in self.state.repos:
            raise Refused("NOT_FOUND", f"repo {project}/{name} not found")
        return {"repo": request["repo"]}

    def on_CreateRepo(self, request: Any, metadata: dict[str, str]) -> Any:
        return self._now_or_later("create_repo", request, metadata)

    def on_DeleteRepo(self, request: Any, metadata: dict[str, str]) -> Any:
        project, name = _repo(request["repo"])
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
            raise Refused("UNKNOWN", f"delete repo: {_provenance(project, name, readers)}")
        self.state.repos.discard((project, name))
        return {"deleted": True}

    # --- pipelines ------------------------------------------------------------------------

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
        key = _key(request["pipeline"])
        if key not in self.state.pipelines:
            raise Refused("NOT_FOUND", _no_pipeline(*key))
        return self._info(self.state.pipelines[key])

    def on_CreatePipelineV2(self, request: Any, metadata: dict[str, str]) -> Any:
        text = request["createPipelineRequestJson"]
        effective = self._effective(text)
        said = {key: True for key in ("update", "reprocess") if request.get(key)}
        told = json.dumps(_without_zeros(effective) | said)
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
            if (wanted and each.project not in wanted) or (of and _key(of) != each.key):
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
        key = _key(request["pipeline"])
        if key in self.state.pipelines:
            each = self.state.pipelines[key]
            each.stopped, each.state, each.last_job = True, "PIPELINE_PAUSED", "JOB_KILLED"
            each.earlier_jobs = ()
        return {}

    def on_StartPipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        key = _key(request["pipeline"])
        if key not in self.state.pipelines:
            raise Refused("NOT_FOUND", _no_pipeline(*key))
        state = copy.deepcopy(self.state)
        each = state.pipelines[key]
        if each.stopped:
            each.job_version = each.version
            each.stopped, each.state, each.last_job = False, "PIPELINE_RUNNING", "JOB_CREATED"
        for leaf in _leaves(each.effective.get("input", {})):
            repo = _reads(leaf, key[0])
            if repo is not None and repo not in state.repos:
                raise Refused("NOT_FOUND", f"repo {repo[0]}/{repo[1]} not found")
        _one_branch_a_repo(state)
        self.state = state
        return {}

    def on_DeletePipeline(self, request: Any, metadata: dict[str, str]) -> Any:
        key = _key(request["pipeline"])
        if key not in self.state.pipelines:
            if request.get("mustExist"):
                project, name = key
                text = f"error stopping pipeline {project}/{name}: {_no_pipeline(*key)}"
                raise Refused("NOT_FOUND", text)
            return {}
        self.on_StopPipeline(request, metadata)
        readers = self._readers(*key)
        if readers:
            raise Refused("UNKNOWN", _provenance(*key, readers))
        gone = self.state.pipelines.pop(key)
        if not request.get("keepRepo"):
            self.state.repos.discard(key)
            self._forget(key)
        for repo in _ticks(gone.effective, key[0]):
            self.state.repos.discard(repo)
            self._forget(repo)
        return {}

    def _forget(self, repo: tuple[str, str]) -> None:
        heads = self.state.heads
        self.state.heads = {key: id for key, id in heads.items() if key[:2] != repo}

    # --- files ----------------------------------------------------------------------------

    def on_ListBranch(self, request: Any, metadata: dict[str, str]) -> Any:
        project, name = _repo(request["repo"])
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
        commit = self._start(_repo(branch["repo"]), branch["name"])
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
            repo = _repo(place["branch"]["repo"])
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
                    path = _clean(each["addFile"]["path"])
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
            id = self.state.heads[(*_repo(branch["repo"]), branch["name"])]
        return self.state.commits[id]

    # --- transactions ---------------------------------------------------------------------

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
        _one_branch_a_repo(state)
        if commit:
            self.state = state

    def _create_repo(self, state: State, request: Any, id: str, touched: set[Any]) -> None:
        project, name = _repo(request["repo"])
        if (project, name) in state.repos:
            raise Refused("ALREADY_EXISTS", f"repo {project}/{name} already exists")
        state.repos.add((project, name))

    def _create_pipeline(self, state: State, request: Any, id: str, touched: set[Any]) -> None:
        effective = request["effective"]
        project, name = _key(effective["pipeline"])
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
        _check(state, effective, old)
        touched.add(key)
        state.repos.add(key)
        state.repos |= set(_ticks(effective, project))
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
            if _kind(old.effective) != _kind(effective):
                state.halves.append(key)
            if old.stopped:  # it stays so, and no job is made
                made.stopped, made.state = True, "PIPELINE_PAUSED"
                made.last_job, made.job_version = old.last_job, old.job_version
        state.pipelines[key] = made

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
            merged = _patch(merged, json.loads(layer).get("createPipelineRequest", {}))
        merged = _patch(merged, to_json(spec.request))
        merged["pipeline"] = {"project": {"name": project}, "name": spec.name}
        _check_effective(merged)
        return dict(merged)

    def _readers(self, project: str, name: str) -> list[str]:
        found = []
        for each in self.state.pipelines.values():
            if each.key != (project, name) and not each.stopped:
                for leaf in _leaves(each.effective.get("input", {})):
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


def details(each: Pipeline) -> dict[str, Any]:
    """Return a pipeline as the server stores it: inputs sorted, then filled in."""
    spec = _without_zeros(copy.deepcopy(each.effective))
    del spec["pipeline"]
    if "input" in spec:
        _sort(spec["input"])
        count: dict[str, int] = {}
        for leaf in _leaves(spec["input"]):
            if "pfs" in leaf:
                pfs = leaf["pfs"]
                trigger = pfs.get("trigger")
                if trigger is not None:
                    count[pfs["repo"]] = count.get(pfs["repo"], 0) + 1
                if not pfs.get("branch"):
                    pfs["branch"] = "master"
                    if trigger is not None:
                        pfs["branch"] = f"{each.name}-trigger-{count[pfs['repo']]}"
                        trigger.setdefault("branch", "master")
                pfs.setdefault("name", pfs["repo"])
                pfs["repoType"] = "user"
                pfs.setdefault("project", each.project)
                pfs["glob"] = canonical_glob(pfs["glob"])
            else:
                leaf["cron"].setdefault("repo", f"{each.name}_{leaf['cron']['name']}")
                leaf["cron"].setdefault("project", each.project)
                leaf["cron"].setdefault("start", "<time>")
    for holder in (spec, spec.get("spout", {})):
        if "service" in holder:
            holder["service"].setdefault("type", "NodePort")
    return spec


def _check(state: State, effective: dict[str, Any], old: Pipeline | None) -> None:
    project, name = _key(effective["pipeline"])
    reads = {_reads(leaf, project) for leaf in _leaves(effective.get("input", {}))} - {None}
    if old is not None:
        if (project, name) in reads:
            raise Refused(
                "UNKNOWN",
                "could not create/update output branch: repo "
                f"{project}/{name} cannot be in the provenance of its own branch",
            )
        for repo in sorted(reads):
            if _upstream(state, repo, (project, name)):
                raise Refused(
                    "INTERNAL",
                    "could not create/update output branch: create branch: update head: cycle "
                    f"detected because {repo[0]}/{repo[1]}.user@master is already in the "
                    f"subvenance of {project}/{name}.user@master",
                )
        if old.effective["outputBranch"] != effective["outputBranch"] and not old.stopped:
            raise Refused(
                "UNKNOWN",
                "validate DAG at end of transaction: multiple branches from the same repo, "
                f'"{project}/{name}.meta", cannot participate in a DAG',
            )
    others = state.repos - {(project, name)}
    world = World(
        target=12, closed=True, projects=frozenset(state.projects), repos=frozenset(others)
    )
    found = verdict(effective, world)
    if found.refused:
        text = found.text or f"refused ({', '.join(found.codes)})"
        raise Refused("NOT_FOUND" if text.endswith("not found") else "UNKNOWN", text)


def _one_branch_a_repo(state: State) -> None:
    twice = two_branches([(each, details(each)) for each in state.pipelines.values()])
    if twice is not None:
        raise Refused(
            "UNKNOWN",
            f'validate DAG at end of transaction: multiple branches from the same repo, "{twice}", '
            "cannot participate in a DAG",
        )


def _kind(effective: dict[str, Any]) -> tuple[bool, bool]:
    return "spout" in effective, "service" in effective


def _upstream(state: State, start: tuple[str, str], wanted: tuple[str, str]) -> bool:
    todo, seen = [start], set()
    while todo:
        repo = todo.pop()
        if repo == wanted:
            return True
        if repo in state.pipelines and repo not in seen:
            seen.add(repo)
            tree = state.pipelines[repo].effective.get("input", {})
            todo += [r for r in (_reads(leaf, repo[0]) for leaf in _leaves(tree)) if r]
    return False


def _clean(path: str) -> str:
    for letter in path:
        if letter in "*?[]{}!()@+^":
            text = f"path ({path}) invalid: globbing character ({letter}) not allowed in path"
            raise Refused("UNKNOWN", text)
        if not " " <= letter <= "~":
            text = f"path ({path}) invalid: only printable ASCII characters allowed"
            raise Refused("UNKNOWN", text)
    if {".", ".."} & set(path.split("/")):
        raise Refused("UNKNOWN", f"path ({path}) invalid: relative file paths are not allowed")
    return re.sub("/+", "/", f"/{path}")


def _reads(leaf: dict[str, Any], project: str) -> Any:
    pfs = leaf.get("pfs")
    return None if pfs is None else (pfs.get("project") or project, pfs.get("repo", ""))


def _leaves(tree: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [part for kind in ("join", "group", "cross", "union") for part in tree.get(kind, ())]
    if not inner:
        return [tree] if tree else []
    return [leaf for part in inner for leaf in _leaves(part)]


def _sort(tree: dict[str, Any]) -> None:
    for kind in ("join", "group", "cross", "union"):
        for part in tree.get(kind, ()):
            _sort(part)
        if kind in tree:
            tree[kind].sort(key=lambda part: _leaves(part)[0].get("pfs", {}).get("name", ""))


def _ticks(effective: dict[str, Any], project: str) -> list[tuple[str, str]]:
    name = effective["pipeline"]["name"]
    crons = [leaf["cron"] for leaf in _leaves(effective.get("input", {})) if "cron" in leaf]
    return [(project, cron.get("repo") or f"{name}_{cron['name']}") for cron in crons]


def _patch(target: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _patch(result.get(key), value)
    return result


def _check_effective(merged: dict[str, Any]) -> None:
    text = "could not make effective spec: invalid effective spec …"
    if merged["reprocessSpec"] not in ("until_success", "every_job"):
        raise Refused("INVALID_ARGUMENT", text)
    try:
        json.loads(merged.get("podPatch", "{}"))
    except ValueError:
        raise Refused("INVALID_ARGUMENT", f"{text}: malformed PodPatch") from None


def _without_zeros(message: Any) -> Any:
    """Return a message as it is written: zeros have no presence, but as values of a map."""
    if isinstance(message, list):
        return [_without_zeros(each) for each in message]
    if not isinstance(message, dict):
        return message
    maps = ("env", "nodeSelector", "annotations", "labels")
    return {
        key: value if key in maps else _without_zeros(value)
        for key, value in message.items()
        if isinstance(value, dict) or value not in (False, 0, "", [])
    }


def _repo(repo: dict[str, Any]) -> tuple[str, str]:
    return repo.get("project", {}).get("name") or "default", repo["name"]


def _key(pipeline: dict[str, Any]) -> tuple[str, str]:
    return pipeline.get("project", {}).get("name") or "default", pipeline["name"]


def _no_pipeline(project: str, name: str) -> str:
    return (
        f"pipeline was not inspected: couldn't find up to date spec for pipeline "
        f'"{project}/{name}": pick commit tx: commit {project}/{name}.spec@ not found\n'
        f'repo {project}/{name}.spec not found\npipeline "{project}/{name}" not found'
    )


def _provenance(project: str, name: str, readers: list[str]) -> str:
    said = " ".join(f"{reader}@master {reader}.meta@master" for reader in readers)
    return (
        f'delete branch {project}/{name}@master: branch "{project}/{name}@master" cannot be '
        f"deleted because it's in the direct provenance of [{said}]"
    )


def without_times(text: str) -> str:
    """Return a text with times and identifiers struck out."""
    return re.sub(r"<id\d+>|[0-9a-f]{32}", "<id>", text)


__all__ = [
    "Commit",
    "Pipeline",
    "Refused",
    "StandIn",
    "State",
    "details",
    "replace",
    "without_times",
]
