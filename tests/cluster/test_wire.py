"""Our messages and calls against the client package's: its protos are those of 2.7.

What came later stands in `LATER`, with where it is known from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bcdslc.cluster import calls, repo_files, request_message
from bcdslc.cluster.calls import CALLS, RAW, Call
from bcdslc.cluster.wire import JOB_STATES, MESSAGES, PIPELINE_STATES, pure_protobuf

pure_protobuf()
pytest.importorskip("python_pachyderm")

BEHAVIOUR = "reference/cluster-behaviour.md"
RECORDED = "conformance/cluster"
# what the package lacks: the name that we give it, number, type; and who tells of it
LATER: dict[str, tuple[tuple[tuple[str, int, str], ...], str]] = {
    "CreatePipelineV2": (
        (
            ("create_pipeline_request_json", 1, "string"),
            ("dry_run", 2, "bool"),
            ("update", 3, "bool"),
            ("reprocess", 4, "bool"),
        ),
        f"{BEHAVIOUR}: (fields: 1 text, 2 dry run, 3 update, 4 reprocess)",
    ),
    "Effective": (
        (("effective_create_pipeline_request_json", 1, "string"),),
        f"{BEHAVIOUR}: the answer's field 1 is the",
    ),
    "ClusterDefaults": (
        (("cluster_defaults_json", 2, "string"),),
        f"{BEHAVIOUR}: `GetClusterDefaultsResponse.cluster_defaults_json` = 2",
    ),
    "ProjectDefaults": (
        (("project_defaults_json", 1, "string"),),
        f"{BEHAVIOUR}: `GetProjectDefaultsResponse.project_defaults_json` = 1",
    ),
    "PipelineInfo": (
        (("effective_spec_json", 14, "string"),),
        f"{BEHAVIOUR}: `effectiveSpecJson` (14)",
    ),
    "InBatch": (
        (("create_pipeline_v2", 11, "CreateInBatch"),),
        f"{BEHAVIOUR}: `TransactionRequest.create_pipeline_v2` = 11",
    ),
    "CreateInBatch": (
        (
            ("create_pipeline_request", 1, "bytes"),
            ("user_json", 2, "string"),
            ("effective_json", 3, "string"),
        ),
        f"{BEHAVIOUR}: `CreatePipelineTransaction {{1 create_pipeline_request, 2 user_json, "
        "3 effective_json,",
    ),
}
LATER_CALLS = {
    "pps_v2.API/CreatePipelineV2": "reference/editor-and-clients.md: Calls that 7.6.0 lacks: "
    "`CreatePipelineV2`",
    "pps_v2.API/GetClusterDefaults": "reference/editor-and-clients.md: `Get/SetClusterDefaults`",
    "pps_v2.API/GetProjectDefaults": "reference/editor-and-clients.md: `Get/SetProjectDefaults`",
}
# messages that we hand on without looking inside
OPAQUE = {("PipelineInfo", "details"): "pps_v2.PipelineInfo.Details"}
SAME_ON_THE_WIRE = {  # types of a field that a server reads and writes as one
    "string": {9},
    "bool": {8},
    "bytes": {12},
    "int64": {3},
    "uint64": {4},
    "uint32": {13, 14, 5},  # enums and small numbers are the same varints
}
NO_RECORD = {
    "pfs_v2.API/InspectProject": "asked only of a project of which nothing is listed",
    "pfs_v2.API/InspectRepo": "asked only of a repo that is not listed",
    "pfs_v2.API/GetFile": "no other call gives a file as it is; GetFileTAR wraps it",
    "pps_v2.API/CreatePipeline": "what servers before 2.8 have; all recordings are of 2.12",
}


@cache
def services() -> dict[str, tuple[Any, Any]]:
    """Return path: input and output descriptor of all calls of the package, and the streams."""
    from google.protobuf import descriptor_pb2
    from python_pachyderm.proto.v2.pfs import pfs_pb2
    from python_pachyderm.proto.v2.pps import pps_pb2
    from python_pachyderm.proto.v2.transaction import transaction_pb2
    from python_pachyderm.proto.v2.version.versionpb import version_pb2

    found = {}
    for module in (pfs_pb2, pps_pb2, transaction_pb2, version_pb2):
        file = descriptor_pb2.FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(file)
        streams = {
            method.name: (method.client_streaming, method.server_streaming)
            for service in file.service
            for method in service.method
        }
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                found[f"{service.full_name}/{method.name}"] = (method, streams[method.name])
    return found


def wrong(ours: str, theirs: Any, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what differs between a message of ours and the package's."""
    later = {name for name, _, _ in LATER.get(ours, ((), ""))[0]}
    for name, number, kind in MESSAGES[ours]:
        place = f"{ours}.{name} = {number} against {theirs.full_name}"
        field = theirs.fields_by_number.get(number)
        bare = kind.lstrip("*")
        if name in later:
            if field is not None and field.name == name:
                yield f"{place}: the package has it"
            continue
        if field is None:
            yield f"{place}: there is no such field"
            continue
        if field.name != name:
            yield f"{place}: it is `{field.name}`"
        if (field.label == field.LABEL_REPEATED) != kind.startswith("*"):
            yield f"{place}: one is a list, the other is not"
        if (ours, name) in OPAQUE:
            inside = field.message_type
            if inside is None or inside.full_name != OPAQUE[ours, name]:
                yield f"{place}: what we hand on is another message"
        elif bare in SAME_ON_THE_WIRE:
            if field.type not in SAME_ON_THE_WIRE[bare]:
                yield f"{place}: type {field.type} is no {bare}"
        elif field.message_type is None:
            yield f"{place}: it is no message"
        elif ours not in seen:
            yield from wrong(bare, field.message_type, seen | {ours})


