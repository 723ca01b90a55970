"""What datums leave is gone when the job is, whatever was in the way."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from bcdslc.local.layout import remove
from bcdslc.local.trash import MOST, Trash


def test_all_is_gone_when_it_is_emptied(tmp_path: Path) -> None:
    """More places than may wait, folders and links among them, and no thread is left."""
    bin = tmp_path / "trash"
    bin.mkdir()
    trash = Trash(remove)
    before = threading.active_count()
    for number in range(MOST + 50):
        place = tmp_path / f"p{number}"
        (place / "inner").mkdir(parents=True)
        (place / "link").symlink_to("/nowhere")
        trash.throw(str(place), str(bin))
        assert not os.path.lexists(place)
    trash.empty()

    assert list(bin.iterdir()) == []
    assert threading.active_count() == before


def test_what_cannot_be_removed_stops_nothing(tmp_path: Path) -> None:
    """One place that resists is left; the others go, and so does what was never there."""
    bin = tmp_path / "trash"
    bin.mkdir()

    def unwilling(place: str) -> None:
        if Path(place).is_dir():
            raise OSError("busy")
        remove(place)

    trash = Trash(unwilling)
    (tmp_path / "folder").mkdir()
    for number in range(20):
        (tmp_path / f"f{number}").touch()
    for name in ("folder", "nothing", *(f"f{number}" for number in range(20))):
        trash.throw(str(tmp_path / name), str(bin))
    trash.empty()

    assert [place.is_dir() for place in bin.iterdir()] == [True]


def test_folders_within_folders_beyond_all_depth_are_removed(tmp_path: Path) -> None:
    """More levels than calls may nest, than files may be open, and than a path may be long."""
    place = tmp_path / "deep"
    place.mkdir()
    folder = os.open(place, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("a", dir_fd=folder)
        os.close(os.open("file", os.O_CREAT, dir_fd=folder))
        inner = os.open("a", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)

    remove(str(place))

    assert list(tmp_path.iterdir()) == []
