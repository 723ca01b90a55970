"""Replays a recorded scenario of real workers against the runner.

A scenario is a list of steps. Each step that would make jobs on a cluster is one run here; an
`observe` compares the jobs since the one before, and the files at the head of each output branch.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from excuse import LIVES_ON, Excuses, of_put, of_sentence
from telling import Tokens

from bcdsl.source import SourceFile
from bcdslc.local.filing import stored_files
from bcdslc.local.machine import LocalImage, machine
from bcdslc.local.native import Native
from bcdslc.local.obstacle import not_local
from bcdslc.local.record import Branch, JobState, PipelineName
from bcdslc.local.road import Road
from bcdslc.local.run import Wish, run
from bcdslc.local.settings import Settings
from bcdslc.local.spawn import Spawn
from bcdslc.local.stage import StageResult
from bcdslc.local.store import open_store
from bcdslc.local.work import NEVER_ENDS
from bcdslc.spec.read import read_specs
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json
from bcdslc.tree.from_mapping import from_mapping
from bcdslc.tree.implied import with_folders

Change = Mapping[str, Any]  # one step of a scenario


class Difference(NamedTuple):
    """What is not as recorded; `reason` is one of `excuse.REASONS` where it may be so."""

    where: str
    what: str
    reason: str | None

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


# what a step may do, and what else one may have seen of a cluster that no run has
CHANGES = {
    *("put", "delete", "create", "update", "delete_pipeline", "create_repo"),
    *("run_cron", "stop_job", "stop_pipeline", "start_pipeline"),
}
SEEN = {"pipeline_and_job_states", "seconds", "cron_repo", "observe_log", "pipelines", "note"}


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
        self.tokens = Tokens()
        self.excuses = Excuses()
        self.paused: set[str] = set()
        self.differences: list[Difference] = []
        self.project = "default"
        self.now = datetime(2025, 1, 1, tzinfo=timezone.utc)

    def play(self, scenario: Mapping[str, Any]) -> list[Difference]:
        """Carry out all steps and return what differs."""
        made = [
            step["create"].get("pipeline", {}) for step in scenario["steps"] if "create" in step
        ]
        self.project = made[0].get("project", {}).get("name", "default") if made else "default"
        if "image" in scenario:
            self._make_image(scenario["image"])
        for number, step in enumerate(scenario["steps"]):
            self._follow(number, step)
        return self.differences

    def _follow(self, number: int, step: Change) -> None:
        """Carry out a step; one that is not understood is a difference, and the rest goes on."""
        try:
            self._step(number, step)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            self._differs(str(number), f"not understood ({error!r}): {step}"[:500], None)

    def _step(self, number: int, step: Change) -> None:
        if "observe" in step:
            self._observe(number, step["observe"])
        elif "outputs" in step:
            self._observe_outputs(number, step["outputs"])
        elif "seconds_from_KILLED_to_the_process_end" in step:
            self._differs(str(number), "it ends at once", LIVES_ON)
        elif CHANGES & set(step):
            self._act(number, step)
        elif not SEEN & set(step):
            self._differs(str(number), f"no such step is known: {step}"[:500], None)

    def _make_image(self, image: Mapping[str, Any]) -> None:
        """Lay out the files of the image that the specs name, for every name."""
        root = self.folder / "image"
        for path, text in image["files"].items():
            place = root / path.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        workdir = root / image.get("WORKDIR", "/").lstrip("/")
        self.image = LocalImage(workdir=str(workdir))

    def road(self, stage: Settings) -> Road:
        """Return how the programs of a stage are run."""
        found = machine(self.image, namespaces=True, tools=self.store.tools)
        return Native(machine=found, spawn=self.spawn)

    # what happens

    def _act(self, number: int, step: Change) -> None:
        for repo, files in step.get("put", {}).items():
            self._put(number, step, repo, files)
        for repo, paths in step.get("delete", {}).items():
            self._delete(self._branch(repo, step.get("branch")), paths)
        reprocess = {name for kind in ("create", "update") for name in self._make(step, kind)}
        if "create_repo" in step:
            self.data.setdefault(self._branch(step["create_repo"], None), {})
        if "delete_pipeline" in step:
            name = self._pipeline(step["delete_pipeline"])
            self.specs.pop(name, None)
            self.store.ledger.forget_pipeline(name)
            for left in (self.store.root / "workers").glob(f"{name.project}.{name.name}.v*"):
                shutil.rmtree(left)  # its workers are gone, and their /tmp
        if "stop_job" in step:
            self.excuses.stopped(self._pipeline(step["stop_job"]).name)
        if "stop_pipeline" in step:
            self.paused.add(self._pipeline(step["stop_pipeline"]).name)
        if "start_pipeline" in step:
            self.paused.discard(self._pipeline(step["start_pipeline"]).name)
        ticking = {self._pipeline(step["run_cron"]).name} if "run_cron" in step else set()
        self._run(reprocess, ticking)

    def _make(self, step: Change, kind: str) -> Iterator[str]:
        """Create or update a pipeline; yield its name if it is to be reprocessed."""
        if kind not in step or "error" in step:
            return
        spec = _spec(step[kind])
        name = PipelineName(spec.project, spec.name)
        self.specs[name] = spec
        void = {branch.repo for branch, files in self.data.items() if not files}
        void -= {b.repo for b in self.data if self.store.ledger.head(b)}
        self.excuses.made(step[kind], void, not_local(spec))
        if step.get("reprocess"):
            yield spec.name
        elif kind == "update":
            self._update_the_same(name, spec)

    def _pipeline(self, named: Any) -> PipelineName:
        """Return the pipeline that a step names: `name`, `project/name`, or a mapping."""
        if isinstance(named, Mapping):
            project = named.get("project") or {}
            return PipelineName(project.get("name", "default"), named["name"])
        project, _, name = str(named).rpartition("/")
        found = [each for each in self.specs if each.name == name and project in ("", each.project)]
        return found[0] if found else PipelineName(project or "default", name)

    def _update_the_same(self, name: PipelineName, spec: Spec) -> None:
        """Make a new version of a pipeline whose spec did not change: a run would not."""
        old = self.store.ledger.version(name)
        if old and old.spec == json.dumps(to_json(spec.request), sort_keys=True):
            version = replace(old, number=old.number + 1, spec_commit=uuid4().hex)
            self.store.ledger.add_version(version)

    def _put(self, number: int, step: Mapping[str, Any], repo: str, files: Any) -> None:
        held = self.data.setdefault(self._branch(repo, step.get("branch")), {})
        refused = bool(from_mapping(files).problems)
        said = step.get("error", "")
        if "unfinished" in said:
            return  # about the commit before it, not about the name
        if refused != bool(said):
            reason = next((r for path in files if (r := of_put(path))), None)
            self._differs(str(number), f"put {files}: refused {refused}, there {said!r}", reason)
        if not refused and not said:
            before = dict(held)
            held.update({path: files[key] for key, path in _cleaned(files).items()})
            if held == before:
                self._commit_the_same(self._branch(repo, step.get("branch")))

    def _delete(self, branch: Branch, paths: Sequence[str]) -> None:
        """Delete files, and folders whose path ends in a slash: others are no folders there."""
        held = self.data[branch]
        before = dict(held)
        for path in paths:
            for name in [n for n in held if n == path or (path[-1:] == "/" and n.startswith(path))]:
                del held[name]
        if held == before:
            self._commit_the_same(branch)

    def _commit_the_same(self, branch: Branch) -> None:
        """Make a commit that changes nothing: a run would not."""
        head = self.store.ledger.head(branch)
        if head:
            self.store.ledger.add_commit(uuid4().hex, branch, head.files)

    def _run(self, reprocess: set[str], ticking: set[str]) -> None:
        wish = Wish(
            specs=[s for s in self.specs.values() if s.name not in self.paused | _not_run(s)],
            data={branch: from_mapping(files) for branch, files in self.data.items()},
            road_of=self.road,
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
        self.results = []
        endless = set()
        for job in seen.get("jobs", ()):
            self.tokens.scope = name = job["pipeline"]
            mine = next((each for each in ours if each["pipeline"] == name), None)
            if mine is not None:
                ours.remove(mine)
            reason = self.excuses.of_job(job, mine)
            if mine is None:
                self._differs(str(number), f"only there: {job}", reason)
            else:
                self._compare_job(f"{number}: job {name}", job, mine, reason)
            self.excuses.ended(job)
            if job.get("restarting") or reason:
                endless.add(name)
        for mine in ours:
            self._differs(str(number), f"only here: {mine}", self.excuses.of_job(None, mine))
        outputs = seen.get("outputs") or {}
        self._observe_outputs(number, {n: f for n, f in outputs.items() if n not in endless})

    def _observe_outputs(self, number: int, outputs: Mapping[str, Any]) -> None:
        for name, files in outputs.items():
            self.tokens.scope = name
            reason = self.excuses.of_pipeline(name.rpartition("/")[2])
            self._compare(f"{number}: output {name}", _told(files), self._output(name), reason)

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
            "output_commit": job.id,
            "commit_error": job.reason,
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

    def _output(self, name: str) -> Any:
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
            path: None
            if path.endswith("/")
            else self.store.blobs.read(files[path].name).decode("utf-8", "replace")
            for path in with_folders(sorted(files))
            if path != "/"
        }

    # comparing

    def _compare_job(
        self, where: str, job: Mapping[str, Any], mine: dict[str, Any], reason: str | None
    ) -> None:
        there = {key: job[key] for key in mine if key in job}
        if "output_commit" in job:
            there.setdefault("commit_error", "")
        here = {key: mine[key] for key in there}
        if job.get("restarting"):  # there without end, here a failure that says so
            reasons = [each["reason"] for each in mine["datums"]]
            text = job.get("worker_error", "")
            if not any(self.tokens.same(text + NEVER_ENDS, each) for each in reasons):
                self._differs(where, f"there {text!r}, here {reasons}", of_sentence(text, reasons))
            there, here = {"state": JobState.FAILURE.value}, {"state": mine["state"]}
        for datum in here.get("datums", ()):
            asked = [each for each in there["datums"] if each["files"] == datum["files"]]
            if not asked or "reason" not in asked[0]:
                del datum["reason"]
            if not any("id" in each for each in there["datums"]):  # one of our own
                del datum["id"]
        self._compare(where, there, here, reason)

    def _compare(self, where: str, there: Any, here: Any, reason: str | None) -> None:
        if isinstance(there, dict) and isinstance(here, dict):
            names = {self.tokens.known(key): key for key in there}
            for key in sorted(set(names) | set(here)):
                value = there.get(names.get(key, key), "<nothing>")
                self._compare(f"{where}.{key}", value, here.get(key, "<nothing>"), reason)
            return
        if isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
            if any("files" in item for item in there if isinstance(item, dict)):
                there, here = (sorted(side, key=lambda d: d["files"]) for side in (there, here))
            for position, (one, other) in enumerate(zip(there, here, strict=True)):
                self._compare(f"{where}[{position}]", one, other, reason)
            return
        texts = isinstance(there, str) and isinstance(here, str)
        if not (self.tokens.same(there, here) if texts else there == here):
            why = reason or self.excuses.of_value(self.tokens.scope, where, there, here)
            self._differs(where, f"there {there!r}, here {here!r}", why)

    def _differs(self, where: str, what: str, reason: str | None) -> None:
        self.differences.append(Difference(where, what, reason))


def _not_run(spec: Spec) -> set[str]:
    return {spec.name} if not_local(spec) else set()


def _cleaned(files: Mapping[str, str]) -> dict[str, str]:
    return {path: "/" + "/".join(p for p in path.split("/") if p) for path in files}


def _spec(value: object) -> Spec:
    read = read_specs(SourceFile("scenario", json.dumps(value)))
    (spec,) = read.specs
    return spec


def _told(files: Any) -> Any:
    """Return recorded files, or the error that a reader gets."""
    if isinstance(files, dict) and "<error>" in files:
        return files["<error>"]
    return files


def scenarios(folder: Path) -> Iterator[Path]:
    """Yield the recordings of a folder."""
    yield from sorted(folder.glob("*.json"))
