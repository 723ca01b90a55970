"""Replays a recorded scenario of real workers against the runner.

A scenario is a list of steps. Each step that would make jobs on a cluster is one run here; an
`observe` compares the jobs since the one before, and the files at the head of each output branch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

from bcdsl.source import SourceFile
from bcdslc.local.filing import stored_files
from bcdslc.local.machine import LocalImage, machine
from bcdslc.local.native import Native
from bcdslc.local.record import Branch, JobState, PipelineName
from bcdslc.local.run import Wish, run
from bcdslc.local.spawn import Spawn
from bcdslc.local.stage import StageResult
from bcdslc.local.store import open_store
from bcdslc.local.work import NEVER_ENDS
from bcdslc.spec.read import read_specs
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json
from bcdslc.tree.from_mapping import from_mapping

# variables of the machine and the pod, which the recordings leave out
_MACHINE = re.compile(
    r"^(PATH|HOME|HOSTNAME|PFS|PWD|SHLVL|_|OLDPWD|PEER_PORT|PPS_WORKER_IP|PPS_POD_NAME"
    r"|\w*_SERVICE_\w*|PG_\w*|POSTGRES_\w*|FILESET_ID|LOKI_\w*|GOCOVERDIR)=.*\n?",
    re.MULTILINE,
)
_FOLDER_SIZE = re.compile(r"^((?:/pfs|\.)\S* d)( \d{3})?(?: (?:\d{4,}|-))?( \d{3})?$", re.MULTILINE)
_SCRATCH = re.compile(r"/pfs/\.scratch/[0-9a-f]{32}/")
_TOKEN = re.compile(r"(<(?:id|time|datum)\d+>|<n>|<date>|<fileset>)")
_SHAPES = {"id": "[0-9a-f]{32}", "time": r"[0-9T:Z-]+", "datum": "[0-9a-f]{64}"}


class Replay:
    """One scenario on a store of its own."""

    def __init__(self, folder: Path, spawn: Spawn) -> None:
        self.folder = folder
        self.store = open_store(folder / "store")
        self.spawn = spawn
        self.image = LocalImage()
        self.data: dict[Branch, dict[str, str]] = {}
        self.specs: dict[PipelineName, Spec] = {}
        self.results: list[StageResult] = []
        self.tokens: dict[str, str] = {}
        self.differences: list[str] = []
        self.project = "default"
        self.scope = ""
        self.now = datetime(2025, 1, 1, tzinfo=timezone.utc)

    def play(self, scenario: Mapping[str, Any]) -> list[str]:
        """Carry out all steps and return what differs."""
        made = [step["create"]["pipeline"] for step in scenario["steps"] if "create" in step]
        self.project = made[0].get("project", {}).get("name", "default") if made else "default"
        if "image" in scenario:
            self._make_image(scenario["image"])
        for number, step in enumerate(scenario["steps"]):
            if "observe" in step:
                self._observe(number, step["observe"])
            else:
                self._act(number, step)
        return self.differences

    def _make_image(self, image: Mapping[str, Any]) -> None:
        """Lay out the files of the image that the specs name, for every name."""
        root = self.folder / "image"
        for path, text in image["files"].items():
            place = root / path.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        workdir = root / image.get("WORKDIR", "/").lstrip("/")
        self.image = LocalImage(workdir=str(workdir))

    # what happens

    def _act(self, number: int, step: Mapping[str, Any]) -> None:
        reprocess: set[str] = set()
        ticking: set[str] = set()
        for repo, files in step.get("put", {}).items():
            self._put(number, step, repo, files)
        for repo, paths in step.get("delete", {}).items():
            held = self.data[self._branch(repo, step.get("branch"))]
            for path in paths:
                for name in [n for n in held if n == path or n.startswith(path.rstrip("/") + "/")]:
                    del held[name]
        for kind in ("create", "update"):
            if kind in step and "error" not in step:
                spec = _spec(step[kind])
                self.specs[PipelineName(spec.project, spec.name)] = spec
                if step.get("reprocess"):
                    reprocess.add(spec.name)
                elif kind == "update":
                    self._update_the_same(PipelineName(spec.project, spec.name), spec)
        if "run_cron" in step:
            ticking.add(step["run_cron"])
        if "delete_pipeline" in step:
            name = PipelineName("default", step["delete_pipeline"])
            self.specs.pop(name, None)
            self.store.ledger.forget_pipeline(name)
        self._run(reprocess, ticking)

    def _update_the_same(self, name: PipelineName, spec: Spec) -> None:
        """Make a new version of a pipeline whose spec did not change: a run would not."""
        old = self.store.ledger.version(name)
        if old and old.spec == json.dumps(to_json(spec.request), sort_keys=True):
            version = replace(old, number=old.number + 1, spec_commit=uuid4().hex)
            self.store.ledger.add_version(version)

    def _put(self, number: int, step: Mapping[str, Any], repo: str, files: Any) -> None:
        held = self.data.setdefault(self._branch(repo, step.get("branch")), {})
        tree = from_mapping(files)
        refused = bool(tree.problems)
        if step.get("error") and "unfinished" in step["error"]:
            return  # about the commit before it, not about the name
        if refused != bool(step.get("error")):
            self._differs(number, f"put {files}: refused {refused}, there {step.get('error')}")
        if not refused:
            before = dict(held)
            held.update({path: files[key] for key, path in _cleaned(files).items()})
            if held == before:
                self._commit_the_same(self._branch(repo, step.get("branch")))

    def _commit_the_same(self, branch: Branch) -> None:
        """Make a commit that changes nothing: a run would not."""
        head = self.store.ledger.head(branch)
        if head:
            self.store.ledger.add_commit(uuid4().hex, branch, head.files)

    def _run(self, reprocess: set[str], ticking: set[str]) -> None:
        wish = Wish(
            specs=list(self.specs.values()),
            data={branch: from_mapping(files) for branch, files in self.data.items()},
            road_of=lambda _: Native(
                machine=machine(self.image, namespaces=True, tools=self.store.tools),
                spawn=self.spawn,
            ),
            jobs=1,
            reprocess=frozenset(reprocess),
            ticking=ticking,
            keep_going=True,
            now=self.now,
        )
        self.now += timedelta(seconds=1)
        result = run(self.store, wish, lambda _: None, lambda _: lambda *_: None)
        self.results += [stage for stage in result.stages if stage.result]

    def _branch(self, repo: str, branch: str | None) -> Branch:
        project, _, name = repo.rpartition("/")
        return Branch(project or self.project, name, branch or "master")

    # what is seen

    def _observe(self, number: int, seen: Mapping[str, Any]) -> None:
        ours = [self._job(stage) for stage in self.results]
        wanted = [_wanted(job) for job in seen["jobs"]]
        self.results = []
        for side, missing in ((wanted, ours), (ours, wanted)):
            for job in side:
                if not any(o["pipeline"] == job["pipeline"] for o in missing):
                    self._differs(number, f"only {'there' if side is wanted else 'here'}: {job}")
        for want in wanted:
            self.scope = want["pipeline"]
            matching = [job for job in ours if job["pipeline"] == want["pipeline"]]
            if matching:
                ours.remove(matching[0])
                self._compare_job(f"{number}: job {want['pipeline']}", want, matching[0])
        endless = {job["pipeline"] for job in wanted if "worker_error" in job}
        for name, files in seen.get("outputs", {}).items():
            self.scope = name
            if name not in endless:  # there it has none; here its other datums have
                self._compare(f"{number}: output {name}", _told(files), self._output(name, files))

    def _job(self, stage: StageResult) -> dict[str, Any]:
        assert stage.result is not None
        job = stage.result.job
        counts = job.counts
        return {
            "pipeline": stage.stage.pipeline.name,
            "job": job.id,
            "state": job.state.value,
            "reason": job.reason,
            "pipeline_version": job.version,
            "counts": {
                "total": counts.total,
                "processed": counts.processed,
                "skipped": counts.skipped,
                "failed": counts.failed,
                "recovered": counts.recovered,
            },
            "datums": [
                {
                    "id": each.id,
                    "state": each.state.value,
                    "files": list(each.files),
                    "reason": each.reason,
                }
                for each in stage.result.records
            ],
        }

    def _output(self, name: str, wanted: Any) -> Any:
        project, _, repo = name.rpartition("/")
        names = [p for p in self.specs if p.name == repo and project in ("", p.project)]
        found = self.store.ledger.version(names[0]) if names else None
        if found is None:
            return {}
        spec = self.specs[names[0]]
        branch = Branch(names[0].project, repo, spec.request.output_branch or "master")
        head = self.store.ledger.head(branch)
        if head is None:
            return {}
        if head.unreadable:
            return head.error
        files = stored_files(self.store.blobs, head.files)
        return {
            path: self.store.blobs.read(blob.name).decode("utf-8", "replace")
            for path, blob in files.items()
        }

    # comparing

    def _compare_job(self, where: str, wanted: dict[str, Any], ours: dict[str, Any]) -> None:
        if "worker_error" in wanted:  # there without end, here a failure that says so
            reasons = [each["reason"] for each in ours["datums"]]
            text = wanted["worker_error"] + NEVER_ENDS
            if not any(self._same_text(text, reason) for reason in reasons):
                self._differs(where, f"there {text!r}, here {reasons}")
            wanted = {key: wanted[key] for key in ("pipeline", "state")}
            ours = {key: ours[key] for key in ("pipeline", "state")}
        if "datums" not in wanted:
            ours = {key: value for key, value in ours.items() if key != "datums"}
        for datum in ours.get("datums", ()):
            asked = [each for each in wanted["datums"] if each["files"] == datum["files"]]
            if not asked or "reason" not in asked[0]:
                del datum["reason"]
            if not any("id" in each for each in wanted["datums"]):  # one of our own
                del datum["id"]
        self._compare(where, wanted, ours)

    def _compare(self, where: str, wanted: Any, ours: Any) -> None:
        if isinstance(wanted, dict) and isinstance(ours, dict):
            names = {self._known(key): key for key in wanted}
            for key in sorted(set(names) | set(ours)):
                there = wanted.get(names.get(key, key), "<nothing>")
                self._compare(f"{where}.{key}", there, ours.get(key, "<nothing>"))
        elif isinstance(wanted, list) and isinstance(ours, list) and len(wanted) == len(ours):
            if any("files" in item for item in wanted if isinstance(item, dict)):
                wanted = sorted(wanted, key=lambda d: d["files"])
                ours = sorted(ours, key=lambda d: d["files"])
            for position, (there, here) in enumerate(zip(wanted, ours, strict=True)):
                self._compare(f"{where}[{position}]", there, here)
        elif isinstance(wanted, str) and isinstance(ours, str):
            if not self._same_text(wanted, ours):
                self._differs(where, f"there {wanted!r}, here {ours!r}")
        elif wanted != ours:
            self._differs(where, f"there {wanted!r}, here {ours!r}")

    def _known(self, text: str) -> str:
        """Return a text with the tokens that have a value replaced by it."""
        return _TOKEN.sub(lambda m: self.tokens.get(self._token(m[0]), m[0]), text)

    def _same_text(self, wanted: str, ours: str) -> bool:
        if self._matches(wanted, ours):
            return True
        return self._matches(_by_line(_cleared(wanted)), _by_line(_cleared(ours)))

    def _matches(self, wanted: str, ours: str) -> bool:
        parts, new = [], []
        for part in _TOKEN.split(wanted):
            if not _TOKEN.fullmatch(part):
                parts.append(re.escape(part))
            elif self._token(part) in self.tokens:
                parts.append(re.escape(self.tokens[self._token(part)]))
            elif part in ("<n>", "<date>", "<fileset>"):
                parts.append(".*?")
            elif part in new:
                parts.append(f"(?P=t{new.index(part)})")
            else:
                shape = _SHAPES[re.sub(r"[<>\d]", "", part)]
                parts.append(f"(?P<t{len(new)}>{shape})")
                new.append(part)
        found = re.fullmatch("".join(parts), ours, re.DOTALL)
        if found:
            self.tokens.update({self._token(t): found[f"t{n}"] for n, t in enumerate(new)})
        return found is not None

    def _token(self, token: str) -> str:
        """Return what a token stands for: times are those of one pipeline's clock."""
        return f"{self.scope}:{token}" if token.startswith("<time") else token

    def _differs(self, where: object, what: str) -> None:
        self.differences.append(f"{where}: {what}")