def wrong_in(call: Call) -> Iterator[str]:
    """Yield what differs between a call of ours and the package's."""
    found = services().get(call.path)
    if call.path in LATER_CALLS:
        if found is not None:
            yield f"{call.path}: the package has it"
        return
    if found is None:
        yield f"{call.path}: there is no such call"
        return
    method, streams = found
    if streams != (call.takes_many, call.gives_many):
        yield f"{call.path}: {streams} streams"
    if call.takes == RAW:
        if method.input_type.full_name != "pps_v2.CreatePipelineRequest":
            yield f"{call.path}: it takes {method.input_type.full_name}"
    else:
        yield from wrong(call.takes, method.input_type)
    yield from wrong(call.gives, method.output_type)


@pytest.mark.parametrize("call", sorted(set(CALLS), key=str), ids=lambda call: str(call.name))
def test_every_call_is_the_packages(call: Call) -> None:
    """Path, streams, and every field of request and answer, by number, name, type and label."""
    assert list(wrong_in(call)) == []


def test_a_difference_is_seen() -> None:
    """A field moved by one, another name, type, list or stream, each is noticed."""
    pick = services()["pps_v2.API/InspectPipeline"][0].input_type
    original = MESSAGES["InspectPipeline"]
    for spoilt, said in (
        (("details", 1, "bool"), "it is `pipeline`"),
        (("details", 2, "string"), "is no string"),
        (("details", 2, "*bool"), "one is a list"),
        (("detail", 2, "bool"), "it is `details`"),
        (("details", 9, "bool"), "no such field"),
        (("details", 2, "Project"), "it is no message"),
    ):
        MESSAGES["InspectPipeline"] = (original[0], spoilt)
        try:
            assert said in " ".join(wrong("InspectPipeline", pick)), spoilt
        finally:
            MESSAGES["InspectPipeline"] = original
    assert list(wrong_in(Call(path="pps_v2.API/ListJob", takes="ListJob", gives="JobInfo")))
    assert list(wrong_in(Call(path="pps_v2.API/ListJobs", takes="ListJob", gives="JobInfo")))
    assert list(wrong_in(Call(path="pps_v2.API/StopJob", takes=RAW, gives="Empty")))


