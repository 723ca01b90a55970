"""The variables that a datum's program sees.

`docs/local-run.md` says which of them a worker on a cluster sets otherwise. Later ones win; the
file `/pfs/.env` keeps the losers too, one `KEY=value` a line, as the worker writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.datum.source import Entry
from bcdslc.local.record import PipelineName

Variables: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobIds:
    """The ids that a job's programs are told."""

    pipeline: PipelineName
    job: str
    spec_commit: str
    inputs: Mapping[tuple[str, str, str], str]  # (project, repo, branch) to commit id


def container(machine: Mapping[str, str], stage: Mapping[str, str], ids: JobIds) -> Variables:
    """Return the pod's variables, each once: the image's, the spec's `env`, the worker's own."""
    worker = {
        "PACH_IN_WORKER": "true",
        "PACH_NAMESPACE": "default",
        "PACH_ROOT": "/pach",
        "PPS_ETCD_PREFIX": "pachyderm_pps",
        "PPS_PIPELINE_NAME": ids.pipeline.name,
        "PPS_PROJECT_NAME": ids.pipeline.project,
        "PPS_SPEC_COMMIT": ids.spec_commit,
        "PPS_WORKER_GRPC_PORT": "1080",
        "STORAGE_BACKEND": "LOCAL",
        "STORAGE_URL": "",
    }
    return list({**machine, **stage, **worker}.items())


def job_variables(ids: JobIds) -> Variables:
    """Return what names the job; a program that works through many datums gets only these."""
    return [("PACH_JOB_ID", ids.job), ("PACH_OUTPUT_COMMIT_ID", ids.job)]


def datum_variables(
    datum: str, entries: Sequence[Entry], ids: JobIds, pfs: str = "/pfs"
) -> Variables:
    """Return what names the datum: of several files of one input the last one counts."""
    variables: Variables = []
    for entry in entries:
        source = entry.source
        where = (source.leaf.project or ids.pipeline.project, source.repo, source.branch)
        variables.append((source.name, f"{pfs}/{source.name}{entry.path.rstrip('/')}"))
        variables.append((f"{source.name}_COMMIT", ids.inputs.get(where, "")))
        for key, value in (("JOIN_ON", entry.join_on), ("GROUP_BY", entry.group_by)):
            if value:
                variables.append((f"PACH_DATUM_{source.name}_{key}", value))
    return [*variables, ("PACH_DATUM_ID", datum), *job_variables(ids)]


def env_file(variables: Iterable[tuple[str, str]]) -> str:
    """Return the text of `/pfs/.env`."""
    return "".join(f"{name}={value}\n" for name, value in variables)