def _cleared(text: str) -> str:
    """Return a text without the machine's variables, sizes of folders, the scratch's name."""
    text = _SCRATCH.sub("/pfs/.scratch/UUID/", _MACHINE.sub("", text))
    return _FOLDER_SIZE.sub(lambda m: m[1] + (m[2] or "") + (m[3] or ""), text)


def _by_line(text: str) -> str:
    """Return the lines sorted by what stands before any token or id."""
    lines = text.split("\n")
    return "\n".join(sorted(lines, key=lambda line: re.split(r"<|[0-9a-f]{32}", line)[0]))


def _cleaned(files: Mapping[str, str]) -> dict[str, str]:
    return {path: "/" + "/".join(p for p in path.split("/") if p) for path in files}


def _spec(value: object) -> Spec:
    read = read_specs(SourceFile("scenario", json.dumps(value)))
    (spec,) = read.specs
    return spec


def _wanted(job: Mapping[str, Any]) -> dict[str, Any]:
    """Return a recorded job, one that restarts without end as the failure it is here."""
    kept = ("pipeline", "job", "state", "reason", "pipeline_version", "counts", "datums")
    wanted = {key: job[key] for key in kept if key in job}
    if job.get("restarting"):
        wanted["state"] = JobState.FAILURE.value
        wanted["worker_error"] = job.get("worker_error", "")
    return wanted


def _told(files: Any) -> Any:
    """Return recorded files without their folders, or the error that a reader gets."""
    if not isinstance(files, dict):
        return files
    if "<error>" in files:
        return files["<error>"]
    return {path: text for path, text in files.items() if not path.endswith("/")}


def scenarios(folder: Path) -> Iterator[Path]:
    """Yield the recordings of a folder."""
    yield from sorted(folder.glob("*.json"))
