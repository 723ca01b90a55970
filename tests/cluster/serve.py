# ruff: noqa: E501 - tables of fields
"""The stand-in behind gRPC on a loopback port, as the real one is reached."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from functools import cache
from typing import Any

from bcdslc.cluster.wire import pure_protobuf
from cluster.stand_in import Refused, StandIn

pure_protobuf()
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import grpc
    from google.protobuf import (
        descriptor_pb2,
        descriptor_pool,
        json_format,
        message_factory,
        wrappers_pb2,
    )
    from python_pachyderm.proto.v2.pfs import pfs_pb2
    from python_pachyderm.proto.v2.pps import pps_pb2
    from python_pachyderm.proto.v2.transaction import transaction_pb2
    from python_pachyderm.proto.v2.version.versionpb import version_pb2

TEXT, FLAG = 9, 8
LATER = {  # messages that the package lacks, declared here a second time on purpose
    "CreatePipelineV2Request": [
        ("create_pipeline_request_json", 1, TEXT, "createPipelineRequestJson"),
        ("dry_run", 2, FLAG, "dryRun"),
        ("update", 3, FLAG, "update"),
        ("reprocess", 4, FLAG, "reprocess"),
    ],
    "CreatePipelineV2Response": [
        ("effective_json", 1, TEXT, "effectiveCreatePipelineRequestJson"),
    ],
    "ClusterDefaults": [("text", 2, TEXT, "clusterDefaultsJson")],
    "ProjectDefaults": [("text", 1, TEXT, "projectDefaultsJson")],
}


@cache
def _later() -> dict[str, Any]:
    """Return classes: the later messages, and the package's with what was added to them."""
    pool = descriptor_pool.DescriptorPool()
    added: set[str] = set()

    def add(file: Any) -> None:
        if file.name in added:
            return
        added.add(file.name)
        for needed in file.dependencies:
            add(needed)
        proto = descriptor_pb2.FileDescriptorProto()
        file.CopyToProto(proto)
        if file.name.endswith("/transaction.proto"):
            inside = proto.message_type.add(name="CreatePipelineTransaction")
            inside.field.add(name="create_pipeline_request", number=1, label=1, type=11,
                             type_name=".pps_v2.CreatePipelineRequest",
                             json_name="createPipelineRequest")  # fmt: skip
            for name, number, spelled in (("user_json", 2, "userJson"),
                                          ("effective_json", 3, "effectiveJson")):  # fmt: skip
                inside.field.add(name=name, number=number, label=1, type=TEXT, json_name=spelled)
            for message in proto.message_type:
                if message.name == "TransactionRequest":
                    message.field.add(name="create_pipeline_v2", number=11, label=1, type=11,
                                      type_name=".transaction_v2.CreatePipelineTransaction",
                                      json_name="createPipelineV2")  # fmt: skip
        if file.name.endswith("/pps.proto"):
            for message in proto.message_type:
                if message.name == "PipelineInfo":
                    for field in list(message.field):
                        if field.number == 13:
                            message.field.remove(field)
                    for name, number, spelled in (("user_spec_json", 13, "userSpecJson"),
                                                  ("effective_spec_json", 14, "effectiveSpecJson")):  # fmt: skip
                        message.field.add(name=name, number=number, label=1, type=TEXT,
                                          json_name=spelled)  # fmt: skip
                if message.name == "CreatePipelineRequest":
                    message.field.add(name="maximum_expected_uptime", number=39, label=1, type=11,
                                      type_name=".google.protobuf.Duration",
                                      json_name="maximumExpectedUptime")  # fmt: skip
                if message.name == "PFSInput":
                    message.field.add(name="propagation_spec", number=15, label=1, type=11,
                                      type_name=".pps_v2.PropagationSpec",
                                      json_name="propagationSpec")  # fmt: skip
                    message.field.add(name="reference", number=16, label=1, type=FLAG,
                                      json_name="reference")  # fmt: skip
            inside = proto.message_type.add(name="PropagationSpec")
            inside.field.add(name="never", number=1, label=1, type=FLAG, json_name="never")
        pool.Add(proto)

    add(transaction_pb2.DESCRIPTOR)
    file = descriptor_pb2.FileDescriptorProto(name="later.proto", package="later", syntax="proto3")
    for name, fields in LATER.items():
        message = file.message_type.add(name=name)
        for field, number, kind, spelled in fields:
            message.field.add(name=field, number=number, type=kind, label=1, json_name=spelled)
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    names = [f"later.{name}" for name in LATER]
    names += ["transaction_v2.BatchTransactionRequest", "pps_v2.PipelineInfo"]
    names += ["pps_v2.CreatePipelineRequest"]
    return {
        n.rpartition(".")[2]: factory.GetPrototype(pool.FindMessageTypeByName(n)) for n in names
    }


