"""Between a spec's JSON value and the messages that python-pachyderm declares.

Its protos are those of 2.7; the later fields are added here. A spec with another field cannot go
into a batch.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from bcdslc.cluster.wire import pure_protobuf

# message: fields that came later, with number and type; pachyderm: src/pps/pps.proto of 2.12
LATER = {
    "CreatePipelineRequest": (("maximum_expected_uptime", 39, ".google.protobuf.Duration"),),
    "PFSInput": (
        ("propagation_spec", 15, ".pps_v2.PropagationSpec"),
        ("reference", 16, "bool"),
    ),
    "PropagationSpec": (("never", 1, "bool"),),
}
PPS = "/pps/pps.proto"
_BOOL, _MESSAGE = 8, 11


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
        if file.name.endswith(PPS):
            _add_later(proto)
        pool.Add(proto)

    add(pps_pb2.DESCRIPTOR)
    make = getattr(message_factory, "GetMessageClass", None) or (
        message_factory.MessageFactory(pool).GetPrototype
    )
    return lambda name: make(pool.FindMessageTypeByName(f"pps_v2.{name}"))


def _add_later(file: Any) -> None:
    known = {message.name: message for message in file.message_type}
    for name, fields in LATER.items():
        message = known.get(name) or file.message_type.add(name=name)
        for field, number, kind in fields:
            added = message.field.add(name=field, number=number, label=1, json_name=camel(field))
            added.type = _BOOL if kind == "bool" else _MESSAGE
            if kind != "bool":
                added.type_name = kind


def camel(name: str) -> str:
    """Return a field's name as JSON spells it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
