"""Arbitrary pipeline specs for property tests, drawn along the table of fields.

Any field may be absent, zero or odd; texts are drawn from those that rules look for as well as
from any others. Nesting is bounded, since inputs hold inputs.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bcdslc.spec import message as messages
from bcdslc.spec.field import Field, Kind, Shape, fields_of
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.spec import Spec

_GLOBS = ("/", "/*", "/(*)", "/(*)/([ab])", "/[", "/!(a)/*", "/{a,(b|c)}", "/**/x", "$1", "$01")
_NAMES = ("a", "a_b", "A-b", "b-", "out", "1st", "a.b", "a/b", "default", "master", "PATH", "é")
_TIMES = ("@daily", "@every 90s", "@every 0s", "0 3 * * *", "*/0 * * * *", "61 * * * *")
_SIZES = ("1K", "4G", "512m", "64", "nvidia.com/gpu", "gpu", "0", "1000")
_PLACES = ("s3://b/x", "snowflake://x", "ubuntu", "a:1", "A:latest", "/pfs/out")
_WORDS = ("sh", "bash", "-c", "python3 /x.py", "> /pfs/out/x", "$a-b", "", "\0")
_JSON = (
    *("[]", "{}", "[1]", "null", "x", '{"containers": 1}', '[{"op": [], "path": {}}]'),
    *('[{"op": "add", "path": "/tolerations/-", "value": 1}]', '[{"op": "move", "path": ""}]'),
)
ODD = st.sampled_from((*_GLOBS, *_NAMES, *_TIMES, *_SIZES, *_PLACES, *_WORDS, *_JSON))
TEXT = st.one_of(ODD, st.text(max_size=8))
INTEGERS = st.one_of(st.integers(-2, 3), st.sampled_from([80, 30000, 70000, 2**63 - 1, -(2**63)]))
_PLAIN: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.STRING: TEXT,
    Kind.BOOL: st.booleans(),
    Kind.INT32: INTEGERS.filter(lambda number: abs(number) < 2**31),
    Kind.INT64: INTEGERS,
    Kind.UINT64: INTEGERS.filter(lambda number: number >= 0),
    Kind.FLOAT: st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(allow_nan=False, width=32)),
    Kind.DURATION: st.sampled_from(["0s", "-1s", "1.5s", "300s", "0.000000001s"]),
    Kind.TIMESTAMP: st.sampled_from(
        ["2020-01-01T00:00:00Z", "1970-01-01T00:00:00.123456789+01:00", "9999-12-31T23:59:59Z"]
    ),
}
_LEVELS = 4


@st.composite
def _message(draw: st.DrawFn, message: type, levels: int, often: float) -> Any:
    values: dict[str, Any] = {}
    for item in fields_of(message):
        deeper = levels if item.message != "Input" else levels - 1
        if deeper >= 0 and draw(st.floats(0, 1)) < often:
            values[item.python] = draw(_field(item, deeper))
    return message(**values)


def _field(item: Field, levels: int) -> st.SearchStrategy[Any]:
    one = _value(item, levels)
    if item.shape is Shape.LIST:
        return st.lists(one, max_size=3).map(tuple)
    if item.shape is Shape.MAP:
        return st.dictionaries(TEXT, one, max_size=3)
    return one


def _value(item: Field, levels: int) -> st.SearchStrategy[Any]:
    if item.kind is Kind.ENUM:
        return st.sampled_from(item.enum)
    if item.kind is Kind.MESSAGE:
        assert item.message is not None
        return st.deferred(lambda: _message(getattr(messages, item.message or ""), levels, 0.4))
    return _PLAIN[item.kind]


def requests() -> st.SearchStrategy[CreatePipelineRequest]:
    """Draw any request, most of them with a few fields only."""
    return st.sampled_from([0.15, 0.4]).flatmap(
        lambda often: _message(CreatePipelineRequest, _LEVELS, often)
    )


def specs() -> st.SearchStrategy[Spec]:
    """Draw any spec."""
    return requests().map(lambda request: Spec(request=request))
