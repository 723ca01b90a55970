"""What holds of every run, whatever the files and the inputs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from carrying import Data, carried_out, output, ran, specs_of
from hypothesis import given, settings
from hypothesis import strategies as st
from running import NAMESPACES

from bcdslc.datum.datums import datums
from bcdslc.datum.identity import datum_hash, datum_id
from bcdslc.local.spawn import Spawn
from bcdslc.spec.tree import tree_of
from bcdslc.tree.from_mapping import from_mapping

pytestmark = NAMESPACES
FEW = settings(max_examples=15)

# each datum writes what it has, below a folder of its own
SHOW = (
    "cd /pfs; mkdir out/$PACH_DATUM_ID; "
    "for d in a b; do [ ! -d $d ] || cp -rL $d out/$PACH_DATUM_ID/; done"
)
PFS_A = {"pfs": {"repo": "a", "glob": "/(*)/(*)", "join_on": "$1", "group_by": "$2"}}
PFS_B = {"pfs": {"repo": "b", "glob": "/(*)/(*)", "join_on": "$1", "group_by": "$2"}}
INPUTS: tuple[dict[str, Any], ...] = (
    {"pfs": {"repo": "a", "glob": "/*"}},
    {"pfs": {"repo": "a", "glob": "/*/*"}},
    {"cross": [{"pfs": {"repo": "a", "glob": "/*"}}, {"pfs": {"repo": "b", "glob": "/"}}]},
    {"union": [{"pfs": {"repo": "a", "glob": "/*/*"}}, {"pfs": {"repo": "b", "glob": "/*/*"}}]},
    {"join": [PFS_A, {"pfs": {**PFS_B["pfs"], "outer_join": True}}]},
    {"group": [PFS_A, PFS_B]},
)
names = st.sampled_from(["x", "y", "z"])
paths = st.builds("/{}/{}".format, names, names)
texts = st.sampled_from(["m", "n", "o"])
files = st.dictionaries(paths, texts, min_size=1, max_size=5)
data = st.fixed_dictionaries({"a": files, "b": files})


@st.composite
def changes(draw: st.DrawFn) -> tuple[Data, Data]:
    """Return data, and the same with some files changed, added or removed."""
    before = draw(data)
    after = {repo: dict(held) for repo, held in before.items()}
    for held in after.values():
        for path in draw(st.sets(st.sampled_from(sorted(held)), max_size=2)):
            held[path] += "!"
        for path in draw(st.sets(paths, max_size=2)):
            if held.pop(path, None) is None:
                held[path] = "new"
    return before, after


@pytest.fixture(scope="module")
def spawn() -> Iterator[Spawn]:
    """Return a spawner for all runs."""
    with Spawn() as spawn:
        yield spawn


@pytest.fixture
def root() -> Iterator[Path]:
    """Return a folder for the stores of one test's examples."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def new_store(root: Path) -> Path:
    """Return a folder for one more store."""
    return Path(tempfile.mkdtemp(dir=root))


def spec(given: dict[str, Any]) -> dict[str, Any]:
    """Return a spec whose datums show what they have."""
    return {
        "pipeline": {"name": "p"},
        "transform": {"cmd": ["sh", "-c", SHOW]},
        "input": given,
    }


def predicted(given: dict[str, Any], held: Data) -> dict[str, tuple[str, list[str]]]:
    """Return hash and files of each datum, as the datum engine has them."""
    (made,) = specs_of(spec(given))
    assert made.request.input is not None
    tree = tree_of(made.request.input)
    assert tree is not None
    repos = {("default", r, "master"): from_mapping(f) for r, f in held.items()}
    found = {}
    for datum in datums(tree, lambda leaf: repos["default", leaf.repo, "master"], pipeline="p"):
        paths = [
            f"/{entry.source.name}{path}"
            for entry in datum.entries
            for path in held[entry.source.repo]
            if path == entry.path or (entry.path.endswith("/") and path.startswith(entry.path))
        ]
        digest = datum_hash(datum, "salt")
        assert digest is not None
        found[datum_id(datum)] = (digest.value.hex(), sorted(set(paths)))
    return found


@FEW
@given(st.sampled_from(INPUTS), data)
def test_what_runs_is_what_the_datum_engine_predicts(
    spawn: Spawn, root: Path, given: dict[str, Any], held: Data
) -> None:
    """The programs that run are the predicted datums, each with its files; then none is left."""
    store = new_store(root)
    want = predicted(given, held)
    first = carried_out(store, spawn, specs_of(spec(given)), held)
    second = carried_out(store, spawn, specs_of(spec(given)), held)
    wrote: dict[str, list[str]] = {}
    for path in output(store, "p"):
        _, id, rest = path.split("/", 2)
        wrote.setdefault(id, []).append(f"/{rest}")

    assert sorted(ran(first)["p"]) == sorted(want)
    assert {id: sorted(paths) for id, paths in wrote.items()} == {
        id: paths for id, (_, paths) in want.items() if paths
    }
    assert ran(second) == {}


@FEW
@given(st.sampled_from(INPUTS), changes())
def test_what_runs_again_is_what_changed(
    spawn: Spawn, root: Path, given: dict[str, Any], change: tuple[Data, Data]
) -> None:
    """After a change of data exactly the datums run that are new or whose hash differs."""
    before, after = change
    store = new_store(root)
    old, new = predicted(given, before), predicted(given, after)
    carried_out(store, spawn, specs_of(spec(given)), before)
    second = carried_out(store, spawn, specs_of(spec(given)), after)
    afresh = new_store(root)
    carried_out(afresh, spawn, specs_of(spec(given)), after)

    changed = sorted(id for id, (hash, _) in new.items() if id not in old or old[id][0] != hash)
    assert sorted(ran(second).get("p", [])) == changed
    assert output(store, "p") == output(afresh, "p")


@FEW
@given(st.sampled_from(INPUTS), data)
def test_outputs_do_not_depend_on_how_many_run_at_once(
    spawn: Spawn, root: Path, given: dict[str, Any], held: Data
) -> None:
    """One program at once, or three: the same files."""
    stores = [new_store(root) for _ in range(2)]
    for store, jobs in zip(stores, (1, 3), strict=True):
        carried_out(store, spawn, specs_of(spec(given)), held, jobs)

    assert output(stores[0], "p") == output(stores[1], "p")