def test_later_fields_are_as_the_reference_says(shared: Path) -> None:
    """Each field that the package lacks is declared as noted, and the reference says the note."""
    for message, (fields, source) in LATER.items():
        for field in fields:
            assert field in MESSAGES[message]
        _said(source, shared)
    for source in LATER_CALLS.values():
        _said(source, shared)
    uptime = request_message.LATER["CreatePipelineRequest"][0]
    assert uptime[:2] == ("maximum_expected_uptime", 39)
    _said("reference/editor-and-clients.md: **`maximum_expected_uptime`** (39)", shared)


def _said(source: str, shared: Path) -> None:
    name, _, words = source.partition(": ")
    text = " ".join((shared / name).read_text(encoding="utf-8").split())
    assert " ".join(words.split()) in text, source


def test_later_fields_of_a_spec_go_into_its_message() -> None:
    """Each has a number that the package leaves free, and comes out as it went in."""
    from python_pachyderm.proto.v2.pps import pps_pb2

    for name, fields in request_message.LATER.items():
        theirs = pps_pb2.DESCRIPTOR.message_types_by_name.get(name)
        for _, number, _ in fields if theirs is not None else ():
            assert number not in theirs.fields_by_number
    pfs = {"repo": "r", "glob": "/", "reference": True, "propagationSpec": {"never": True}}
    spec = {"pipeline": {"name": "p"}, "input": {"pfs": pfs}, "maximumExpectedUptime": "60s"}
    sent = request_message.request_bytes(spec, update=False, reprocess=False)
    assert sent is not None
    assert bytes([15 << 3 | 2, 2, 1 << 3, 1]) + bytes([(16 << 3) & 127 | 128, 1, 1]) in sent
    assert request_message.request_bytes({"later": 1}, update=False, reprocess=False) is None


def test_every_message_is_checked() -> None:
    """No message is declared that no call uses."""
    used, todo = set(), [name for call in CALLS for name in (call.takes, call.gives)]
    while todo:
        name = todo.pop()
        if name != RAW and name not in used:
            used.add(name)
            todo += [
                kind.lstrip("*") for _, _, kind in MESSAGES[name] if kind.lstrip("*") in MESSAGES
            ]
    assert used == set(MESSAGES)


def test_every_call_is_in_the_table(root: Path) -> None:
    """No path of a method is written anywhere else, and each call of the table is made."""
    folder = root / "compiler" / "bcdslc"
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    where = {path.name for path, text in texts.items() if re.search(r"_v2\.API/|pb_v2\.API/", text)}
    assert where == {"calls.py"}
    constants = {name for name, value in vars(calls).items() if isinstance(value, Call)}
    assert {getattr(calls, name) for name in constants} == set(CALLS)
    made = set(re.findall(r"calls\.([A-Z_]+)\b", "".join(texts.values())))
    assert constants <= made


def test_names_of_enums() -> None:
    """States and kinds have the package's numbers."""
    from python_pachyderm.proto.v2.pfs import pfs_pb2
    from python_pachyderm.proto.v2.pps import pps_pb2

    assert list(JOB_STATES) == pps_pb2.JobState.keys()
    assert list(PIPELINE_STATES) == pps_pb2.PipelineState.keys()
    assert pfs_pb2.FileType.Value("FILE") == repo_files.FILE
    assert pfs_pb2.CommitState.Value("FINISHED") == repo_files.FINISHED


def test_only_what_reads_is_asked_again() -> None:
    """Of the repeatable calls all read, but a dry run and the deletion of a transaction."""
    known = ("Get", "Inspect", "List", "Walk")
    others = {call for call in CALLS if call.repeatable and not call.name.startswith(known)}
    assert others == {calls.DRY_RUN, calls.FORGET}
    assert not [each for each in CALLS if not each.repeatable and each.name.startswith(known)]


def test_every_call_has_an_end() -> None:
    """Each call has a deadline of its own."""
    assert all(0 < call.seconds <= 600 for call in CALLS)


def test_what_we_call_was_recorded(shared: Path) -> None:
    """Every call was recorded from a real server, or stands here with the reason."""
    texts = [p.read_text(encoding="utf-8") for p in (shared / RECORDED).glob("*.jsonl")]
    recorded = set(re.findall(r'^\{"call": "([^"]+)"', "\n".join(texts), re.MULTILINE))
    assert {call.path for call in CALLS} - recorded == set(NO_RECORD)
