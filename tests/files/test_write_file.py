"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bcdslc.write_file import make_folder, write_file


def test_a_new_file_has_the_users_mode(tmp_path: Path) -> None:
    """A new file is as any program of this user would have made it."""
    (tmp_path / "plain").write_text("x")
    assert write_file(str(tmp_path / "new"), "é\n") is None
    assert (tmp_path / "new").read_bytes() == "é\n".encode()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_replaced_file_keeps_its_mode_and_links(tmp_path: Path) -> None:
    """The mode stays, and a symbolic link still points at the file."""
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    assert write_file(str(link), "new") is None
    assert link.is_symlink()
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "link"]


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full in between, the old text is there and no other file."""

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "file"
    file.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    problem = write_file(str(file), "new")
    assert problem is not None
    assert problem.code == "BC060"
    assert "no space left" in problem.message
    assert file.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_an_interruption_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C goes on upwards, and nothing is left beside the old file."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    file = tmp_path / "file"
    file.write_text("old")
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(str(file), "new")
    assert file.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", [".", "none/file", "file/below", "x" * 300, "a\0b"])
def test_places_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """A folder, a missing folder, a file in place of a folder, a name too long: findings."""
    (tmp_path / "file").write_text("old")
    problem = write_file(f"{tmp_path}/{name}", "new")
    assert problem is not None
    assert problem.code == "BC060"
    assert problem.help
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_devices_are_written_to() -> None:
    """What is no file is written directly, and its errors are findings too."""
    assert write_file("/dev/null", "x") is None
    problem = write_file("/dev/full", "x")
    assert problem is not None
    assert "no space left" in problem.message


def test_folders(tmp_path: Path) -> None:
    """A folder is made with those above it; a file in its place is a finding."""
    assert make_folder(str(tmp_path / "a" / "b")) is None
    assert make_folder(str(tmp_path / "a" / "b")) is None
    (tmp_path / "file").write_text("x")
    for name in ("file", "file/below"):
        problem = make_folder(str(tmp_path / name))
        assert problem is not None
        assert problem.code == "BC061"
