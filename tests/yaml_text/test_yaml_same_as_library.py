"""Our composer reads what PyYAML's own reads, where that one can be trusted."""

from __future__ import annotations

from typing import Any

import pytest
import yaml as library
from hypothesis import assume, given

from bcdsl.compose import compose
from bcdsl.diagnostic import Severity
from bcdsl.source import SourceFile
from bcdsl.yaml_tree import Mapping, Scalar, Sequence
from yaml_text.texts import YAMLISH, documents


def ours(node: Any) -> Any:
    """Return a node of ours as plain values."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [ours(item) for item in node.items]
    assert isinstance(node, Mapping)
    return [(name.text, ours(value)) for name, value in node.entries]


def theirs(node: Any) -> Any:
    """Return a node of the library as plain values."""
    if node is None or isinstance(node, library.ScalarNode):
        return node.value if node else ""
    if isinstance(node, library.SequenceNode):
        return [theirs(item) for item in node.value]
    return [(theirs(name), theirs(value)) for name, value in node.value]


@given(documents() | YAMLISH)
def test_the_same_tree(text: str) -> None:
    """A file without errors is the tree that the library makes of it."""
    composed = compose(SourceFile("t", text))
    assume(not any(p.severity is Severity.ERROR for p in composed.problems))
    expected = list(library.compose_all(text, Loader=library.CSafeLoader))
    assert [ours(d) for d in composed.documents] == [theirs(d) for d in expected]


@given(documents() | YAMLISH)
def test_without_libyaml(text: str) -> None:
    """A PyYAML that was built without libyaml gives the same trees, or problems too.

    But for a byte order mark behind the first character, which only libyaml skips.
    """
    assume("\ufeff" not in text[1:])
    fast = compose(SourceFile("t", text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bcdsl.compose._Loader", library.SafeLoader)
        slow = compose(SourceFile("t", text))
    assert slow.documents or slow.problems
    if not fast.problems and not slow.problems:
        assert [ours(d) for d in slow.documents] == [ours(d) for d in fast.documents]
