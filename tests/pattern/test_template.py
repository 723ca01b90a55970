"""Templates: references, and what only looks like one."""

from __future__ import annotations

import pytest

from bcdsl.pattern.template import crashes
from bcdslc.glob.template import expand

CAPTURES = ("/a-b", "a", "b")
EXPANDED = (
    ("$1", "a"),
    ("$2-$1", "b-a"),
    ("${1}x", "ax"),
    ("$1x", "ax"),
    ("$0", "/a-b"),
    ("$3", ""),
    ("$10", ""),
    ("${1}0", "a0"),
    ("$$1", "$1"),
    ("$", "$"),
    ("a$b", "a$b"),
    ("${1", "${1"),
    ("$x${x}$-1$(1)", "$x${x}$-1$(1)"),
    ("$$$1", "$a"),
    ("k", "k"),
    ("", ""),
)


@pytest.mark.parametrize(("template", "text"), EXPANDED)
def test_references_are_filled_in(template: str, text: str) -> None:
    """A maximal run of digits is one number; a missing capture is empty."""
    assert expand(template, CAPTURES) == text


def test_the_root_has_no_captures() -> None:
    """The root matches `/` by decree: even `$0` is empty."""
    assert expand("$0", ()) == ""


@pytest.mark.parametrize(
    ("template", "help"),
    [("$01", "write `${1}`"), ("x${00}", "write `${0}`"), ("$1234567890", None), ("$٣", None)],
)
def test_a_crash_is_found_and_repaired(template: str, help: str | None) -> None:
    """Where the number is plain but for zeros, the repair is spelled out."""
    (flaw,) = crashes(template)
    assert flaw.code == "BC440"
    assert flaw.help == help
    assert list(crashes("$1${2}$10$$01")) == []
