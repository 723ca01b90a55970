"""The calls that we make of a pachd: what each takes and gives, and which may be asked again.

The messages are those of `wire`. A call is repeatable if asking it twice leaves the cluster as
asking it once does, so that a lost connection is no reason to give up.
"""

from __future__ import annotations

from bcdsl.frozen import dataclass

USUAL = 30.0  # seconds
LIST = 120.0
CHANGE = 60.0
FILES = 600.0
RAW = "bytes"  # a CreatePipelineRequest that is serialized already


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method of a service.

    `takes` and `gives` name messages; `many` is what comes as a stream, in that direction.
    """

    path: str
    takes: str
    gives: str
    seconds: float = USUAL
    repeatable: bool = False
    takes_many: bool = False
    gives_many: bool = False

    @property
    def name(self) -> str:
        """The method's own name."""
        return self.path.rpartition("/")[2]


def _reads(path: str, takes: str, gives: str, seconds: float = USUAL) -> Call:
    return Call(path=path, takes=takes, gives=gives, seconds=seconds, repeatable=True)


def _lists(path: str, takes: str, gives: str, seconds: float = LIST) -> Call:
    return Call(
        path=path, takes=takes, gives=gives, seconds=seconds, repeatable=True, gives_many=True
    )


def _changes(path: str, takes: str, gives: str = "Empty", seconds: float = CHANGE) -> Call:
    return Call(path=path, takes=takes, gives=gives, seconds=seconds)


VERSION = _reads("versionpb_v2.API/GetVersion", "Empty", "Version")

INSPECT_PROJECT = _reads("pfs_v2.API/InspectProject", "OfProject", "OfProject")
CREATE_PROJECT = _changes("pfs_v2.API/CreateProject", "OfProject")
LIST_REPO = _lists("pfs_v2.API/ListRepo", "ListRepo", "OfRepo")
INSPECT_REPO = _reads("pfs_v2.API/InspectRepo", "OfRepo", "OfRepo")
CREATE_REPO = _changes("pfs_v2.API/CreateRepo", "OfRepo")
DELETE_REPO = _changes("pfs_v2.API/DeleteRepo", "OfRepo")

LIST_BRANCH = _lists("pfs_v2.API/ListBranch", "OfRepo", "BranchInfo", USUAL)
WALK_FILE = _lists("pfs_v2.API/WalkFile", "OfFile", "FileInfo", FILES)
GET_FILE = _lists("pfs_v2.API/GetFile", "OfFile", "Bytes", FILES)
MODIFY_FILE = Call(
    path="pfs_v2.API/ModifyFile", takes="ModifyFile", gives="Empty", seconds=FILES, takes_many=True
)
INSPECT_COMMIT = _reads("pfs_v2.API/InspectCommit", "InspectCommit", "CommitInfo", FILES)

LIST_PIPELINE = _lists("pps_v2.API/ListPipeline", "ListPipeline", "PipelineInfo")
INSPECT_PIPELINE = _reads("pps_v2.API/InspectPipeline", "InspectPipeline", "PipelineInfo")
LIST_JOB = _lists("pps_v2.API/ListJob", "ListJob", "JobInfo")
CLUSTER_DEFAULTS = _reads("pps_v2.API/GetClusterDefaults", "Empty", "ClusterDefaults")
PROJECT_DEFAULTS = _reads("pps_v2.API/GetProjectDefaults", "OfProject", "ProjectDefaults")
# One call of the server, but a dry run changes nothing and so may be asked again.
DRY_RUN = _reads("pps_v2.API/CreatePipelineV2", "CreatePipelineV2", "Effective")
CREATE_PIPELINE = _changes("pps_v2.API/CreatePipelineV2", "CreatePipelineV2", "Effective")
OLD_CREATE_PIPELINE = _changes("pps_v2.API/CreatePipeline", RAW)
STOP_PIPELINE = _changes("pps_v2.API/StopPipeline", "OfPipeline")
START_PIPELINE = _changes("pps_v2.API/StartPipeline", "OfPipeline")
DELETE_PIPELINE = _changes("pps_v2.API/DeletePipeline", "OfPipeline")

START = _changes("transaction_v2.API/StartTransaction", "Empty", "Transaction", USUAL)
FINISH = _changes("transaction_v2.API/FinishTransaction", "OfTransaction")
BATCH = _changes("transaction_v2.API/BatchTransaction", "Batch")
# A transaction that is gone is what was asked for, whichever of two calls did it.
FORGET = _reads("transaction_v2.API/DeleteTransaction", "OfTransaction", "Empty", 10.0)

CALLS = (
    VERSION, INSPECT_PROJECT, CREATE_PROJECT, LIST_REPO, INSPECT_REPO, CREATE_REPO, DELETE_REPO,
    LIST_BRANCH, WALK_FILE, GET_FILE, MODIFY_FILE, INSPECT_COMMIT, LIST_PIPELINE,
    INSPECT_PIPELINE, LIST_JOB, CLUSTER_DEFAULTS, PROJECT_DEFAULTS, DRY_RUN, CREATE_PIPELINE,
    OLD_CREATE_PIPELINE, STOP_PIPELINE, START_PIPELINE, DELETE_PIPELINE, START, FINISH, BATCH,
    FORGET,
)  # fmt: skip
