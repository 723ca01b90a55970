"""What the runner needs of a spec, defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.frozen import dataclass, field
from bcdsl.values.quantity import read_quantity
from bcdslc.input_tree import InputTree
from bcdslc.local.record import Branch, PipelineName
from bcdslc.spec.message import ResourceSpec
from bcdslc.spec.spec import Spec
from bcdslc.spec.tree import tree_of

DEFAULT_TRIES = 3  # pachyderm: src/server/pps/server/api_server.go
SETS_PER_WORKER = 4  # pachyderm: src/server/worker/pipeline/transform


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A transform pipeline as a worker sees it. Times in seconds; None means no limit."""

    pipeline: PipelineName
    tree: InputTree | None
    output: Branch
    image: str
    cmd: tuple[str, ...]
    stdin: tuple[str, ...] = ()
    err_cmd: tuple[str, ...] = ()
    err_stdin: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    accept: frozenset[int] = frozenset()
    user: str = ""
    workdir: str = ""
    tries: int = DEFAULT_TRIES
    datum_timeout: float | None = None
    job_timeout: float | None = None
    workers: int | None = None  # None: as many as the run has
    every_job: bool = False
    batch: bool = False
    set_number: int = 0
    set_bytes: int = 0
    sets_per_worker: int = SETS_PER_WORKER
    memory: int = 0  # bytes that one program asks for
    gpu: bool = False
    memory_limit: int = 0  # bytes; 0: none
    cpu_limit: float = 0.0  # cores; 0: none


def settings_of(spec: Spec) -> Settings:
    """Return what a worker would take from a spec."""
    request = spec.request
    transform = request.transform
    pipeline = PipelineName(spec.project, spec.name)
    sets = request.datum_set_spec
    tries = request.datum_tries or DEFAULT_TRIES
    return Settings(
        pipeline=pipeline,
        tree=tree_of(request.input) if request.input else None,
        output=Branch(pipeline.project, pipeline.name, request.output_branch or "master"),
        image=(transform.image if transform else None) or "",
        cmd=(transform.cmd if transform else None) or (),
        stdin=(transform.stdin if transform else None) or (),
        err_cmd=(transform.err_cmd if transform else None) or (),
        err_stdin=(transform.err_stdin if transform else None) or (),
        env=(transform.env if transform else None) or {},
        accept=frozenset((transform.accept_return_code if transform else None) or ()),
        user=(transform.user if transform else None) or "",
        workdir=(transform.working_dir if transform else None) or "",
        tries=4 if tries < 0 else tries,  # a negative number means the default and one more
        datum_timeout=_limit(request.datum_timeout),
        job_timeout=None if request.job_timeout is None else _seconds(request.job_timeout),
        workers=(request.parallelism_spec.constant if request.parallelism_spec else None) or None,
        every_job=request.reprocess_spec == "every_job",
        batch=bool(transform and transform.datum_batching),
        set_number=(sets.number if sets else None) or 0,
        set_bytes=(sets.size_bytes if sets else None) or 0,
        sets_per_worker=(sets.per_worker if sets else None) or SETS_PER_WORKER,
        memory=_memory(request.resource_requests),
        gpu=bool(request.resource_limits and request.resource_limits.gpu),
        memory_limit=_memory(request.resource_limits),
        cpu_limit=(request.resource_limits.cpu if request.resource_limits else None) or 0.0,
    )


def _memory(requests: ResourceSpec | None) -> int:
    return int(read_quantity((requests.memory if requests else None) or "0") or 0)


def _limit(duration: str | None) -> float | None:
    seconds = None if duration is None else _seconds(duration)
    return seconds if seconds and seconds > 0 else None


def _seconds(duration: str) -> float:
    return float(duration.removesuffix("s"))  # the reader took nothing else
