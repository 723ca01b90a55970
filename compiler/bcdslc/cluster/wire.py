"""The few messages of Pachyderm that we need, declared by field number.

Only numbers and types count on the wire, so these serve every server version, and what is not
declared (a pipeline's own token, for one) is never read. pachyderm: src/pps/pps.proto,
src/pfs/pfs.proto, src/transaction/transaction.proto, src/version/versionpb/version.proto.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from types import SimpleNamespace
from typing import Any

PACKAGE = "bcdsl_wire"
_SCALARS = {"string": 9, "bool": 8, "bytes": 12, "int64": 3, "uint64": 4, "uint32": 13}
_MESSAGE, _ONE, _MANY = 11, 1, 3

# message: name, number and type of each field; `*` repeats
MESSAGES: dict[str, tuple[tuple[str, int, str], ...]] = {
    "Empty": (),
    "Version": (("major", 1, "uint32"), ("minor", 2, "uint32")),
    "Project": (("name", 1, "string"),),
    "Repo": (("name", 1, "string"), ("type", 2, "string"), ("project", 3, "Project")),
    "OfProject": (("project", 1, "Project"),),
    "OfRepo": (("repo", 1, "Repo"),),
    "ListRepo": (("type", 1, "string"), ("projects", 2, "*Project")),
    "Pipeline": (("name", 1, "string"), ("project", 2, "Project")),
    "PipelineInfo": (
        ("pipeline", 1, "Pipeline"),
        ("version", 2, "uint64"),
        ("spec_commit", 3, "AtCommit"),
        ("stopped", 4, "bool"),
        ("state", 5, "uint32"),
        ("reason", 6, "string"),
        ("details", 12, "bytes"),
        ("effective_spec_json", 14, "string"),
    ),
    "Time": (("seconds", 1, "int64"), ("nanos", 2, "uint32")),
    "Job": (("pipeline", 1, "Pipeline"), ("id", 2, "string")),
    "JobInfo": (
        ("job", 1, "Job"),
        ("pipeline_version", 2, "uint64"),
        ("data_processed", 5, "int64"),
        ("data_skipped", 6, "int64"),
        ("data_total", 7, "int64"),
        ("data_failed", 8, "int64"),
        ("data_recovered", 9, "int64"),
        ("state", 11, "uint32"),
        ("reason", 12, "string"),
        ("created", 13, "Time"),
        ("started", 14, "Time"),
        ("finished", 15, "Time"),
    ),
    "ListJob": (
        ("pipeline", 1, "Pipeline"),
        ("history", 4, "int64"),
        ("projects", 7, "*Project"),
    ),
    "Branch": (("repo", 1, "Repo"), ("name", 2, "string")),
    "AtCommit": (("branch", 1, "Branch"), ("id", 2, "string"), ("repo", 3, "Repo")),
    "BranchInfo": (("branch", 1, "Branch"), ("head", 2, "AtCommit")),
    "File": (("commit", 1, "AtCommit"), ("path", 2, "string")),
    "OfFile": (("file", 1, "File"),),
    "FileInfo": (
        ("file", 1, "File"),
        ("file_type", 2, "uint32"),
        ("size_bytes", 4, "int64"),
        ("hash", 5, "bytes"),
    ),
    "Bytes": (("value", 1, "bytes"),),
    "AddFile": (("path", 1, "string"), ("raw", 3, "Bytes")),
    "DeleteFile": (("path", 1, "string"),),
    "ModifyFile": (
        ("set_commit", 1, "AtCommit"),
        ("add_file", 2, "AddFile"),
        ("delete_file", 3, "DeleteFile"),
    ),
    "InspectCommit": (("commit", 1, "AtCommit"), ("wait", 2, "uint32")),
    "CommitInfo": (("commit", 1, "AtCommit"), ("error", 10, "string")),
    "ListPipeline": (("details", 3, "bool"), ("projects", 6, "*Project")),
    "InspectPipeline": (("pipeline", 1, "Pipeline"), ("details", 2, "bool")),
    "OfPipeline": (("pipeline", 1, "Pipeline"),),
    "ClusterDefaults": (("cluster_defaults_json", 2, "string"),),
    "ProjectDefaults": (("project_defaults_json", 1, "string"),),
    "CreatePipelineV2": (
        ("create_pipeline_request_json", 1, "string"),
        ("dry_run", 2, "bool"),
        ("update", 3, "bool"),
        ("reprocess", 4, "bool"),
    ),
    "Effective": (("effective_create_pipeline_request_json", 1, "string"),),
    "Transaction": (("id", 1, "string"),),
    "OfTransaction": (("transaction", 1, "Transaction"),),
    "CreateInBatch": (
        ("create_pipeline_request", 1, "bytes"),
        ("user_json", 2, "string"),
        ("effective_json", 3, "string"),
    ),
    "InBatch": (("create_repo", 1, "OfRepo"), ("create_pipeline_v2", 11, "CreateInBatch")),
    "Batch": (("requests", 1, "*InBatch"),),
}


def pure_protobuf() -> None:
    """Choose protobuf's Python implementation before its first import.

    The client's generated code is of the old style, which newer releases load only so.
    """
    if "google.protobuf" not in sys.modules:
        os.environ.setdefault("PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION", "python")


@cache
def wire() -> Any:
    """Return the message classes by name."""
    pure_protobuf()
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # `utcfromtimestamp` in protobuf 3.20
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    file = descriptor_pb2.FileDescriptorProto(
        name="bcdsl_wire.proto", package=PACKAGE, syntax="proto3"
    )
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind in fields:
            bare = kind.lstrip("*")
            label = _MANY if kind.startswith("*") else _ONE
            added = message.field.add(name=field, number=number, label=label)
            added.type = _SCALARS.get(bare, _MESSAGE)
            if bare not in _SCALARS:
                added.type_name = f".{PACKAGE}.{bare}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    make = getattr(message_factory, "GetMessageClass", None) or (
        message_factory.MessageFactory(pool).GetPrototype
    )
    return SimpleNamespace(
        **{name: make(pool.FindMessageTypeByName(f"{PACKAGE}.{name}")) for name in MESSAGES}
    )


def type_name(number: int, names: tuple[str, ...]) -> str:
    """Return the name of an enum's number."""
    return names[number] if number < len(names) else names[0]


PIPELINE_STATES = (
    "PIPELINE_STATE_UNKNOWN",
    "PIPELINE_STARTING",
    "PIPELINE_RUNNING",
    "PIPELINE_RESTARTING",
    "PIPELINE_FAILURE",
    "PIPELINE_PAUSED",
    "PIPELINE_STANDBY",
    "PIPELINE_CRASHING",
)
JOB_STATES = (
    "JOB_STATE_UNKNOWN",
    "JOB_CREATED",
    "JOB_STARTING",
    "JOB_RUNNING",
    "JOB_FAILURE",
    "JOB_SUCCESS",
    "JOB_KILLED",
    "JOB_EGRESSING",
    "JOB_FINISHING",
    "JOB_UNRUNNABLE",
)
