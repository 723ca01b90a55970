"""Lazy files: pipes, fetched when they are opened, fed by one thread however many there are."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.local import lazy
from bcdslc.local.lazy import LazyFiles

MANY = 10_000


@pytest.fixture(params=["told", "tried"])
def files(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[LazyFiles]:
    """Return lazy files, of a kernel that tells of openings and of one that does not."""
    if request.param == "tried":
        monkeypatch.setattr(lazy, "Opened", _deaf)
    elif not hasattr(os, "O_PATH"):
        pytest.skip("only Linux tells of openings")
    made = LazyFiles()
    yield made
    made.close()


def _deaf() -> None:
    raise OSError


def offered(files: LazyFiles, folder: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    """Return the pipes of these contents, fed from now on."""
    pipes = {}
    for name, content in contents.items():
        (folder / f"{name}.source").write_bytes(content)
        files.add(str(folder / name), str(folder / f"{name}.source"))
        pipes[name] = folder / name
    files.serve()
    return pipes


def shell(text: str, folder: Path, seconds: float = 10) -> str:
    """Return what a shell prints."""
    return subprocess.run(
        ["sh", "-c", text], cwd=folder, capture_output=True, text=True, timeout=seconds, check=True
    ).stdout


def test_a_file_is_read_whole_whatever_its_size(files: LazyFiles, tmp_path: Path) -> None:
    """Nothing, little, and more than a pipe holds."""
    big = bytes(range(256)) * 4000
    pipes = offered(files, tmp_path, {"none": b"", "little": b"a\n", "big": big})

    for name, content in (("big", big), ("none", b""), ("little", b"a\n")):
        assert pipes[name].read_bytes() == content


def test_many_are_read_at_once(files: LazyFiles, tmp_path: Path) -> None:
    """Readers of several pipes do not wait for each other."""
    offered(files, tmp_path, {name: name.encode() * 100_000 for name in "abc"})
    words = "exec 3<a 4<b 5<c; head -c1 <&5; head -c1 <&4; head -c1 <&3; cat <&4 | wc -c"

    assert shell(words, tmp_path).split() == ["cba99999"]


def test_a_reader_may_leave_early_or_never_come(files: LazyFiles, tmp_path: Path) -> None:
    """What is left unread does no harm, and the thread ends."""
    offered(files, tmp_path, {"a": b"x" * 1_000_000, "b": b"b"})

    assert shell("head -c1 a", tmp_path) == "x"
    files.thread.join(0.1)
    assert files.thread.is_alive()


def test_a_second_reading_waits(files: LazyFiles, tmp_path: Path) -> None:
    """A file is there once: who opens it again waits for ever."""
    offered(files, tmp_path, {"a": b"once"})

    assert shell("cat a", tmp_path) == "once"
    with pytest.raises(subprocess.TimeoutExpired):
        shell("exec cat a", tmp_path, seconds=0.3)


def test_a_pipe_may_be_renamed_or_removed_once_it_is_open(tmp_path: Path) -> None:
    """A program that tidies up while it reads, or moves its input first, has all of it."""
    if not hasattr(os, "O_PATH"):
        pytest.skip("only Linux tells of openings")
    files = LazyFiles()
    offered(files, tmp_path, {"a": b"A" * 200_000, "b": b"B"})
    try:
        assert shell("exec 3<a; rm a; cat <&3 | wc -c", tmp_path).split() == ["200000"]
        assert shell("mv b c; cat c", tmp_path) == "B"
    finally:
        files.close()


def test_ten_thousand_files_are_one_thread(tmp_path: Path) -> None:
    """As many pipes as a datum may have cost one thread, and each is fed as fast as it is read."""
    (tmp_path / "source").write_bytes(b"content")
    before = threading.active_count()
    files = LazyFiles()
    for number in range(MANY):
        files.add(str(tmp_path / f"f{number}"), str(tmp_path / "source"))
    files.serve()
    try:
        assert threading.active_count() == before + 1
        started = time.monotonic()
        for number in (*range(0, MANY, 100), MANY - 1):
            assert (tmp_path / f"f{number}").read_bytes() == b"content"
        assert time.monotonic() - started < 20
    finally:
        files.close()
    assert threading.active_count() == before


def test_more_files_than_may_be_held_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this process may not open so many files, the others are fed all the same."""
    monkeypatch.setattr(lazy, "_room", lambda _: None)
    real, opened = os.open, [0]

    def scarce(path: str, flags: int, *rest: int) -> int:
        opened[0] += bool(flags & os.O_RDWR)
        if opened[0] > 200:
            raise OSError(24, "too many open files")
        return real(path, flags, *rest)

    monkeypatch.setattr(lazy.os, "open", scarce)
    files = LazyFiles()
    contents = {f"f{number}": b"%d" % number for number in range(300)}
    pipes = offered(files, tmp_path, contents)
    opened[0] = 0
    try:
        assert len(files.held) < 200
        assert {name: pipes[name].read_bytes() for name in ("f299", "f0")} == {
            "f299": b"299",
            "f0": b"0",
        }
    finally:
        files.close()
