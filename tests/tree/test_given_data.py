"""What people give as data: folders, listings, mappings, and all that can be wrong with them."""

from __future__ import annotations

import os
import sys

import pytest

from bcdslc.tree.open_data import open_data


def codes(tree):
    """Return the codes of a tree's problems."""
    return [problem.code for problem in tree.problems]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two files and one in a folder."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("hello\n")
    (tmp_path / "b").write_text("")
    return tmp_path


def test_a_folder_is_read_by_its_names_only(folder, monkeypatch):
    """Neither content nor size is looked at before it is asked for."""
    monkeypatch.setattr("pathlib.Path.open", None)
    answer = folder.stat()
    monkeypatch.setattr("pathlib.Path.stat", lambda *a, **k: answer)
    tree = open_data(str(folder))

    assert list(tree.entries) == ["/", "/a/", "/a/x", "/b"]


def test_four_ways_to_give_the_same_tree(folder, tmp_path_factory):
    """A folder, a list, a listing of an archive and a mapping give the same entries."""
    place = tmp_path_factory.mktemp("lists")
    (place / "l.txt").write_text("a/x\nb\n")
    (place / "l.tar.txt").write_text("./\n./a/\n./a/x\n./b\n")
    (place / "v.tar.txt").write_text(
        "drwxr-xr-x me/me         0 2024-01-01 10:00 a/\n"
        "-rw-r--r-- me/me         6 2024-01-01 10:00 a/x\n"
        "-rw-r--r-- me/me         0 2024-01-01 10:00 b\n"
    )
    (place / "l.json").write_text('{"/a/x": "hello\\n", "b": ""}')
    (place / "p.json").write_text('["/a/x", "b"]')
    trees = [open_data(str(path)) for path in sorted(place.iterdir())]

    assert {tuple(tree.entries) for tree in trees} == {tuple(open_data(str(folder)).entries)}
    assert open_data(str(place / "v.tar.txt")).size("/a/x") == 6


def test_names_that_a_repo_cannot_hold_are_left_out(tmp_path):
    """Each is named with the rule that it breaks."""
    for name in ("ok", "a+b", "straße", "x(1)"):
        (tmp_path / name).write_text("")
    tree = open_data(str(tmp_path))

    assert list(tree.entries) == ["/", "/ok"]
    assert codes(tree) == ["BC901", "BC901"]
    messages = " ".join(problem.message for problem in tree.problems)
    assert "`/a+b`" in messages
    assert "printable ASCII" in messages


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_names_that_are_no_text_are_shown_by_their_bytes(tmp_path):
    """A name that is not UTF-8 is left out, and its message can be printed."""
    (tmp_path / os.fsdecode(b"caf\xe9")).write_text("")
    (problem,) = open_data(str(tmp_path)).problems

    assert "`/caf\\xe9`" in problem.message


def test_links_are_followed_to_files_only(folder):
    """A link to a file is that file; a link to a folder, and one to nothing, is said."""
    (folder / "to_file").symlink_to(folder / "a" / "x")
    (folder / "to_folder").symlink_to(folder)
    (folder / "to_nothing").symlink_to(folder / "nothing")
    tree = open_data(str(folder))

    assert list(tree.entries) == ["/", "/a/", "/a/x", "/b", "/to_file"]
    assert codes(tree) == ["BC904"]
    assert tree.digest("/to_file") == tree.digest("/a/x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_said(folder):
    """A folder that cannot be looked into is named; a file without access has no hash."""
    (folder / "a").chmod(0)
    (folder / "b").chmod(0)
    try:
        tree = open_data(str(folder))
        assert codes(tree) == ["BC905"]
        assert tree.digest("/b") is None
    finally:
        (folder / "a").chmod(0o700)


def test_a_pipe_is_no_file(folder):
    """What is neither file nor folder is left out and said."""
    os.mkfifo(folder / "pipe")

    assert codes(open_data(str(folder))) == ["BC905"]


def test_two_spellings_are_one_path(tmp_path):
    """A path given twice counts once; of two contents the last counts."""
    (tmp_path / "l.txt").write_text("a/x\n/a//x\n./a/x\n")
    (tmp_path / "l.json").write_text('{"/a": "1", "a": "22"}')
    listed, mapped = (open_data(str(tmp_path / name)) for name in ("l.txt", "l.json"))

    assert list(listed.entries) == ["/", "/a/", "/a/x"]
    assert codes(listed) == codes(mapped) == ["BC902"]
    assert mapped.size("/a") == 2


def test_dots_are_refused_not_worked_out(tmp_path):
    """`..` in a path is a name that no repo can hold."""
    (tmp_path / "l.txt").write_text("a/../b\nok\n")
    tree = open_data(str(tmp_path / "l.txt"))

    assert list(tree.entries) == ["/", "/ok"]
    assert codes(tree) == ["BC901"]


def test_a_path_is_a_file_or_a_folder(tmp_path):
    """A file whose path is a folder's, too, is left out."""
    (tmp_path / "l.txt").write_text("a\na-b\na/x\n")
    tree = open_data(str(tmp_path / "l.txt"))

    assert list(tree.entries) == ["/", "/a-b", "/a/", "/a/x"]
    assert codes(tree) == ["BC903"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing", None, "BC900"),
        ("x.json", b"{", "BC909"),
        ("x.json", b'{"a": 1}', "BC909"),
        ("x.json", b"[" * 100_000, "BC909"),
        ("x.tar", b"", "BC909"),
        ("x.txt", b"a\0b", "BC909"),
    ],
)
def test_data_that_is_none_is_an_error(tmp_path, name, content, code):
    """A place that is missing or malformed gives an empty tree and one error."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    tree = open_data(str(tmp_path / name))

    assert list(tree.entries) == []
    assert codes(tree) == [code]


def test_a_place_that_no_file_can_have():
    """A NUL in the name is an answer, not a crash."""
    assert codes(open_data("a\0b")) == ["BC909"]
