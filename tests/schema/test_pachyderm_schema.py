"""The schema of Pachyderm specs: fresh, well formed, and true to Pachyderm's own messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bcdslc.spec import message as messages
from bcdslc.spec.field import Kind, Shape, fields_of
from bcdslc.spec.schema import COPY, FILE, generate

SCHEMA = json.loads(generate())
VALIDATOR = Draft7Validator(SCHEMA)

NEWER = {  # fields that the client's 2.7 messages do not have yet
    "PfsInput.propagation_spec",
    "PfsInput.reference",
    "CreatePipelineRequest.maximum_expected_uptime",
}
OTHER_NAMES = {
    "EgressSecret": "SQLDatabaseEgress.Secret",
    "FileFormat": "SQLDatabaseEgress.FileFormat",
    "GpuSpec": "GPUSpec",
    "PfsInput": "PFSInput",
    "SqlDatabaseEgress": "SQLDatabaseEgress",
}
NEWER_MESSAGES = {"PropagationSpec"}
NOT_OURS = {"CreatePipelineRequest.details_json"}  # of a form that was used for restoring only


def test_the_files_are_fresh() -> None:
    """The packaged file and the copy at the root are what the table of fields says."""
    for path in (FILE, COPY):
        assert path.read_text(encoding="utf-8") == generate(), (
            "run `python -m bcdslc.spec.schema --write`"
        )


def test_it_is_a_schema() -> None:
    """The file follows the metaschema of draft 7."""
    Draft7Validator.check_schema(SCHEMA)


def test_it_takes_the_tutorial(shared: Path) -> None:
    """Pachyderm's own five specs pass, of which Pachyderm's own schema refuses three."""
    paths = sorted((shared / "conformance" / "tutorial").glob("*.json"))

    assert len(paths) == 7
    for path in paths:
        VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        ({"pipeline": {"name": "a"}, "transfrom": {}}, []),
        ({"transform": {"cmd": "ls -l"}}, ["transform", "cmd"]),
        ({"tolerations": [{"operator": "Exists"}]}, ["tolerations", 0, "operator"]),
        ({"jobTimeout": "5m"}, ["jobTimeout"]),
        ({"resourceRequests": {}, "resource_requests": {}}, []),
        ({"egress": {"objectStorage": {}, "sql_database": {}}}, ["egress"]),
        ({"input": {"join": [None]}}, ["input", "join", 0]),
        ({"parallelismSpec": {"constant": -1}}, ["parallelismSpec", "constant"]),
        ([], []),
    ],
)
def test_it_finds_mistakes_where_they_are(spec: Any, place: list[object]) -> None:
    """What pachctl or the server's parser would refuse fails at its own place."""
    errors = list(VALIDATOR.iter_errors(spec))

    assert errors
    assert place in [list(error.absolute_path) for error in errors]


def test_it_takes_what_the_parser_takes() -> None:
    """Numbers as text, nulls, the other spelling, a list of specs, a reference to the schema."""
    spec = {
        "$schema": "x",
        "pipeline": {"name": "a", "project": None},
        "datum_tries": "3",
        "resourceLimits": {"cpu": "0.5", "gpu": {"number": 1}},
        "input": {"pfs": {"joinOn": "$1", "outer_join": True}},
    }
    VALIDATOR.validate(spec)
    VALIDATOR.validate([spec, spec])


# --- against the client's descriptors -----------------------------------------------------


@pytest.fixture(scope="module")
def descriptors() -> dict[str, Any]:
    """Return the descriptors of Pachyderm's messages by name."""
    pps = pytest.importorskip("python_pachyderm.proto.v2.pps.pps_pb2")
    from python_pachyderm.proto.v2.pfs import pfs_pb2

    found: dict[str, Any] = {}
    for module in (pfs_pb2, pps):
        for name, descriptor in module.DESCRIPTOR.message_types_by_name.items():
            found[name] = descriptor
            for nested in descriptor.nested_types:
                found[f"{name}.{nested.name}"] = nested
    return found


def _named(descriptors: dict[str, Any], name: str) -> Any:
    return descriptors[OTHER_NAMES.get(name, name)]


def _classes() -> list[type]:
    return [
        kind
        for kind in vars(messages).values()
        if isinstance(kind, type)
        and kind.__module__ == messages.__name__
        and kind.__name__ not in NEWER_MESSAGES
    ]


