"""A worker's programs share its file system, and nobody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from carrying import carried_out, output, specs_of
from running import NAMESPACES

from bcdslc.local.spawn import Program, Spawn, View

pytestmark = NAMESPACES


def seen(spawn: Spawn, folder: Path, pfs: Path, shell: str) -> str:
    """Return what a shell prints that sees a folder at /pfs."""
    for name in ("tmp", "root"):
        (folder / name).mkdir(exist_ok=True)
    log = folder / "log"
    log.unlink(missing_ok=True)
    view = View(pfs=str(pfs), tmp=str(folder / "tmp"), root=str(folder / "root"))
    env = {"PATH": "/usr/bin:/bin"}
    program = Program(argv=["sh", "-c", shell], env=env, cwd="/", log=log, view=view)
    assert spawn.start(program).wait(20).status == 0
    return log.read_text()


def test_programs_of_one_worker_share_a_root(tmp_path: Path) -> None:
    """What a program leaves beside /pfs is there for the next, as in a worker's container."""
    (tmp_path / "pfs").mkdir()
    with Spawn() as spawn:
        first = seen(spawn, tmp_path, tmp_path / "pfs", "readlink /proc/self/ns/mnt")
        second = seen(spawn, tmp_path, tmp_path / "pfs", "readlink /proc/self/ns/mnt")

    assert first == second


def test_a_folder_made_anew_is_shown_anew(tmp_path: Path) -> None:
    """By the folder itself, not by its path: what held the old one does not see the new one."""
    pfs = tmp_path / "pfs"
    with Spawn() as spawn:
        for name in ("old", "new"):
            pfs.mkdir()
            (pfs / name).touch()
            assert seen(spawn, tmp_path, pfs, "ls /pfs") == f"{name}\n"
            pfs.rename(tmp_path / f"was-{name}")


def test_many_workers_have_each_their_own(tmp_path: Path) -> None:
    """More than are kept at once."""
    with Spawn() as spawn:
        for number in (*range(70), 0):
            pfs = tmp_path / str(number)
            pfs.mkdir(exist_ok=True)
            (pfs / f"f{number}").touch()
            assert seen(spawn, tmp_path, pfs, "ls /pfs") == f"f{number}\n"


def test_what_a_program_leaves_between_is_not_seen_by_the_next(tmp_path: Path) -> None:
    """Beside its inputs and outputs, in /pfs and in the folders behind it."""
    shell = (
        "cd /pfs; n=$(find . | wc -l); echo $n > out/${src##*/}; touch junk; "
        "mkdir $(readlink -f out)/../../../junk $(readlink -f out)/../junk; rm out; ln -s /tmp out"
    )
    spec: dict[str, Any] = {
        "pipeline": {"name": "p"},
        "transform": {"cmd": ["sh", "-c", shell]},
        "input": {"pfs": {"repo": "src", "glob": "/*"}},
    }
    with Spawn() as spawn:
        carried_out(tmp_path, spawn, specs_of(spec), {"src": {f"/{n}": n for n in "abcd"}})

    counts = set(output(tmp_path, "p").values())
    assert len(counts) == 1, "every datum sees as many files"
