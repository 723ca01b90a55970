"""Making repos and pipelines, all or nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bcdsl.frozen import replace
from bcdslc.cluster import calls
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.fault import ClusterError, Fault, Trouble, interrupted
from bcdslc.cluster.protocol import PipelineCall
from bcdslc.cluster.request_message import request_bytes
from bcdslc.cluster.wire import wire

# A pipeline in a batch takes 0.2 to 0.4 s (measured on a loaded machine); in an interactive
# transaction each call runs all earlier ones again.
LEAST_SECONDS = 60.0
SECONDS_A_PIPELINE = 2.0
SETTLING = 0.3  # seconds in which a server that was hung up on stops, or is done
_RUNNING = re.compile(r"error running request (\d+) of \d+: ")


class Creating:
    """What is made together in one project, upstream first."""

    def __init__(
        self,
        channel: Channel,
        project: str,
        repos: Sequence[str],
        pipelines: Sequence[PipelineCall],
        progress: Callable[[int], None],
    ) -> None:
        self._channel = channel
        self._wire = wire()
        self._project = project
        self._repos = repos
        self._pipelines = pipelines
        self._progress = progress
        self._seconds = LEAST_SECONDS + SECONDS_A_PIPELINE * len(pipelines)

    def at_once(self) -> None:
        """Make them in one batch, or in a transaction if a field needs it.

        pachyderm: a batch wants each effective spec beside the spec, so each is asked for
        first, in a dry run, which changes nothing.
        """
        batch = self._wire.Batch()
        for name in self._repos:
            batch.requests.add().create_repo.CopyFrom(self._repo(name))
        for number, call in enumerate(self._pipelines, 1):
            text = json.dumps(call.spec)
            effective = self._dry_run(text, call)
            request = request_bytes(effective, update=call.update, reprocess=call.reprocess)
            if request is None:
                self.in_transaction(self._create)
                return
            inside = batch.requests.add().create_pipeline_v2
            inside.create_pipeline_request, inside.user_json = request, text
            inside.effective_json = json.dumps(effective)
            self._progress(number)
        try:
            self._channel.one(calls.BATCH, batch, seconds=self._seconds)
        except ClusterError as error:
            raise self._about(error) from None
        except KeyboardInterrupt:
            time.sleep(SETTLING)
            raise

    def as_before_2_8(self) -> None:
        """Make them with the only call that older servers have for a pipeline."""
        self.in_transaction(self._create_of_old)

    def in_transaction(self, create: Callable[[PipelineCall, str], None]) -> None:
        """Make one after the other in a transaction; whatever fails, it is deleted.

        A refused call leaves the transaction usable, and finishing it would make the rest.
        """
        with self._channel.interrupts.held(), self._transaction() as transaction:
            for name in self._repos:
                self._channel.one(
                    calls.CREATE_REPO, self._repo(name), seconds=self._seconds,
                    transaction=transaction.id,
                )  # fmt: skip
            for number, call in enumerate(self._pipelines, 1):
                try:
                    create(call, transaction.id)
                except ClusterError as error:
                    raise self._about(error, call.name) from None
                self._progress(number)
            finish = self._wire.OfTransaction(transaction=transaction)
            self._channel.one(calls.FINISH, finish, seconds=self._seconds)

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """Give a new transaction; delete it if what is done with it fails."""
        transaction = self._channel.one(calls.START, self._wire.Empty(), to_the_end=True)
        try:
            yield transaction
        except (Exception, KeyboardInterrupt) as wrong:
            if self._forgotten(transaction):
                raise
            fault = wrong.fault if isinstance(wrong, ClusterError) else interrupted("apply")
            raise ClusterError(replace(fault, transaction=transaction.id)) from None

    def _forgotten(self, transaction: Any) -> bool:
        try:
            self._channel.one(calls.FORGET, self._wire.OfTransaction(transaction=transaction))
        except ClusterError as error:
            return error.fault.trouble is Trouble.MISSING  # it was finished after all
        return True

    def _create(self, call: PipelineCall, transaction: str) -> None:
        request = self._wire.CreatePipelineV2(
            create_pipeline_request_json=json.dumps(call.spec),
            update=call.update,
            reprocess=call.reprocess,
        )
        self._channel.one(
            calls.CREATE_PIPELINE, request, seconds=self._seconds, transaction=transaction
        )

    def _create_of_old(self, call: PipelineCall, transaction: str) -> None:
        request = request_bytes(call.spec, update=call.update, reprocess=call.reprocess)
        if request is None:
            text = "the spec has a field that came later"
            raise ClusterError(Fault(trouble=Trouble.REFUSED, call="CreatePipeline", text=text))
        self._channel.one(
            calls.OLD_CREATE_PIPELINE, request, seconds=self._seconds, transaction=transaction
        )

    def _dry_run(self, text: str, call: PipelineCall) -> dict[str, Any]:
        request = self._wire.CreatePipelineV2(
            create_pipeline_request_json=text,
            dry_run=True,
            update=call.update,
            reprocess=call.reprocess,
        )
        try:
            answer = self._channel.one(calls.DRY_RUN, request)
        except ClusterError as error:
            raise ClusterError(replace(error.fault, subject=call.name)) from None
        effective: dict[str, Any] = json.loads(answer.effective_create_pipeline_request_json)
        for said in ("update", "reprocess"):  # of the call, not of the pipeline
            effective.pop(said, None)
        return effective

    def _about(self, error: ClusterError, name: str = "") -> ClusterError:
        """Return an error that says which of the requests it is about, without its number."""
        fault = error.fault
        found = _RUNNING.match(fault.text)
        if found is None:
            return ClusterError(replace(fault, subject=name)) if name else error
        names = [*self._repos, *[call.name for call in self._pipelines]]
        number = int(found[1])
        subject = name or (names[number - 1] if 0 < number <= len(names) else "")
        return ClusterError(replace(fault, subject=subject, text=fault.text[found.end() :]))

    def _repo(self, name: str) -> Any:
        project = self._wire.Project(name=self._project)
        return self._wire.OfRepo(repo=self._wire.Repo(name=name, type="user", project=project))