@pytest.mark.parametrize("kind", _classes(), ids=lambda kind: kind.__name__)
def test_every_field_is_pachyderms(kind: type, descriptors: dict[str, Any]) -> None:
    """Names, spellings, kinds, lists and oneofs are those of the descriptors."""
    theirs = {field.name: field for field in _named(descriptors, kind.__name__).fields}
    ours = {field.snake: field for field in fields_of(kind)}

    missing = {f"{kind.__name__}.{name}" for name in theirs.keys() - ours.keys()}
    assert missing <= NOT_OURS
    newer = {f"{kind.__name__}.{name}" for name in ours.keys() - theirs.keys()}
    assert newer <= NEWER
    for name in ours.keys() & theirs.keys():
        mine, its = ours[name], theirs[name]
        assert mine.camel == its.json_name
        assert mine.kind is _kind(its), name
        assert mine.shape is _shape(its), name
        if mine.kind is Kind.ENUM:
            assert list(mine.enum) == [value.name for value in its.enum_type.values]
        if mine.kind is Kind.MESSAGE and mine.shape is not Shape.MAP:
            assert its.message_type is _named(descriptors, str(mine.message))
        assert mine.oneof == (its.containing_oneof.name if its.containing_oneof else None), name


def _shape(field: Any) -> Shape:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return Shape.MAP
    return Shape.LIST if field.label == field.LABEL_REPEATED else Shape.ONE


def _kind(field: Any) -> Kind:
    if _shape(field) is Shape.MAP:
        field = field.message_type.fields_by_name["value"]
    known = {
        field.TYPE_STRING: Kind.STRING,
        field.TYPE_BOOL: Kind.BOOL,
        field.TYPE_INT32: Kind.INT32,
        field.TYPE_INT64: Kind.INT64,
        field.TYPE_UINT64: Kind.UINT64,
        field.TYPE_FLOAT: Kind.FLOAT,
        field.TYPE_ENUM: Kind.ENUM,
    }
    if field.type != field.TYPE_MESSAGE:
        return known[field.type]
    special = {
        "google.protobuf.Duration": Kind.DURATION,
        "google.protobuf.Timestamp": Kind.TIMESTAMP,
        "google.protobuf.Int64Value": Kind.INT64,
    }
    return special.get(field.message_type.full_name, Kind.MESSAGE)


# --- against the client's parser ----------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 5),
    st.sampled_from(["", "a", "7", "1.5s", "5m", "EXISTS", "exists", "$1"]),
    st.just({}),
    st.just([]),
    st.just({"a": "b"}),
    st.just(["a"]),
)


def _message(name: str, depth: int) -> st.SearchStrategy[Any]:
    """Draw a value for a message: mostly of the right shape, often wrong somewhere."""
    fields = [
        field
        for field in fields_of(getattr(messages, name))
        if f"{name}.{field.snake}" not in NEWER and (depth > 0 or field.kind is not Kind.MESSAGE)
    ]
    if not fields:
        return VALUES
    entry = st.sampled_from(fields).flatmap(
        lambda field: st.tuples(
            st.sampled_from([field.snake, field.camel, field.snake + "x"]),
            st.one_of(_values(field), _field(field, depth)),
        )
    )
    return st.lists(entry, max_size=3, unique_by=lambda pair: pair[0]).map(dict)


def _values(field: Any) -> st.SearchStrategy[Any]:
    """Draw any value, but for those that only the Python parser takes for an empty message."""
    if field.kind is Kind.MESSAGE and field.shape is not Shape.LIST:
        return VALUES.filter(lambda value: value not in ([], ""))
    return VALUES


def _field(field: Any, depth: int) -> st.SearchStrategy[Any]:
    if field.kind is not Kind.MESSAGE:
        return VALUES
    one = st.deferred(lambda: _message(field.message, depth - 1))
    return st.lists(one, max_size=2) if field.shape is Shape.LIST else one


@given(_message("CreatePipelineRequest", 3))
def test_schema_and_parser_agree(spec: Any) -> None:
    """Whatever the client's own parser takes passes, and nothing else does."""
    json_format = pytest.importorskip("google.protobuf.json_format")
    pps = pytest.importorskip("python_pachyderm.proto.v2.pps.pps_pb2")
    if not isinstance(spec, dict):
        return
    try:
        json_format.ParseDict(spec, pps.CreatePipelineRequest())
        read = True
    except (json_format.ParseError, TypeError, ValueError):
        read = False

    assert VALIDATOR.is_valid(spec) == read, spec
