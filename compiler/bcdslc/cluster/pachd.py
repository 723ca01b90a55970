"""The cluster that a pachd is: what we ask of it, as its calls."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bcdslc.cluster.channel import Channel
from bcdslc.cluster.fault import ClusterError, Trouble
from bcdslc.cluster.protocol import PipelineCall
from bcdslc.cluster.repo_files import RepoFiles
from bcdslc.cluster.request_message import request_bytes, spec_of_details
from bcdslc.cluster.seen import ACTIVE, SeenJob, SeenPipeline
from bcdslc.cluster.wire import JOB_STATES, PIPELINE_STATES, type_name, wire

LIST_SECONDS = 120.0
# A pipeline in a batch takes 0.2 to 0.4 s (measured on a loaded machine); in an interactive
# transaction each call runs all earlier ones again.
BATCH_SECONDS = 60.0
SECONDS_A_PIPELINE = 2.0
_RUNNING = re.compile(r"error running request (\d+) of \d+: ")


class Pachd:
    """A cluster behind a channel."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._wire = wire()

    def files(self) -> RepoFiles:
        """Return the files of its repos."""
        return RepoFiles(self._channel)

    def version(self) -> tuple[int, int]:
        """Return major and minor version."""
        found = self._one("versionpb_v2.API/GetVersion", self._wire.Empty(), "Version")
        return found.major, found.minor

    def has_project(self, name: str) -> bool:
        """Tell whether a project exists."""
        request = self._wire.OfProject(project=self._wire.Project(name=name))
        return self._found("pfs_v2.API/InspectProject", request, "OfProject") is not None

    def repos(self) -> frozenset[tuple[str, str]]:
        """Return project and name of the repos that one may list."""
        request = self._wire.ListRepo(type="user")
        found = self._channel.many(
            "pfs_v2.API/ListRepo", request, self._wire.OfRepo, seconds=LIST_SECONDS
        )
        return frozenset((e.repo.project.name or "default", e.repo.name) for e in found)

    def has_repo(self, project: str, name: str) -> bool:
        """Tell whether a repo exists, listed or not."""
        request = self._wire.OfRepo(repo=self._repo(project, name))
        return self._found("pfs_v2.API/InspectRepo", request, "OfRepo") is not None

    def pipelines(self) -> tuple[SeenPipeline, ...]:
        """Return the pipelines that one may list, of all projects."""
        request = self._wire.ListPipeline(details=True)
        found = self._channel.many(
            "pps_v2.API/ListPipeline", request, self._wire.PipelineInfo, seconds=LIST_SECONDS
        )
        return tuple(_seen(each) for each in found)

    def pipeline(self, project: str, name: str) -> SeenPipeline | None:
        """Return a pipeline, listed or not."""
        request = self._wire.InspectPipeline(pipeline=self._pipeline(project, name), details=True)
        found = self._found("pps_v2.API/InspectPipeline", request, "PipelineInfo")
        return None if found is None else _seen(found)

    def last_job(self, project: str, name: str) -> SeenJob | None:
        """Return the newest job of a pipeline, of any of its versions."""
        request = self._wire.ListJob(
            pipeline=self._pipeline(project, name),
            history=-1,
            projects=[self._wire.Project(name=project)],
            number=1,
        )
        found = self._channel.many("pps_v2.API/ListJob", request, self._wire.JobInfo)
        newest = max(found, key=lambda each: _seconds(each.created) or 0.0, default=None)
        return None if newest is None else _job(newest)

    def live_jobs(self, project: str, names: Collection[str]) -> Mapping[str, int]:
        """Return of these pipelines those with unfinished jobs, and how many each has.

        One call for the project. Without `history` it lists jobs of the present versions only:
        an update kills what older ones left unfinished (section 4.1 of the spec reference).
        """
        request = self._wire.ListJob(projects=[self._wire.Project(name=project)])
        found: Counter[str] = Counter()
        for info in self._channel.pieces(
            "pps_v2.API/ListJob", request, self._wire.JobInfo, seconds=LIST_SECONDS
        ):
            of = info.job.pipeline
            if of.name in names and (of.project.name or "default") == project:
                found[of.name] += type_name(info.state, JOB_STATES) in ACTIVE
        return {name: count for name, count in found.items() if count}

    def cluster_defaults(self) -> str:
        """Return the cluster's defaults as JSON text."""
        request = self._wire.Empty()
        found = self._one("pps_v2.API/GetClusterDefaults", request, "ClusterDefaults")
        return str(found.text)

    def project_defaults(self, project: str) -> str:
        """Return a project's defaults as JSON text."""
        request = self._wire.OfProject(project=self._wire.Project(name=project))
        return str(self._one("pps_v2.API/GetProjectDefaults", request, "ProjectDefaults").text)

    def create_project(self, name: str) -> None:
        """Make a project; one that is there already is as good."""
        request = self._wire.OfProject(project=self._wire.Project(name=name))
        try:
            self._one("pfs_v2.API/CreateProject", request, "Empty")
        except ClusterError as error:
            if error.fault.trouble is not Trouble.EXISTS:
                raise

    def create_all(
        self,
        project: str,
        repos: Sequence[str],
        calls: Sequence[PipelineCall],
        progress: Callable[[int], None],
    ) -> None:
        """Make repos and pipelines in one batch, or in a transaction if a field needs it.

        pachyderm: a batch wants each effective spec beside the spec, so each is asked for
        first, in a dry run, which changes nothing.
        """
        batch = self._wire.Batch()
        for name in repos:
            batch.requests.add().create_repo.repo.CopyFrom(self._repo(project, name))
        for number, call in enumerate(calls):
            text = json.dumps(call.spec)
            effective = self._dry_run(text, call)
            request = request_bytes(effective, update=call.update, reprocess=call.reprocess)
            if request is None:
                self._in_transaction(project, repos, calls)
                return
            inside = batch.requests.add().create_pipeline_v2
            inside.request, inside.user_json = request, text
            inside.effective_json = json.dumps(effective)
            progress(number + 1)
        seconds = BATCH_SECONDS + SECONDS_A_PIPELINE * len(calls)
        try:
            self._one("transaction_v2.API/BatchTransaction", batch, "Empty", seconds=seconds)
        except ClusterError as error:
            raise _about(error, [*repos, *[call.name for call in calls]]) from None

    def stop_pipeline(self, project: str, name: str) -> None:
        """Stop a pipeline; transactions do not hold it back."""
        request = self._wire.OfPipeline(pipeline=self._pipeline(project, name))
        self._one("pps_v2.API/StopPipeline", request, "Empty", seconds=BATCH_SECONDS)

    def start_pipeline(self, project: str, name: str) -> None:
        """Start a pipeline; transactions do not hold it back."""
        request = self._wire.OfPipeline(pipeline=self._pipeline(project, name))
        self._one("pps_v2.API/StartPipeline", request, "Empty", seconds=BATCH_SECONDS)

    def delete_pipeline(self, project: str, name: str) -> None:
        """Delete a pipeline with its output."""
        request = self._wire.OfPipeline(pipeline=self._pipeline(project, name))
        self._one("pps_v2.API/DeletePipeline", request, "Empty", seconds=BATCH_SECONDS)

    def delete_repo(self, project: str, name: str) -> None:
        """Delete a repo with its data."""
        request = self._wire.OfRepo(repo=self._repo(project, name))
        self._one("pfs_v2.API/DeleteRepo", request, "Empty", seconds=BATCH_SECONDS)

    def _dry_run(self, text: str, call: PipelineCall) -> dict[str, Any]:
        request = self._wire.CreatePipelineV2(
            json=text, dry_run=True, update=call.update, reprocess=call.reprocess
        )
        try:
            answer = self._one("pps_v2.API/CreatePipelineV2", request, "Effective")
        except ClusterError as error:
            raise ClusterError(replace(error.fault, subject=call.name)) from None
        effective: dict[str, Any] = json.loads(answer.json)
        for said in ("update", "reprocess"):  # of the call, not of the pipeline
            effective.pop(said, None)
        return effective

    def _in_transaction(
        self, project: str, repos: Sequence[str], calls: Sequence[PipelineCall]
    ) -> None:
        """Create one after the other in a transaction; whatever fails, it is deleted.

        A refused call leaves the transaction usable, and finishing it would make the rest.
        """
        transaction = self._one(
            "transaction_v2.API/StartTransaction", self._wire.Empty(), "Transaction"
        )
        seconds = BATCH_SECONDS + SECONDS_A_PIPELINE * len(calls)
        finished = self._wire.OfTransaction(transaction=transaction)
        done = False
        try:
            for name in repos:
                request = self._wire.OfRepo(repo=self._repo(project, name))
                self._inside("pfs_v2.API/CreateRepo", request, "Empty", transaction.id, seconds)
            for call in calls:
                request = self._wire.CreatePipelineV2(
                    json=json.dumps(call.spec), update=call.update, reprocess=call.reprocess
                )
                try:
                    self._inside(
                        "pps_v2.API/CreatePipelineV2", request, "Effective", transaction.id, seconds
                    )
                except ClusterError as error:
                    raise _about(error, [], call.name) from None
            self._one("transaction_v2.API/FinishTransaction", finished, "Empty", seconds=seconds)
            done = True
        finally:
            if not done:
                self._forget(finished)

    def _forget(self, transaction: Any) -> None:
        try:
            self._one("transaction_v2.API/DeleteTransaction", transaction, "Empty")
        except ClusterError:
            return  # the first error is the one to tell; an open transaction does nothing

    def _inside(
        self, call: str, request: Any, answer: str, transaction: str, seconds: float
    ) -> None:
        self._channel.one(
            call, request, getattr(self._wire, answer), seconds=seconds, transaction=transaction
        )

    def _one(self, call: str, request: Any, answer: str, seconds: float = 30.0) -> Any:
        return self._channel.one(call, request, getattr(self._wire, answer), seconds=seconds)

    def _found(self, call: str, request: Any, answer: str) -> Any:
        try:
            return self._one(call, request, answer)
        except ClusterError as error:
            text = error.fault.text
            if error.fault.trouble is Trouble.MISSING or text.endswith("not found"):
                return None
            raise

    def _repo(self, project: str, name: str) -> Any:
        return self._wire.Repo(name=name, type="user", project=self._wire.Project(name=project))

    def _pipeline(self, project: str, name: str) -> Any:
        return self._wire.Pipeline(name=name, project=self._wire.Project(name=project))


