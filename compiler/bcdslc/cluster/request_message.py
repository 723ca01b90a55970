"""Between a spec's JSON value and the messages that python-pachyderm declares.

Its protos are those of 2.7. The one later field whose number is known is added here; a spec
with another cannot go into a batch.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from bcdslc.cluster.wire import pure_protobuf

UPTIME = ("maximum_expected_uptime", 39)  # since 2.9
PPS = "python_pachyderm/proto/v2/pps/pps.proto"


def request_bytes(spec: dict[str, Any], *, update: bool, reprocess: bool) -> bytes | None:
    """Return a spec as a serialized CreatePipelineRequest, or None if a field is not declared."""
    from google.protobuf import json_format

    message = _classes()("CreatePipelineRequest")()
    try:
        json_format.ParseDict(spec, message)
    except json_format.ParseError:
        return None
    message.update = update
    message.reprocess = reprocess
    return bytes(message.SerializeToString())


def spec_of_details(details: bytes) -> dict[str, Any]:
    """Return the spec in a serialized PipelineInfo.Details: all that servers before 2.8 tell."""
    from google.protobuf import json_format

    message = _classes()("PipelineInfo.Details")()
    message.ParseFromString(details)
    return dict(json_format.MessageToDict(message))


@cache
def _classes() -> Any:
    pure_protobuf()
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
        from python_pachyderm.proto.v2.pps import pps_pb2
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
        if file.name == PPS:
            for message in proto.message_type:
                if message.name == "CreatePipelineRequest":
                    name, number = UPTIME
                    message.field.add(name=name, number=number, label=1, type=11,
                                      type_name=".google.protobuf.Duration",
                                      json_name="maximumExpectedUptime")  # fmt: skip
        pool.Add(proto)

    add(pps_pb2.DESCRIPTOR)
    make = getattr(message_factory, "GetMessageClass", None) or (
        message_factory.MessageFactory(pool).GetPrototype
    )
    return lambda name: make(pool.FindMessageTypeByName(f"pps_v2.{name}"))
