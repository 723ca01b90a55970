"""File trees: what paths imply, in which order, with which sizes and hashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdslc.tree.digest import ONE_PIECE, digest_bytes
from bcdslc.tree.from_listing import from_listing
from bcdslc.tree.from_mapping import from_mapping

FILES = ["/B/x.csv", "/a-b/x.txt", "/a.d/w", "/a.txt", "/a/sub/z.csv", "/a/x.csv", "/ab", "/b/.h/q"]
PATHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "a-", "a.", "0", "ab", "B"]), min_size=1, max_size=4).map(
        lambda parts: "/" + "/".join(parts)
    ),
    max_size=12,
)


def test_folders_stand_where_their_slash_puts_them():
    """Entries are in byte order with a folder's slash counted: `-` and `.` come before it."""
    tree = from_listing("\n".join(FILES))

    assert list(tree.entries) == [
        "/", "/B/", "/B/x.csv", "/a-b/", "/a-b/x.txt", "/a.d/", "/a.d/w", "/a.txt", "/a/",
        "/a/sub/", "/a/sub/z.csv", "/a/x.csv", "/ab", "/b/", "/b/.h/", "/b/.h/q",
    ]  # fmt: skip


@given(PATHS)
def test_entries_are_all_files_and_all_their_ancestors_in_order(paths):
    """The quick way of putting folders among files agrees with the definition."""
    tree = from_listing("\n".join(paths))
    folders = {p[: i + 1] for p in paths for i in range(len(p)) if p[i] == "/"}
    files = {p for p in paths if p + "/" not in folders}
    folders = {p[: i + 1] for p in files for i in range(len(p)) if p[i] == "/"}

    assert list(tree.entries) == sorted(files | folders)


def test_a_commit_without_files_has_not_even_a_root():
    """An empty tree has no entries."""
    assert list(from_mapping({}).entries) == []


def test_hashes_are_those_of_the_server():
    """The worked examples of the reference: a file, an empty file, a folder of the two."""
    tree = from_mapping({"/d/a": "hello\n", "/d/b": ""})

    assert [tree.digest(e).value.hex()[:16] for e in ("/d/a", "/d/b", "/d/")] == [
        "a76538c4bbfc9fae",
        "0e5751c026e543b2",
        "9c7b9ea83d599132",
    ]
    assert tree.digest("/d/").servers


def test_a_folder_hash_does_not_know_names():
    """Files renamed without a change of order leave the hash as it was."""
    one = from_mapping({"/d/a": "1", "/d/s/x": "2"})
    other = from_mapping({"/d/b": "1", "/d/t/y": "2"})

    assert one.digest("/") == other.digest("/")


@pytest.mark.parametrize(("size", "servers"), [(ONE_PIECE - 1, True), (ONE_PIECE, False)])
def test_a_large_file_has_a_hash_that_is_not_the_servers(size, servers):
    """From a million bytes on the server may cut a file, so our hash is not its."""
    assert digest_bytes(b"x" * size).servers is servers


def test_sizes_add_up():
    """A folder's size is the sum of its files'."""
    tree = from_mapping({"/d/a": "123", "/d/e/b": "4", "/f": "5"})

    assert [tree.size(e) for e in ("/", "/d/", "/d/e/", "/f")] == [5, 4, 1, 1]
