"""The two roads of matching: the one that remembers, and the regular expression."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bcdsl.pattern.express import express
from bcdsl.pattern.read import read_glob
from bcdslc.glob.engine import run
from bcdslc.glob.matcher import compile_glob
from bcdslc.glob.program import compile_program
from bcdslc.glob.regular import regular
from glob_strategy import GLOBS, ODD_GLOBS, PATHS


@given(st.one_of(GLOBS, ODD_GLOBS), st.sampled_from(PATHS), st.text("ab/_.\n(", max_size=8))
@example("/(*)_(*)", "/a_b_a", "")
@example("/!(a)?", "/ab", "/a\n")
def test_both_roads_find_the_same(glob: str, path: str, odd: str) -> None:
    """Where the fast road may be taken it finds what the other finds, captures included."""
    pattern, _ = read_glob(glob)
    if pattern is None:
        return
    expressed = express(pattern)
    fast = regular(expressed)
    if fast is None:
        return
    program = compile_program(expressed.body, expressed.captures)
    for tried in (path, odd, "/" + odd):
        found = fast.match.match(tried)
        assert run(program, tried) == (found.groups("") if found else None)


@given(st.one_of(GLOBS, ODD_GLOBS))
def test_the_road_taken_does_not_show(glob: str) -> None:
    """Over many paths the matcher and the remembering engine agree."""
    pattern, _ = read_glob(glob)
    if pattern is None:
        return
    expressed = express(pattern)
    program = compile_program(expressed.body, expressed.captures)
    matcher = compile_glob(pattern)
    for path in PATHS:
        assert matcher.match(path) == run(program, path)


@given(st.one_of(GLOBS, ODD_GLOBS), st.lists(st.sampled_from(PATHS), max_size=40))
def test_narrowing_by_prefix_changes_nothing(glob: str, files: list[str]) -> None:
    """Over sorted paths the prefix leaves out only what does not match."""
    pattern, _ = read_glob(glob)
    if pattern is None:
        return
    folders = {path[: at + 1] for path in files for at in range(len(path)) if path[at] == "/"}
    entries = sorted(folders.union(files))
    matcher = compile_glob(pattern)
    one_by_one = []
    for path in entries:
        captures = matcher.match(path.rstrip("/"))
        if captures is not None:
            one_by_one.append((path, captures))
    assert list(matcher.over(entries)) == one_by_one
