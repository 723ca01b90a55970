"""Programs behind bubblewrap: what it is asked, and that runs go as with namespaces of our own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from carrying import specs_of

from bcdslc.local import bubble, native
from bcdslc.local.filing import stored_files
from bcdslc.local.native import NativeRoads
from bcdslc.local.record import Branch, DatumState
from bcdslc.local.run import RunResult, Wish, run
from bcdslc.local.spawn import View
from bcdslc.local.store import Store, open_store
from bcdslc.tree.from_mapping import from_mapping

PROGRAM = bubble.found()
REFUSED = "no `bwrap` here" if PROGRAM is None else bubble.refusal(PROGRAM)
REAL = pytest.mark.skipif(REFUSED is not None, reason=f"bubblewrap does not work: {REFUSED}")

# stands for bwrap where there is none: says what it was asked, and runs the rest as it is
STAND_IN = """#!/bin/sh
printf '%s\\n' "$*" >> {asked}
while [ $# -gt 0 ]; do
  case "$1" in
    --tmpfs|--cap-add) shift 2 ;;
    --dev-bind|--bind|--symlink) shift 3 ;;
    --*) echo "bwrap: Unknown option $1" >&2; exit 1 ;;
    *) break ;;
  esac
done
{does}
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return a store on a machine whose kernel lets us make no namespaces."""
    monkeypatch.setattr(native, "refusal", lambda: "not permitted")
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    os.umask(0o022)
    made = open_store(tmp_path / "store")
    yield made
    made.ledger.close()


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> Path:
    """Put a stand-in first on the search path; return the file with what it was asked."""
    asked = folder / "asked"
    program = folder / "bin" / "bwrap"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(asked=asked, does=does))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return asked


def stage(shell: str, **more: Any) -> dict[str, Any]:
    """Return a spec that runs a shell for each file of `src`."""
    transform = {"cmd": ["sh", "-c", shell], **more.pop("transform", {})}
    given = {"pfs": {"repo": "src", "glob": "/*"}}
    return {"pipeline": {"name": "p"}, "transform": transform, "input": given, **more}


def carried(store: Store, spec: dict[str, Any], files: dict[str, str], jobs: int = 1) -> RunResult:
    """Run one stage."""
    roads = NativeRoads({}, lambda _: False, store)
    wish = Wish(
        specs=specs_of(spec),
        data={Branch("default", "src", "master"): from_mapping(files)},
        road_of=roads.of,
        jobs=jobs,
    )
    try:
        assert roads.refusal is None
        return run(store, wish, lambda _: None, lambda _: lambda *_: None)
    finally:
        roads.close()


def output(store: Store) -> dict[str, str]:
    """Return what the stage wrote."""
    head = store.ledger.head(Branch("default", "p", "master"))
    assert head is not None
    files = stored_files(store.blobs, head.files)
    return {path: store.blobs.read(blob.name).decode() for path, blob in files.items()}


def ends(result: RunResult) -> Sequence[tuple[DatumState, str]]:
    """Return how each datum ended."""
    assert result.stages[0].result is not None
    return [(each.state, each.reason) for each in result.stages[0].result.records]


def test_what_bubblewrap_is_asked() -> None:
    """A root of its own with all that the machine's has, our folders at /pfs and /tmp, no more."""
    view = View(pfs="/s/pfs", tmp="/s/tmp", root="/s/root", shown=("/tmp/venv", "/opt"))
    words = bubble.wrapped("bwrap", view)
    text = " ".join(words)

    assert words[:3] == ["bwrap", "--tmpfs", "/"]
    assert " --dev-bind /usr /usr " in text
    assert text.endswith("--bind /s/pfs /pfs --bind /s/tmp /tmp --dev-bind /tmp/venv /tmp/venv")
    assert not {"--new-session", "--unshare-pid", "--die-with-parent"} & set(words)


def test_one_bubble_holds_all_programs_of_a_worker(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked once to try, and once for each worker, whose folders it shows."""
    asked = stand_in(tmp_path, monkeypatch, 'case "$*" in *"-w /pfs"*) exit 0;; esac; exec "$@"')
    carried(store, stage("true"), {"/a": "A", "/b": "B", "/c": "C"})
    trial, *others = asked.read_text().splitlines()

    assert trial.endswith("sh -c test -w /pfs")
    assert len(others) == 1
    assert f"--bind {store.root}/workers/default.p.v1/worker-0/pfs /pfs" in others[0]


def test_why_there_is_no_pfs_names_both_roads(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where bubblewrap is there and refuses, what it says is told beside our own refusal."""
    stand_in(tmp_path, monkeypatch, "echo 'bwrap: setting up uid map: denied' >&2; exit 1")
    roads = NativeRoads({}, lambda _: False, store)
    roads.close()

    wanted = "not permitted; nor may bubblewrap: bwrap: setting up uid map: denied"
    assert roads.refusal == wanted


def test_without_either_a_variable_names_the_folder(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last road: programs that heed `PFS` have their files there, and write there."""
    monkeypatch.setattr(bubble, "found", lambda: None)
    roads = NativeRoads({}, lambda _: True, store)
    wish = Wish(
        specs=specs_of(stage('echo "$src" > /dev/stderr; cp "$src" "$PFS/out/"; ls $PFS')),
        data={Branch("default", "src", "master"): from_mapping({"/a": "A"})},
        road_of=roads.of,
        jobs=1,
    )
    try:
        assert roads.refusal == "not permitted"
        run(store, wish, lambda _: None, lambda _: lambda *_: None)
    finally:
        roads.close()

    assert output(store) == {"/a": "A"}


@REAL
def test_a_program_sees_its_own_pfs_and_tmp(store: Store) -> None:
    """Files, fresh outputs and a lasting /tmp are where a worker has them."""
    words = (
        "cat $src >> /tmp/n; cp /tmp/n /pfs/out/$(cat $src); "
        "ls /pfs /pfs/out > /pfs/out/l$(cat $src)"
    )
    result = carried(store, stage(words), {"/a": "A", "/b": "B"})

    assert [state for state, _ in ends(result)] == [DatumState.SUCCESS] * 2
    assert output(store) == {
        "/A": "A",
        "/B": "AB",
        "/lA": "/pfs:\nout\nsrc\n\n/pfs/out:\nA\nlA\n",
        "/lB": "/pfs:\nout\nsrc\n\n/pfs/out:\nB\nlB\n",
    }


@REAL
@pytest.mark.parametrize(
    ("shell", "reason"),
    [
        ("exit 137", "exit status 137"),
        ("kill -KILL $$", "signal: killed"),
        ("kill -TERM $$", "signal: terminated"),
        ("sleep 60", "signal: killed"),
    ],
)
def test_how_a_program_ended_is_told_exactly(store: Store, shell: str, reason: str) -> None:
    """An exit code of 137 is none of a signal, and a time limit ends all of the group."""
    spec = stage(shell, datum_tries=1, datum_timeout="2s")

    assert ends(carried(store, spec, {"/a": "A"})) == [(DatumState.FAILED, reason)]


@REAL
def test_nothing_of_a_run_is_left(store: Store, tmp_path: Path) -> None:
    """Background programs end with theirs, and the bubble with its worker."""
    mark = str(tmp_path / "mark")
    carried(store, stage(f"sh -c 'sleep 77; : {mark}' & true"), {"/a": "A"})
    left = [
        place.read_bytes()
        for place in Path("/proc").glob("[0-9]*/cmdline")
        if place.parent.name != str(os.getpid()) and place.exists()
    ]

    assert not [each for each in left if mark.encode() in each or str(store.root).encode() in each]
