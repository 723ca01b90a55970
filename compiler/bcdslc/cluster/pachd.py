"""The cluster that a pachd is: what we ask of it, as its calls."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bcdslc.cluster import calls
from bcdslc.cluster.calls import Call
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.creating import Creating
from bcdslc.cluster.fault import ClusterError, Fault, Trouble
from bcdslc.cluster.protocol import PipelineCall
from bcdslc.cluster.repo_files import RepoFiles
from bcdslc.cluster.request_message import spec_of_details
from bcdslc.cluster.seen import ACTIVE, SeenJob, SeenPipeline
from bcdslc.cluster.wire import JOB_STATES, PIPELINE_STATES, type_name, wire

# Projects came with 2.5: before, a server takes no notice of the one that is asked for.
OLDEST = (2, 5)
CREATES_JSON = (2, 8)


class Pachd:
    """A cluster behind a channel."""

    def __init__(self, channel: Channel) -> None:
        self._any_channel = channel
        self._wire = wire()
        self._version: tuple[int, int] | None = None

    def files(self) -> RepoFiles:
        """Return the files of its repos."""
        return RepoFiles(self._channel, self._version or self.version())

    def version(self) -> tuple[int, int]:
        """Return major and minor version; refuse one that we know too little of."""
        found = self._any_channel.one(calls.VERSION, self._wire.Empty())
        version = (found.major, found.minor)
        if version < OLDEST:
            text = ".".join(str(part) for part in version)
            raise ClusterError(Fault(trouble=Trouble.TOO_OLD, call="GetVersion", text=text))
        self._version = version
        return version

    @property
    def _channel(self) -> Channel:
        """The channel, once the server is known to be none that we refuse."""
        if self._version is None:
            self.version()
        return self._any_channel

    def has_project(self, name: str) -> bool:
        """Tell whether a project exists."""
        return self._is_there(calls.INSPECT_PROJECT, self._of_project(name))

    def repos(self) -> frozenset[tuple[str, str]]:
        """Return project and name of the repos that one may list."""
        found = self._channel.many(calls.LIST_REPO, self._wire.ListRepo(type="user"))
        return frozenset((e.repo.project.name or "default", e.repo.name) for e in found)

    def has_repo(self, project: str, name: str) -> bool:
        """Tell whether a repo exists, listed or not."""
        return self._is_there(calls.INSPECT_REPO, self._of_repo(project, name))

    def pipelines(self) -> tuple[SeenPipeline, ...]:
        """Return the pipelines that one may list, of all projects."""
        found = self._channel.many(calls.LIST_PIPELINE, self._wire.ListPipeline(details=True))
        return tuple(_seen(each) for each in found)

    def pipeline(self, project: str, name: str) -> SeenPipeline | None:
        """Return a pipeline, listed or not."""
        request = self._wire.InspectPipeline(pipeline=self._pipeline(project, name), details=True)
        try:
            return _seen(self._channel.one(calls.INSPECT_PIPELINE, request))
        except ClusterError as error:
            if _missing(error.fault):
                return None
            raise

    def last_job(self, project: str, name: str) -> SeenJob | None:
        """Return the newest job of a pipeline, of any of its versions.

        Jobs come newest first, so no more than one is read. Those of the present version are
        asked for as it was recorded; only a pipeline that has none is asked for its past.
        """
        for history in (0, -1):
            request = self._wire.ListJob(
                pipeline=self._pipeline(project, name),
                history=history,
                projects=[self._wire.Project(name=project)],
            )
            newest = next(self._channel.pieces(calls.LIST_JOB, request), None)
            if newest is not None:
                return _job(newest)
        return None

    def live_jobs(self, project: str, names: Collection[str]) -> Mapping[str, int]:
        """Return of these pipelines those with unfinished jobs, and how many each has.

        One call for the project. Without `history` it lists jobs of the present versions only:
        an update kills what older ones left unfinished (section 4.1 of the spec reference).
        """
        request = self._wire.ListJob(projects=[self._wire.Project(name=project)])
        found: Counter[str] = Counter()
        for info in self._channel.many(calls.LIST_JOB, request):
            of = info.job.pipeline
            if of.name in names and (of.project.name or "default") == project:
                found[of.name] += type_name(info.state, JOB_STATES) in ACTIVE
        return {name: count for name, count in found.items() if count}

    def cluster_defaults(self) -> str:
        """Return the cluster's defaults as JSON text."""
        found = self._if_known(calls.CLUSTER_DEFAULTS, self._wire.Empty())
        return "" if found is None else str(found.cluster_defaults_json)

    def project_defaults(self, project: str) -> str:
        """Return a project's defaults as JSON text."""
        found = self._if_known(calls.PROJECT_DEFAULTS, self._of_project(project))
        return "" if found is None else str(found.project_defaults_json)

    def create_project(self, name: str) -> None:
        """Make a project; one that is there already is as good."""
        try:
            self._channel.one(calls.CREATE_PROJECT, self._of_project(name))
        except ClusterError as error:
            if error.fault.trouble is not Trouble.EXISTS:
                raise

    def create_all(
        self,
        project: str,
        repos: Sequence[str],
        pipelines: Sequence[PipelineCall],
        progress: Callable[[int], None],
    ) -> None:
        """Make repos and pipelines, all or nothing, in this order."""
        creating = Creating(self._channel, project, repos, pipelines, progress)
        if (self._version or self.version()) < CREATES_JSON:
            creating.as_before_2_8()
        else:
            creating.at_once()

    def stop_pipeline(self, project: str, name: str) -> None:
        """Stop a pipeline; transactions do not hold it back."""
        self._channel.one(calls.STOP_PIPELINE, self._of_pipeline(project, name))

    def start_pipeline(self, project: str, name: str) -> None:
        """Start a pipeline; transactions do not hold it back."""
        self._channel.one(calls.START_PIPELINE, self._of_pipeline(project, name))

    def delete_pipeline(self, project: str, name: str) -> None:
        """Delete a pipeline with its output."""
        self._channel.one(calls.DELETE_PIPELINE, self._of_pipeline(project, name))

    def delete_repo(self, project: str, name: str) -> None:
        """Delete a repo with its data."""
        self._channel.one(calls.DELETE_REPO, self._of_repo(project, name))

    def _if_known(self, call: Call, request: Any) -> Any:
        """Return the answer, or None from a server that has no such call and so no such thing."""
        try:
            return self._channel.one(call, request)
        except ClusterError as error:
            if error.fault.trouble is Trouble.NO_SUCH_CALL:
                return None
            raise

    def _is_there(self, call: Call, request: Any) -> bool:
        """Tell whether what is inspected is there; what one may not see is."""
        try:
            self._channel.one(call, request)
        except ClusterError as error:
            if _missing(error.fault):
                return False
            if error.fault.trouble is not Trouble.DENIED:
                raise
        return True

    def _pipeline(self, project: str, name: str) -> Any:
        return self._wire.Pipeline(name=name, project=self._wire.Project(name=project))

    def _of_pipeline(self, project: str, name: str) -> Any:
        return self._wire.OfPipeline(pipeline=self._pipeline(project, name))

    def _of_project(self, name: str) -> Any:
        return self._wire.OfProject(project=self._wire.Project(name=name))

    def _of_repo(self, project: str, name: str) -> Any:
        whole = self._wire.Repo(name=name, type="user", project=self._wire.Project(name=project))
        return self._wire.OfRepo(repo=whole)


def _missing(fault: Fault) -> bool:
    """Tell whether an answer says that nothing is there; not all versions say so by the code."""
    return fault.trouble is Trouble.MISSING or (
        fault.trouble is Trouble.REFUSED and fault.text.endswith("not found")
    )


def _job(info: Any) -> SeenJob:
    return SeenJob(
        id=info.job.id,
        state=type_name(info.state, JOB_STATES),
        reason=info.reason,
        version=info.pipeline_version,
        processed=info.data_processed,
        skipped=info.data_skipped,
        failed=info.data_failed,
        recovered=info.data_recovered,
        total=info.data_total,
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
    )