def _about(error: ClusterError, names: Sequence[str], name: str = "") -> ClusterError:
    """Return an error that says which of the requests it is about, without its number."""
    fault = error.fault
    found = _RUNNING.match(fault.text)
    if found is None:
        return error if not name else ClusterError(replace(fault, subject=name))
    number = int(found[1])
    subject = name or (names[number - 1] if 0 < number <= len(names) else "")
    return ClusterError(replace(fault, subject=subject, text=fault.text[found.end() :]))


def _job(info: Any) -> SeenJob:
    return SeenJob(
        id=info.job.id,
        state=type_name(info.state, JOB_STATES),
        reason=info.reason,
        version=info.pipeline_version,
        processed=info.processed,
        skipped=info.skipped,
        failed=info.failed,
        recovered=info.recovered,
        total=info.total,
        started=_seconds(info.started),
        finished=_seconds(info.finished),
    )


def _seconds(time: Any) -> float | None:
    return time.seconds + time.nanos / 1e9 if time.seconds else None


def _seen(info: Any) -> SeenPipeline:
    text = info.effective_spec_json
    return SeenPipeline(
        project=info.pipeline.project.name or "default",
        name=info.pipeline.name,
        version=info.version,
        spec_commit=info.spec_commit.id,
        spec=json.loads(text) if text else spec_of_details(info.details),
        filled=not text,
        state=type_name(info.state, PIPELINE_STATES),
        stopped=info.stopped,
        reason=info.reason,
        last_job=type_name(info.last_job_state, JOB_STATES),
        parallelism=info.parallelism,
    )
