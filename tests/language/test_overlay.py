"""Laws of the overlay, and of the widening before it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bcdsl.compose import compose
from bcdsl.keys.document import DOCUMENT, PROFILE
from bcdsl.overlay import overlay
from bcdsl.source import SourceFile
from bcdsl.widen import widen
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

REF = st.sampled_from(["a", "a:/<x>", "b@c:/*"])
OPTIONS = st.fixed_dictionaries({}, optional={"lazy": st.booleans(), "keep": st.booleans()})
LEAF = st.one_of(
    REF,
    st.none(),
    st.tuples(REF, OPTIONS).map(lambda pair: {"of": pair[0], **pair[1]}),
    st.just({"cron": "daily", "overwrite": True}),
)
NAMED = st.dictionaries(st.sampled_from(["A", "B", "C"]), LEAF, min_size=1, max_size=3)
INPUTS = st.recursive(
    st.one_of(LEAF, NAMED, st.lists(LEAF, max_size=2)),
    lambda inner: st.dictionaries(
        st.sampled_from(["join", "cross", "union"]), inner, min_size=1, max_size=1
    ),
    max_leaves=3,
)
RUN = st.fixed_dictionaries(
    {}, optional={"cmd": st.just("work"), "script": st.just("work"), "stdin": st.just("a")}
)
HARDWARE = st.one_of(
    st.just("big"),
    st.none(),
    st.fixed_dictionaries(
        {},
        optional={
            "extends": st.just("big"),
            "gpu": st.sampled_from([1, None, {"type": "a.b/c"}, {"count": 2}]),
            "memory": st.sampled_from(["1G", "2G..3G", None]),
        },
    ),
)
STAGE = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {},
        optional={
            "from": INPUTS,
            "hardware": HARDWARE,
            "on_error": st.one_of(st.just("work"), RUN, st.none()),
            "cmd": st.just("work"),
            "script": st.sampled_from(["work", {"file": "a.sh"}]),
            "env": st.dictionaries(st.sampled_from("AB"), st.sampled_from(["1", None])),
            "spec": st.sampled_from([{"salt": None}, {"podSpec": "{}"}, {"a": {"b": None}}]),
            "egress": st.sampled_from(["u", {"sql": "u"}, {"objects": "u"}, {"format": "CSV"}]),
            "spout": st.just(True),
            "service": st.just({"port": 1}),
        },
    ),
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "dag": st.sampled_from(["a", None]),
        "repos": st.sampled_from([["a", "b"], {"a": {"external": True}}, None]),
        "params": st.dictionaries(
            st.sampled_from("pq"), st.sampled_from(["1", None, {"about": "x"}, {"default": "2"}])
        ),
        "stages": st.dictionaries(st.sampled_from("st"), STAGE, max_size=2),
        "hardware": st.dictionaries(st.sampled_from(["big"]), HARDWARE.filter(bool)),
    },
)


def node(value: object) -> Node:
    """Return a JSON value as nodes."""
    (document,) = compose(SourceFile("a.yaml", json.dumps(value))).documents
    return document


def plain(tree: Node) -> Any:
    """Return nodes as values without places."""
    match tree:
        case Scalar():
            return (tree.text, tree.style)
        case Sequence():
            return [plain(item) for item in tree.items]
        case Mapping():
            return {key.text: plain(value) for key, value in tree.entries}


def without_nothing(value: Any) -> Any:
    """Return a value without the entries that stand for nothing."""
    if isinstance(value, dict):
        return {key: without_nothing(each) for key, each in value.items() if each != NOTHING}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


NOTHING = ("null", "")


def laid(under: Node, over: Node) -> Any:
    """Return one over the other."""
    return plain(overlay(under, over, PROFILE))


@given(DOCUMENTS)
def test_nothing_over_changes_nothing(document: Any) -> None:
    """An empty overlay gives the very same document, and so does the document over nothing."""
    wide = widen(node(document), DOCUMENT)

    assert overlay(wide, node({}), PROFILE) is wide
    assert laid(node({}), wide) == plain(wide)


@given(DOCUMENTS)
def test_a_document_over_itself_is_itself(document: Any) -> None:
    """Every value is replaced by itself."""
    wide = widen(node(document), DOCUMENT)

    assert laid(wide, wide) == plain(wide)


@given(DOCUMENTS)
def test_widening_is_done_once(document: Any) -> None:
    """What is long stays, to the node."""
    wide = widen(node(document), DOCUMENT)

    assert widen(wide, DOCUMENT) is wide


@given(DOCUMENTS, DOCUMENTS)
def test_widening_before_or_after_gives_the_same(under: Any, over: Any) -> None:
    """Laying wide documents over each other gives a wide document."""
    result = overlay(widen(node(under), DOCUMENT), widen(node(over), DOCUMENT), PROFILE)

    assert plain(widen(result, DOCUMENT)) == plain(result)


@given(DOCUMENTS, DOCUMENTS)
def test_a_null_only_takes_away(under: Any, over: Any) -> None:
    """An overlay made of `~` alone leaves nothing that was not there before."""
    low = widen(node(under), DOCUMENT)
    nulls = widen(node(_emptied(over) or {}), DOCUMENT)
    before, after = without_nothing(plain(low)), without_nothing(laid(low, nulls))

    assert _within(after, before)


def _emptied(value: Any) -> Any:
    """Return a document's shape with `~` for every value."""
    if isinstance(value, dict) and value:
        return {key: _emptied(each) for key, each in value.items()}
    return None