def _table() -> dict[str, dict[str, tuple[Any, Any, bool]]]:
    """Return service, method: request, answer, and whether it streams."""
    from google.protobuf import empty_pb2

    later, empty = _later(), empty_pb2.Empty
    of_transaction = transaction_pb2.FinishTransactionRequest
    return {
        "versionpb_v2.API": {"GetVersion": (empty, version_pb2.Version, False)},
        "pfs_v2.API": {
            "CreateProject": (pfs_pb2.CreateProjectRequest, empty, False),
            "InspectProject": (pfs_pb2.InspectProjectRequest, pfs_pb2.ProjectInfo, False),
            "ListRepo": (pfs_pb2.ListRepoRequest, pfs_pb2.RepoInfo, True),
            "InspectRepo": (pfs_pb2.InspectRepoRequest, pfs_pb2.RepoInfo, False),
            "CreateRepo": (pfs_pb2.CreateRepoRequest, empty, False),
            "ListBranch": (pfs_pb2.ListBranchRequest, pfs_pb2.BranchInfo, True),
            "GetFile": (pfs_pb2.GetFileRequest, wrappers_pb2.BytesValue, True),
            "WalkFile": (pfs_pb2.WalkFileRequest, pfs_pb2.FileInfo, True),
            "InspectCommit": (pfs_pb2.InspectCommitRequest, pfs_pb2.CommitInfo, False),
            "DeleteRepo": (pfs_pb2.DeleteRepoRequest, empty, False),
        },
        "pps_v2.API": {
            "ListPipeline": (pps_pb2.ListPipelineRequest, later["PipelineInfo"], True),
            "InspectPipeline": (pps_pb2.InspectPipelineRequest, later["PipelineInfo"], False),
            "ListJob": (pps_pb2.ListJobRequest, pps_pb2.JobInfo, True),
            "DeletePipeline": (pps_pb2.DeletePipelineRequest, empty, False),
            "StopPipeline": (pps_pb2.StopPipelineRequest, empty, False),
            "StartPipeline": (pps_pb2.StartPipelineRequest, empty, False),
            "GetClusterDefaults": (empty, later["ClusterDefaults"], False),
            "GetProjectDefaults": (pfs_pb2.InspectProjectRequest, later["ProjectDefaults"], False),
            "CreatePipeline": (later["CreatePipelineRequest"], empty, False),
            "CreatePipelineV2": (
                later["CreatePipelineV2Request"],
                later["CreatePipelineV2Response"],
                False,
            ),
        },
        "transaction_v2.API": {
            "StartTransaction": (empty, transaction_pb2.Transaction, False),
            "FinishTransaction": (of_transaction, transaction_pb2.TransactionInfo, False),
            "DeleteTransaction": (of_transaction, empty, False),
            "BatchTransaction": (
                later["BatchTransactionRequest"],
                transaction_pb2.TransactionInfo,
                False,
            ),
        },
    }


@contextmanager
def serving(stand_in: StandIn) -> Iterator[str]:
    """Serve a stand-in; yield its address."""
    server = grpc.server(
        futures.ThreadPoolExecutor(4),
        options=[("grpc.max_receive_message_length", 20 * 1024 * 1024)],
    )
    for service, methods in _table().items():
        handlers = {
            name: _handler(stand_in, f"{service}/{name}", *types) for name, types in methods.items()
        }
        if service == "pfs_v2.API":
            handlers["ModifyFile"] = _modify(stand_in)
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"grpc://127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


def _handler(stand_in: StandIn, call: str, request: Any, answer: Any, streams: bool) -> Any:
    def run(message: Any, context: Any) -> Any:
        metadata = dict(context.invocation_metadata())
        try:
            said = stand_in.call(call, json_format.MessageToDict(message), metadata)
        except Refused as refused:
            context.abort(getattr(grpc.StatusCode, refused.code), refused.text)
        many = said if streams else [said]
        return [
            json_format.ParseDict(_timeless(e), answer(), ignore_unknown_fields=True) for e in many
        ]

    def stream(message: Any, context: Any) -> Iterator[Any]:
        left, stand_in.cut_after = stand_in.cut_after, None
        for number, each in enumerate(run(message, context)):
            if number == left:
                context.abort(grpc.StatusCode.UNAVAILABLE, "Connection reset by peer")
            yield each

    if streams:
        return grpc.unary_stream_rpc_method_handler(
            stream, request.FromString, answer.SerializeToString
        )
    return grpc.unary_unary_rpc_method_handler(
        lambda m, c: run(m, c)[0], request.FromString, answer.SerializeToString
    )


def _modify(stand_in: StandIn) -> Any:
    from google.protobuf import empty_pb2

    def run(messages: Any, context: Any) -> Any:
        metadata = dict(context.invocation_metadata())
        inside = [json_format.MessageToDict(message) for message in messages]
        try:
            stand_in.call("pfs_v2.API/ModifyFile", inside, metadata)
        except Refused as refused:
            context.abort(getattr(grpc.StatusCode, refused.code), refused.text)
        return empty_pb2.Empty()

    return grpc.stream_unary_rpc_method_handler(
        run, pfs_pb2.ModifyFileRequest.FromString, empty_pb2.Empty.SerializeToString
    )


def _timeless(value: Any) -> Any:
    """Return an answer without the times that stand for nothing."""
    if isinstance(value, dict):
        return {key: _timeless(each) for key, each in value.items() if each != "<time>"}
    return [_timeless(each) for each in value] if isinstance(value, list) else value
