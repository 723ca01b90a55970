"""The messages of a pipeline spec, field for field.

pachyderm: src/pps/pps.proto, src/pfs/pfs.proto. None means absent; a written zero, empty text
or empty list is kept, because defaults are laid under a spec by presence (section 2.7 of the
spec reference). 64-bit integers are `int`, durations `<decimal>s`, timestamps RFC 3339.
"""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.frozen import dataclass
from bcdslc.spec.field import Kind, Shape, pach


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project's name."""

    name: str | None = pach(Kind.STRING, "The project's name.", since=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A pipeline's name and project."""

    project: Project | None = pach(
        Kind.MESSAGE, "The project; the context's, else `default`.", message="Project", since=5
    )
    name: str | None = pach(Kind.STRING, "The pipeline's name, which its output repo takes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretMount:
    """A Kubernetes secret as a variable or a folder."""

    name: str | None = pach(Kind.STRING, "The secret, in pachd's namespace.")
    key: str | None = pach(Kind.STRING, "The key whose value the variable gets.")
    mount_path: str | None = pach(Kind.STRING, "Where the secret's keys appear as files.")
    env_var: str | None = pach(Kind.STRING, "The variable that holds the key's value.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform:
    """What runs."""

    image: str | None = pach(Kind.STRING, "The container image; `ubuntu:20.04` if none is given.")
    cmd: tuple[str, ...] | None = pach(
        Kind.STRING, "The program and its arguments, run without a shell.", shape=Shape.LIST
    )
    err_cmd: tuple[str, ...] | None = pach(
        Kind.STRING, "What runs after a failing attempt.", shape=Shape.LIST
    )
    env: Mapping[str, str] | None = pach(
        Kind.STRING, "Variables of the container.", shape=Shape.MAP
    )
    secrets: tuple[SecretMount, ...] | None = pach(
        Kind.MESSAGE, "Kubernetes secrets.", shape=Shape.LIST, message="SecretMount"
    )
    image_pull_secrets: tuple[str, ...] | None = pach(
        Kind.STRING, "Secrets for pulling the image.", shape=Shape.LIST
    )
    stdin: tuple[str, ...] | None = pach(
        Kind.STRING, "Lines that `cmd` reads on standard input.", shape=Shape.LIST
    )
    err_stdin: tuple[str, ...] | None = pach(
        Kind.STRING, "Lines that `err_cmd` reads on standard input.", shape=Shape.LIST
    )
    accept_return_code: tuple[int, ...] | None = pach(
        Kind.INT64, "Exit codes that count as success.", shape=Shape.LIST
    )
    debug: bool | None = pach(Kind.BOOL, "Accepted and ignored.")
    user: str | None = pach(Kind.STRING, "The user that the program runs as.")
    working_dir: str | None = pach(Kind.STRING, "The directory that the program starts in.")
    dockerfile: str | None = pach(Kind.STRING, "Accepted and ignored.")
    memory_volume: bool | None = pach(Kind.BOOL, "Keep `/pfs` in memory.", since=4)
    datum_batching: bool | None = pach(
        Kind.BOOL, "Keep the program running from datum to datum.", since=5
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TFJob:
    """Always refused."""

    tf_job: str | None = pach(Kind.STRING, "Always refused.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelismSpec:
    """How many workers."""

    constant: int | None = pach(Kind.UINT64, "The number of workers; 0 is 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStorageEgress:
    """Egress to an object store."""

    url: str | None = pach(Kind.STRING, "The bucket's URL.", since=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """How rows are written in the output."""

    type: str | None = pach(
        Kind.ENUM, "`CSV` or `JSON`.", enum=("UNKNOWN", "CSV", "JSON", "PARQUET"), since=2
    )
    columns: tuple[str, ...] | None = pach(
        Kind.STRING, "The columns' names.", shape=Shape.LIST, since=2
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressSecret:
    """The secret that holds a database's password."""

    name: str | None = pach(Kind.STRING, "The Kubernetes secret.", since=2)
    key: str | None = pach(Kind.STRING, "Its key.", since=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlDatabaseEgress:
    """Egress to a database."""

    url: str | None = pach(Kind.STRING, "The database's URL.", since=2)
    file_format: FileFormat | None = pach(
        Kind.MESSAGE, "How rows are written.", message="FileFormat", since=2
    )
    secret: EgressSecret | None = pach(
        Kind.MESSAGE, "The password's secret.", message="EgressSecret", since=2
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """Where the output is pushed after success."""

    URL: str | None = pach(Kind.STRING, "An object store's URL.", spelled="URL")
    object_storage: ObjectStorageEgress | None = pach(
        Kind.MESSAGE, "An object store.", message="ObjectStorageEgress", oneof="target", since=2
    )
    sql_database: SqlDatabaseEgress | None = pach(
        Kind.MESSAGE, "A database.", message="SqlDatabaseEgress", oneof="target", since=2
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuSpec:
    """Whole devices of one kind."""

    type: str | None = pach(Kind.STRING, "The resource's qualified name, e.g. `nvidia.com/gpu`.")
    number: int | None = pach(Kind.INT64, "How many devices.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSpec:
    """What a container asks for, or may use."""

    cpu: float | None = pach(Kind.FLOAT, "Cores.")
    memory: str | None = pach(Kind.STRING, "A Kubernetes quantity of bytes.")
    gpu: GpuSpec | None = pach(Kind.MESSAGE, "Devices.", message="GpuSpec")
    disk: str | None = pach(Kind.STRING, "A Kubernetes quantity of bytes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """When commits on the watched branch move the input's branch."""

    branch: str | None = pach(Kind.STRING, "The watched branch.")
    all: bool | None = pach(Kind.BOOL, "All conditions must hold, not just one.")
    rate_limit_spec: str | None = pach(Kind.STRING, "At most once a period (cron).", since=6)
    size: str | None = pach(Kind.STRING, "Bytes added, e.g. `1G`.")
    commits: int | None = pach(Kind.INT64, "Number of commits.")
    cron_spec: str | None = pach(Kind.STRING, "Fire on a schedule.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagationSpec:
    """Whether commits start jobs."""

    never: bool | None = pach(Kind.BOOL, "Commits do not start jobs.", since=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class PfsInput:
    """Files of one branch that match a glob."""

    project: str | None = pach(Kind.STRING, "The repo's project; the pipeline's.", since=5)
    name: str | None = pach(Kind.STRING, "The directory under `/pfs`; the repo's name.")
    repo: str | None = pach(Kind.STRING, "The repo.")
    repo_type: str | None = pach(Kind.STRING, "Mostly ignored; leave it out.")
    branch: str | None = pach(Kind.STRING, "The branch; `master`.")
    commit: str | None = pach(Kind.STRING, "Refused; pin through a branch.")
    glob: str | None = pach(Kind.STRING, "Which files and directories are datums.")
    join_on: str | None = pach(Kind.STRING, "The key under a join, e.g. `$1`.")
    outer_join: bool | None = pach(Kind.BOOL, "Keep files without a partner.")
    group_by: str | None = pach(Kind.STRING, "The key under a group, e.g. `$1`.")
    lazy: bool | None = pach(Kind.BOOL, "Files are named pipes, fetched when opened.")
    empty_files: bool | None = pach(Kind.BOOL, "Files appear without content.")
    s3: bool | None = pach(Kind.BOOL, "Serve the data as a bucket.")
    trigger: Trigger | None = pach(Kind.MESSAGE, "When commits start jobs.", message="Trigger")
    propagation_spec: PropagationSpec | None = pach(
        Kind.MESSAGE, "Whether commits start jobs.", message="PropagationSpec", since=12
    )
    reference: bool | None = pach(Kind.BOOL, "Changed content alone reprocesses nothing.", since=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class CronInput:
    """The ticks of a clock."""

    name: str | None = pach(Kind.STRING, "The directory under `/pfs`.")
    project: str | None = pach(Kind.STRING, "Leave it out.", since=5)
    repo: str | None = pach(Kind.STRING, "The tick repo; `<pipeline>_<name>`.")
    commit: str | None = pach(Kind.STRING, "Accepted and ignored.")
    spec: str | None = pach(Kind.STRING, "Five cron fields, or `@daily`, `@every 90s`, `@never`.")
    overwrite: bool | None = pach(Kind.BOOL, "Keep one tick, not all of them.")
    start: str | None = pach(Kind.TIMESTAMP, "The first tick; now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input: exactly one field may be set, which the server checks and the message does not."""

    pfs: PfsInput | None = pach(Kind.MESSAGE, "Files.", message="PfsInput")
    join: tuple[Input, ...] | None = pach(
        Kind.MESSAGE, "Entries with equal keys.", shape=Shape.LIST, message="Input"
    )
    group: tuple[Input, ...] | None = pach(
        Kind.MESSAGE, "One datum for each key.", shape=Shape.LIST, message="Input"
    )
    cross: tuple[Input, ...] | None = pach(
        Kind.MESSAGE, "All with all.", shape=Shape.LIST, message="Input"
    )
    union: tuple[Input, ...] | None = pach(
        Kind.MESSAGE, "One after the other.", shape=Shape.LIST, message="Input"
    )
    cron: CronInput | None = pach(Kind.MESSAGE, "A clock.", message="CronInput")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A long-running service."""

    internal_port: int | None = pach(Kind.INT32, "The port that the program listens on.")
    external_port: int | None = pach(Kind.INT32, "The port that others reach.")
    ip: str | None = pach(Kind.STRING, "Filled in by the server.")
    type: str | None = pach(Kind.STRING, "`NodePort`, `ClusterIP` or `LoadBalancer`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spout:
    """A source without inputs."""

    service: Service | None = pach(Kind.MESSAGE, "A service in front of it.", message="Service")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatumSetSpec:
    """How datums are cut into sets."""

    number: int | None = pach(Kind.INT64, "Datums in a set.")
    size_bytes: int | None = pach(Kind.INT64, "Bytes in a set; wins over `number`.")
    per_worker: int | None = pach(Kind.INT64, "Sets for each worker.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulingSpec:
    """Where pods may run."""

    node_selector: Mapping[str, str] | None = pach(
        Kind.STRING, "Labels that a node must have.", shape=Shape.MAP
    )
    priority_class_name: str | None = pach(Kind.STRING, "The pods' priority class.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Kubernetes metadata."""

    annotations: Mapping[str, str] | None = pach(
        Kind.STRING, "Annotations of the pods.", shape=Shape.MAP
    )
    labels: Mapping[str, str] | None = pach(Kind.STRING, "Labels of the pods.", shape=Shape.MAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toleration:
    """A taint that the pods tolerate."""

    key: str | None = pach(Kind.STRING, "The taint's key.", since=5)
    operator: str | None = pach(
        Kind.ENUM, "`EXISTS` or `EQUAL`.", enum=("EMPTY", "EXISTS", "EQUAL"), since=5
    )
    value: str | None = pach(Kind.STRING, "The taint's value, with `EQUAL`.", since=5)
    effect: str | None = pach(
        Kind.ENUM,
        "The taint's effect; all of them.",
        enum=("ALL_EFFECTS", "NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"),
        since=5,
    )
    toleration_seconds: int | None = pach(Kind.INT64, "How long, with `NO_EXECUTE`.", since=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined:
    """The Determined integration."""

    workspaces: tuple[str, ...] | None = pach(
        Kind.STRING, "Workspaces the pipeline may use.", shape=Shape.LIST, since=7
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repo:
    """A repo, as a commit names it."""

    name: str | None = pach(Kind.STRING, "The repo's name.")
    type: str | None = pach(Kind.STRING, "The repo's type.")
    project: Project | None = pach(Kind.MESSAGE, "The repo's project.", message="Project")


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch, as a commit names it."""

    repo: Repo | None = pach(Kind.MESSAGE, "The branch's repo.", message="Repo")
    name: str | None = pach(Kind.STRING, "The branch's name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit; only the restore path sends one."""

    repo: Repo | None = pach(Kind.MESSAGE, "The commit's repo.", message="Repo")
    id: str | None = pach(Kind.STRING, "The commit's id.")
    branch: Branch | None = pach(Kind.MESSAGE, "The commit's branch.", message="Branch")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePipelineRequest:
    """A whole spec."""

    pipeline: Pipeline | None = pach(Kind.MESSAGE, "Name and project.", message="Pipeline")
    description: str | None = pach(Kind.STRING, "Free text.")
    tf_job: TFJob | None = pach(Kind.MESSAGE, "Always refused.", message="TFJob")
    transform: Transform | None = pach(Kind.MESSAGE, "What runs.", message="Transform")
    input: Input | None = pach(Kind.MESSAGE, "What is read.", message="Input")
    parallelism_spec: ParallelismSpec | None = pach(
        Kind.MESSAGE, "How many workers.", message="ParallelismSpec"
    )
    autoscaling: bool | None = pach(Kind.BOOL, "No workers while there is nothing to do.")
    resource_requests: ResourceSpec | None = pach(
        Kind.MESSAGE, "What a worker asks for.", message="ResourceSpec"
    )
    resource_limits: ResourceSpec | None = pach(
        Kind.MESSAGE, "What a worker may use; devices belong here.", message="ResourceSpec"
    )
    sidecar_resource_requests: ResourceSpec | None = pach(
        Kind.MESSAGE, "What the sidecar asks for.", message="ResourceSpec", since=6
    )
    sidecar_resource_limits: ResourceSpec | None = pach(
        Kind.MESSAGE, "What the sidecar may use.", message="ResourceSpec"
    )
    scheduling_spec: SchedulingSpec | None = pach(
        Kind.MESSAGE, "Where pods may run.", message="SchedulingSpec"
    )
    tolerations: tuple[Toleration, ...] | None = pach(
        Kind.MESSAGE, "Taints that pods tolerate.", shape=Shape.LIST, message="Toleration", since=5
    )
    datum_set_spec: DatumSetSpec | None = pach(
        Kind.MESSAGE, "How datums are cut into sets.", message="DatumSetSpec"
    )
    datum_timeout: str | None = pach(Kind.DURATION, "For one attempt at one datum.")
    job_timeout: str | None = pach(Kind.DURATION, "For a whole job.")
    datum_tries: int | None = pach(Kind.INT64, "Attempts at a datum; 3.")
    reprocess_spec: str | None = pach(Kind.STRING, "`until_success` or `every_job`.")
    output_branch: str | None = pach(Kind.STRING, "The branch that is written; `master`.")
    egress: Egress | None = pach(Kind.MESSAGE, "Where output is pushed.", message="Egress")
    s3_out: bool | None = pach(Kind.BOOL, "Output is written to a bucket.")
    service: Service | None = pach(Kind.MESSAGE, "A long-running service.", message="Service")
    spout: Spout | None = pach(Kind.MESSAGE, "A source without inputs.", message="Spout")
    metadata: Metadata | None = pach(Kind.MESSAGE, "Kubernetes metadata.", message="Metadata")
    pod_spec: str | None = pach(Kind.STRING, "JSON laid over the pod's spec.")
    pod_patch: str | None = pach(Kind.STRING, "A JSON patch of the pod's spec.")
    salt: str | None = pach(Kind.STRING, "Part of each datum's hash; random.")
    maximum_expected_uptime: str | None = pach(
        Kind.DURATION, "When to warn of a pipeline that stays up.", since=9
    )
    determined: Determined | None = pach(
        Kind.MESSAGE, "The Determined integration.", message="Determined", since=7
    )
    update: bool | None = pach(Kind.BOOL, "Not for files.")
    reprocess: bool | None = pach(Kind.BOOL, "Not for files.")
    spec_commit: Commit | None = pach(Kind.MESSAGE, "Not for files.", message="Commit")
    dry_run: bool | None = pach(Kind.BOOL, "Not for files.", since=7)