def _within(part: Any, whole: Any) -> bool:
    if isinstance(part, dict):
        if not isinstance(whole, dict):
            return not any(_leaves(part))
        return all(
            _within(each, whole[key]) if key in whole else not any(_leaves(each))
            for key, each in part.items()
        )
    return bool(part == whole)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    return [value]


def test_every_value_keeps_its_place() -> None:
    """What a profile writes stands where the profile wrote it, the rest where it stood."""
    under = widen(node({"stages": {"a": {"from": "r", "workers": 1}}}), DOCUMENT)
    over = widen(node({"stages": {"a": {"workers": 2}}}), DOCUMENT)
    both = overlay(under, over, PROFILE)
    assert isinstance(both, Mapping)
    stages = both.get("stages")
    assert isinstance(stages, Mapping)
    stage = stages.get("a")
    assert isinstance(stage, Mapping)
    reads, workers = stage.get("from"), stage.get("workers")
    assert reads is not None
    assert workers is not None
    assert reads.source is under.source
    assert workers.source is over.source


def test_alternatives_replace_whole() -> None:
    """A `script` over a `cmd`, a cron over a ref, a list over names: the old one goes."""

    def stage(under: object, over: object) -> Any:
        low = widen(node({"stages": {"a": under}}), DOCUMENT)
        high = widen(node({"stages": {"a": over}}), DOCUMENT)
        return laid(low, high)["stages"]["a"]

    assert set(stage({"cmd": "a", "user": "u"}, {"script": "b"})) == {"script", "user"}
    assert set(stage({"spout": True}, {"service": {"port": 1}})) == {"service"}
    assert set(stage({"from": {"of": "a", "lazy": True}}, {"from": {"cron": "daily"}})["from"]) == {
        "cron"
    }
    assert set(stage({"from": {"of": "a", "lazy": True}}, {"from": "b"})["from"]) == {"of", "lazy"}
    assert stage({"from": ["a", "b"]}, {"from": {"A": "b"}})["from"] == {"A": {"of": ("b", '"')}}
    assert set(stage({"from": {"join": ["a", "b"]}}, {"from": {"cross": ["a"]}})["from"]) == {
        "cross"
    }
    merged = stage({"from": {"join": {"A": "a", "B": "b"}}}, {"from": {"join": {"A": "c"}}})
    assert merged["from"] == {"join": {"A": {"of": ("c", '"')}, "B": {"of": ("b", '"')}}}
    assert set(
        stage({"egress": {"sql": "a", "format": "CSV"}}, {"egress": {"objects": "b"}})["egress"]
    ) == {"objects"}
    assert stage({"hardware": "big"}, {"hardware": {"gpu": 1}})["hardware"] == {
        "extends": ("big", '"'),
        "gpu": {"count": ("1", "")},
    }
