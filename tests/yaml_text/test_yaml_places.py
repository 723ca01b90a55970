"""Where things stand: exact offsets, in code points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.compose import compose
from bcdsl.source import SourceFile
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence
from yaml_text.texts import documents


def nodes(text: str) -> Iterator[Node]:
    """Yield every node of a text, outer ones first."""
    todo = list(compose(SourceFile("t", text)).documents)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Sequence):
            todo += node.items
        elif isinstance(node, Mapping):
            todo += [part for entry in node.entries for part in entry]


@given(documents(), st.sampled_from(["", "\ufeff", "# é\U0001f600\n"]))
def test_a_plain_scalar_is_its_text(text: str, before: str) -> None:
    """A plain scalar of one line stands exactly where its text stands."""
    seen = 0
    for node in nodes(before + text):
        if isinstance(node, Scalar):
            written = node.span.text
            if node.style == "" and "\n" not in written:
                assert written == node.text
                seen += 1
            elif node.style in ("'", '"'):
                assert written[0] == written[-1] == node.style
            elif node.style:
                assert written[0] == node.style
                assert written[-1] not in "\n "
    assert seen


@given(documents())
def test_a_collection_holds_what_is_in_it(text: str) -> None:
    """A collection starts at its bracket or first part and ends with its bracket or last part."""
    for node in nodes(text):
        if isinstance(node, Scalar):
            continue
        parts = node.items if isinstance(node, Sequence) else [p for e in node.entries for p in e]
        if node.flow and node.span.text[:1] in ("[", "{"):
            assert node.span.text[-1] == {"[": "]", "{": "}"}[node.span.text[0]]
        elif parts:
            assert node.end == parts[-1].end
        if isinstance(node, Mapping) and not node.flow:
            assert node.start == parts[0].start
        for part in parts:
            assert node.start <= part.start <= part.end <= node.end


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: &x b\nc: *x\n", [("b", 6)]),
        ("a: &x\n  'b'\nc: *x\n", [("'b'", 8)]),
        ("a: &x {b: c}\nd: *x\n", [("{b: c}", 6), ("b", 7)]),
        ("a: &x\n  b: c\nd: *x\n", [("b: c", 8)]),
        ("a: &x\n- b\n- c\nd: *x\n", [("- b\n- c", 6)]),
        ("a: &x\n  - - b\nd: *x\n", [("- - b", 8), ("- b", 10)]),
        ("a:\n  b: c\n\n# end\n\nd: e\n", [("b: c", 5)]),
        ("a: |\n  b\n\n\nc: d\n", [("|\n  b", 3)]),
        ("a:\nb: c\n", [("", 2)]),
        ("\ufeffa: b\n", [("b", 4)]),
        ("a: b\r\nc: \U0001f600d\r\n", [("\U0001f600d", 9)]),
        ("a: [b: c]\n", [("b: c", 4)]),
    ],
)
def test_places_of(text: str, places: list[tuple[str, int]]) -> None:
    """Anchors lie outside of a value, comments and blank lines behind it too."""
    found = {(node.span.text, node.start) for node in nodes(text)}
    assert found >= set(places)


def test_aliases_share_a_node() -> None:
    """An alias is the node of its anchor, at the anchor's place."""
    (root,) = compose(SourceFile("t", "a: &x {b: c}\nd: *x\n")).documents
    assert isinstance(root, Mapping)
    assert root.get("a") is root.get("d")
    assert root.end == 18


def test_nodes_are_what_they_say() -> None:
    """However a node is made, it is a frozen `Scalar` with each field in its place."""
    source = SourceFile("t", "a: 'b'\n")
    (root,) = compose(source).documents
    assert isinstance(root, Mapping)
    value = root.get("a")
    assert type(value) is Scalar
    assert repr(value) == repr(Scalar("b", "'", source, 3, 6))
    with pytest.raises(FrozenInstanceError):
        value.text = "c"  # type: ignore[misc]


def test_scalars_have_no_type() -> None:
    """What YAML 1.1 makes a number, a date or a truth value stays the text that was written."""
    words = [
        "3.10",
        "no",
        "0777",
        "1e3",
        "12:30",
        "2024-01-01",
        "~",
        "null",
        "0x1F",
        "1_000",
        ".inf",
    ]
    (root,) = compose(SourceFile("t", "".join(f"- {word}\n" for word in words))).documents
    assert isinstance(root, Sequence)
    assert [item.text for item in root.items if isinstance(item, Scalar)] == words


def test_several_documents() -> None:
    """Every document of a file is returned, an empty one as an empty scalar."""
    documents = compose(SourceFile("t", "--- {a: b}\n---\n---\nc: d\n...\n")).documents
    assert [type(d) for d in documents] == [Mapping, Scalar, Mapping]
    assert isinstance(documents[1], Scalar)
    assert documents[1].missing
