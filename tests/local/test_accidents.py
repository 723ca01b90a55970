"""What must not spoil a run: what a killed one left, a full disk, modes that a program set."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import NAMESPACES, Bcdsl, write

from bcdslc.local.layout import remove
from bcdslc.local.machine import LocalImage, machine
from bcdslc.local.spawn import Program, Spawn
from bcdslc.local.store import Lock

COPY = """\
repos: [words]
stages:
  copy:
    from: words:/<name>
    script: cp "$words" /pfs/out/
"""


@NAMESPACES
def test_what_a_killed_run_left_is_not_used(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """A worker's folder with links of a datum that never ended is cleared before work."""
    write(tmp_path, {"p.bc.yaml": COPY, "words/a": "ant"})
    old = tmp_path / ".bcdsl/store/workers/default.copy.v1/worker-0/pfs"
    (old / ".scratch/old/out").mkdir(parents=True)
    (old / "out").symlink_to("/pfs/.scratch/old/out")
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words", "-j", "1")

    assert done.returncode == 0, done.stderr
    assert bcdsl("store", "cat", "copy:/a").stdout == "ant"


def test_a_run_waits_for_the_end_of_a_killed_run_s_programs(tmp_path: Path) -> None:
    """What a killed run started is ended by its spawner; until then no other run begins."""
    with Spawn(tmp_path / "living"):
        lock = Lock(tmp_path)
        taker = threading.Thread(target=lock.take, args=(lambda _: None,))
        taker.start()
        taker.join(0.3)
        assert taker.is_alive()
    taker.join(10)

    assert not taker.is_alive()
    lock.release()


@NAMESPACES
def test_programs_do_not_hold_what_the_spawner_holds(tmp_path: Path) -> None:
    """A program has its three streams, and no other open file of ours."""
    program = Program(
        argv=["sh", "-c", "ls /proc/$$/fd"],
        env={"PATH": "/usr/bin:/bin"},
        cwd="/",
        log=tmp_path / "log",
    )
    with Spawn(tmp_path / "living") as spawn:
        assert spawn.start(program).wait(10).status == 0

    assert (tmp_path / "log").read_text().split() == ["0", "1", "2"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with room for two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False
    ).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system")
@NAMESPACES
def test_a_full_disk_ends_the_run_and_leaves_the_store(
    bcdsl: Bcdsl, tmp_path: Path, small_disk: Path
) -> None:
    """The finding says so; with room again the next run ends well, with all that was done kept."""
    script = 'head -c 500000 /dev/zero | tr "\\0" "$(cat "$words")" > /pfs/out/$(basename "$words")'
    document = COPY.replace('cp "$words" /pfs/out/', script)
    write(tmp_path, {"p.bc.yaml": document, **{f"words/{n}": n for n in "abcdef"}})
    words = ("run", "p.bc.yaml", "-d", "words=words", "-j", "1", "--store", str(small_disk / "st"))
    full = bcdsl(*words)
    subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)
    again = bcdsl(*words)

    assert full.returncode == 1
    assert "BC942" in full.stderr or "BC935" in full.stderr
    assert "Traceback" not in full.stderr
    assert again.returncode == 0, again.stderr
    listed = bcdsl("store", "ls", "copy", "--store", str(small_disk / "st")).stdout
    assert listed.count("500.0 kB") == 6


@NAMESPACES
def test_modes_that_a_program_sets_do_not_matter(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """A file and a folder made unreadable are taken, as a worker that is root takes them."""
    script = "mkdir /pfs/out/d; echo x > /pfs/out/d/f; chmod 0 /pfs/out/d/f /pfs/out/d"
    write(tmp_path, {"p.bc.yaml": COPY.replace('cp "$words" /pfs/out/', script), "words/a": "ant"})
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words")

    assert done.returncode == 0, done.stderr
    assert bcdsl("store", "cat", "copy:/d/f").stdout == "x\n"


@NAMESPACES
def test_a_path_too_long_fails_its_datum(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """Folders within folders, deeper than a path can say, are the program's mistake, not ours."""
    deep = "import os; os.chdir('/pfs/out')\nfor _ in range(99): os.mkdir('a'*99); os.chdir('a'*99)"
    command = f"cmd: {json.dumps(['python3', '-c', deep])}"
    document = COPY.replace('script: cp "$words" /pfs/out/', command)
    write(tmp_path, {"p.bc.yaml": document, "words/a": "ant"})
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words")

    assert done.returncode == 1
    assert "failed: a path below /pfs/out is too long to be read" in done.stderr


@NAMESPACES
def test_a_lazy_input_that_is_removed_holds_nothing_up(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """A program may remove the pipe of a lazy file without reading it."""
    document = COPY.replace("words:/<name>", "{of: words:/<name>, lazy: true}")
    document = document.replace('cp "$words" /pfs/out/', 'rm "$words"; echo y > /pfs/out/y')
    write(tmp_path, {"p.bc.yaml": document, "words/a": "ant" * 100_000})
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words")

    assert done.returncode == 0, done.stderr
    assert bcdsl("store", "cat", "copy:/y").stdout == "y\n"


@NAMESPACES
def test_a_batch_that_never_asks_is_ended_by_its_time(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """`job_timeout` ends a program that waits for ever before its first datum."""
    document = COPY.replace('script: cp "$words" /pfs/out/', "cmd: sleep 60")
    document += "    batch: true\n    job_timeout: 1s\n"
    write(tmp_path, {"p.bc.yaml": document, "words/a": "ant"})
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words")

    assert "BC939" in done.stderr


def test_nothing_stays_of_a_folder_without_modes(tmp_path: Path) -> None:
    """A folder that forbids its own removal is removed all the same."""
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "b").chmod(0)
    (tmp_path / "link").symlink_to("/nowhere")
    for place in tmp_path.iterdir():
        remove(str(place))

    assert list(tmp_path.iterdir()) == []


def test_an_environment_below_tmp_is_shown_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a Python environment on the search path not only `bin` stays visible."""
    if not str(tmp_path).startswith("/tmp/"):
        pytest.skip("the tests' folder does not lie below /tmp")
    write(tmp_path / "venv", {"pyvenv.cfg": "", "bin/python": ""})
    monkeypatch.setenv("PATH", f"{tmp_path}/venv/bin:/usr/bin")
    found = machine(LocalImage(), namespaces=True, tools=Path("/tools"))

    assert str(tmp_path / "venv") in found.shown
