"""The document as meant: every name resolved, every parameter filled in, every value typed.

Values that a reader of the emitted spec may ask about are `Spanned`: they keep the place at
which the author (or an overlay) wrote them. `docs/language.md` says what each key means.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeAlias, TypeVar

from bcdsl.frozen import dataclass, field
from bcdsl.pattern.tree import Pattern
from bcdsl.source import Span, Spanned
from bcdsl.yaml_tree import Mapping as YamlMapping

T = TypeVar("T")

# --- inputs -------------------------------------------------------------------------------


class Writer(Enum):
    """Who fills the repo that a leaf reads."""

    REPO = "repo"  # a source declared under `repos`
    STAGE = "stage"
    TICK = "tick"  # the tick repo of a cron input
    ELSEWHERE = "elsewhere"  # another project


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPart:
    """One part of a written key: exactly one of the three is set."""

    text: str | None = None
    name: str | None = None
    number: int | None = None  # counts brackets as written, names included; 0 is the whole path


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A written `join_on` or `group_by`; no parts for the empty key."""

    parts: tuple[KeyPart, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """When commits on the watched branch start a job."""

    size: Spanned[str] | None = None
    commits: Spanned[int] | None = None
    cron: Spanned[str] | None = None
    rate_limit: Spanned[str] | None = None
    all: Spanned[bool] | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PfsLeaf:
    """An input that reads files."""

    name: Spanned[str]  # /pfs/NAME
    named: bool  # the author wrote the name; else it is the repo's
    project: Spanned[str] | None  # set only for another project than the document's
    repo: Spanned[str]
    writer: Writer
    branch: Spanned[str]  # as written, else the branch that the stage writes, else master
    pattern: Pattern  # narrowed by `names`, parameters filled in
    pattern_span: Span
    keep: Spanned[bool] | None = None
    empty_files: Spanned[bool] | None = None
    lazy: Spanned[bool] | None = None
    s3: Spanned[bool] | None = None
    reference: Spanned[bool] | None = None
    propagate: Spanned[bool] | None = None
    unnamed: Spanned[bool] | None = None
    trigger: Trigger | None = None
    join_on: Key | None = None
    group_by: Key | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CronLeaf:
    """An input that ticks."""

    name: Spanned[str]
    spec: Spanned[str]  # as Pachyderm takes it: five fields or a word with its `@`
    overwrite: Spanned[bool] | None = None
    start: Spanned[str] | None = None  # RFC 3339
    repo: Spanned[str] | None = None
    span: Span


class OperatorKind(Enum):
    """The four combinations of Pachyderm."""

    JOIN = "join"
    CROSS = "cross"
    UNION = "union"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A combination that the author wrote out."""

    kind: OperatorKind
    items: tuple[Item, ...]
    each: tuple[Spanned[str], ...] | None = None  # of a `group` only
    span: Span


Leaf: TypeAlias = PfsLeaf | CronLeaf
Item: TypeAlias = PfsLeaf | CronLeaf | Operator


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a stage reads (`from`), and what one datum is (`each`; None: not written)."""

    items: tuple[Item, ...]
    each: tuple[Spanned[str], ...] | None = None
    each_span: Span | None = None
    span: Span


# --- hardware -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Generic[T]):
    """A request (`low`), a limit (`high`), or both."""

    low: Spanned[T] | None = None
    high: Spanned[T] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What one container asks for and may use: cores, and Kubernetes quantities of bytes."""

    cpu: Range[Decimal] = Range()
    memory: Range[str] = Range()
    disk: Range[str] = Range()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """Whole devices of one kind, e.g. `nvidia.com/gpu`."""

    type: Spanned[str]
    count: Spanned[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toleration:
    """A Kubernetes toleration in the spelling of Pachyderm's enums; no effect means all."""

    key: Spanned[str] | None
    operator: Spanned[str]
    value: Spanned[str] | None = None
    effect: Spanned[str] | None = None
    seconds: Spanned[int] | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """A hardware class with everything it extends laid under it."""

    worker: Resources = Resources()
    sidecar: Resources = Resources()
    gpu: Gpu | None = None
    nodes: tuple[tuple[Spanned[str], Spanned[str]], ...] | None = None
    priority: Spanned[str] | None = None
    tolerations: tuple[Toleration, ...] | None = None
    shm: Spanned[str | bool] | None = None  # a quantity, or True for no limit of its own
    classes: tuple[Spanned[str], ...] = ()  # the names in the chain, nearest first


# --- stages -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program and its arguments, run without a shell; `split` if they were written as a text."""

    words: tuple[Spanned[str], ...]
    span: Span
    split: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A text for a shell; the shell's own words stand before it."""

    shell: tuple[Spanned[str], ...]
    text: Spanned[str]
    span: Span


Run: TypeAlias = Command | Script


@dataclass(frozen=True, slots=True, kw_only=True)
class OnError:
    """What runs after a failing attempt."""

    run: Run
    stdin: tuple[Spanned[str], ...] | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A Kubernetes secret as a variable, a folder, or both."""

    name: Spanned[str]
    key: Spanned[str] | None = None
    env_var: Spanned[str] | None = None
    mount_path: Spanned[str] | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DatumsPerSet:
    """How datums are cut into sets; exactly one is set."""

    count: Spanned[int] | None = None
    size_bytes: Spanned[int] | None = None
    per_worker: Spanned[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlEgress:
    """`egress: URL`."""

    url: Spanned[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectEgress:
    """`egress: {objects: URL}`."""

    url: Spanned[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlEgress:
    """`egress: {sql: …}`."""

    url: Spanned[str]
    format: Spanned[str] | None = None  # CSV or JSON
    columns: tuple[Spanned[str], ...] | None = None
    secret: tuple[Spanned[str], Spanned[str]] | None = None  # its name, its key


Egress: TypeAlias = UrlEgress | ObjectEgress | SqlEgress


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A long-running service."""

    port: Spanned[int] | None = None
    external: Spanned[int] | None = None
    type: Spanned[str] | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Spout:
    """A source without inputs."""

    service: Service | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One pipeline. None means: not written."""

    name: Spanned[str]
    about: Spanned[str] | None = None
    image: Spanned[str] | None = None
    run: Run | None = None
    stdin: tuple[Spanned[str], ...] | None = None
    inputs: Inputs | None = None
    writes: tuple[Spanned[Pattern], ...] = ()
    env: tuple[tuple[Spanned[str], Spanned[str]], ...] = ()
    secrets: tuple[Secret, ...] | None = None
    pull_secrets: tuple[Spanned[str], ...] | None = None
    hardware: Hardware | None = None
    workers: Spanned[int] | None = None
    autoscale: Spanned[bool] | None = None
    datums_per_set: DatumsPerSet | None = None
    batch: Spanned[bool] | None = None
    workdir: Spanned[str] | None = None
    user: Spanned[str] | None = None
    tries: Spanned[int] | None = None
    datum_timeout: Spanned[str] | None = None  # seconds with `s`, as emitted
    job_timeout: Spanned[str] | None = None
    accept_codes: tuple[Spanned[int], ...] | None = None
    on_error: OnError | None = None
    output_branch: Spanned[str] | None = None
    egress: Egress | None = None
    s3_out: Spanned[bool] | None = None
    service: Service | None = None
    spout: Spout | None = None
    reprocess_when: Spanned[str] | None = None
    labels: tuple[tuple[Spanned[str], Spanned[str]], ...] | None = None
    annotations: tuple[tuple[Spanned[str], Spanned[str]], ...] | None = None
    local_pfs: Spanned[str] | None = None
    spec: YamlMapping | None = None  # raw fields, laid over what is emitted
    span: Span  # the stage's key


# --- the document -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Repo:
    """A source of data."""

    name: Spanned[str]
    about: Spanned[str] | None = None
    files: tuple[Spanned[Pattern], ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalImage:
    """What stands for an image on this machine; paths relative to the document."""

    image: Spanned[str]
    dir: Spanned[str] | None = None
    env: tuple[tuple[Spanned[str], Spanned[str]], ...] = ()
    path: tuple[Spanned[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dag:
    """One document."""

    dag: Spanned[str] | None  # as written: the owner mark needs it
    title: str  # `dag`, else the file's stem
    about: Spanned[str] | None = None
    project: Spanned[str] | None = None
    repos: tuple[Repo, ...] = ()
    stages: tuple[Stage, ...] = ()  # in the order of the document
    params: Mapping[str, Spanned[str]] = field(default_factory=dict)  # filled ones
    images: tuple[LocalImage, ...] = ()
    span: Span
