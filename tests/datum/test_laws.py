"""Laws of combinations: what holds for every tree and all files."""

from __future__ import annotations

from collections import Counter
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from bcdslc.datum.count import count
from bcdslc.datum.identity import datum_id
from bcdslc.datum.listing import listing, processing
from bcdslc.datum.stream import stream
from bcdslc.input_tree import Cross, Group, Join, Pfs, Union
from datum.by_the_book import listed
from datum.trees import ids, leaf, node

KEYS = ("/(*)", "/(*)/*", "/(*)-(*)", "/*", "/", "/**", "/(*)/(*)")
TEMPLATES = ("$1", "$2", "$1/$2", "", "k")
LEAVES = st.builds(
    leaf,
    st.sampled_from("ABC"),
    st.sampled_from(KEYS),
    st.sampled_from(TEMPLATES),
    outer_join=st.booleans(),
)
TREES = st.recursive(
    LEAVES,
    lambda parts: st.builds(
        lambda kind, parts: kind(parts=tuple(parts)),
        st.sampled_from((Cross, Join, Group, Union)),
        st.lists(parts, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
NAMES = st.sampled_from(["exam1", "exam2", "exam-1", "a", "b", "exam1/L", "exam1/R", "exam2/L"])
FILES = st.fixed_dictionaries({repo: st.lists(NAMES, max_size=5).map(" ".join) for repo in "ABC"})


def entries(datum):
    """Return a datum's entries without what differs between two preparations of one tree."""
    return tuple((e.source.signature, e.path) for e in datum.entries)


def of(tree, files):
    """Return the datums of a tree as sets of names and paths."""
    return {frozenset(entries(datum)) for datum in listing(node(tree, **files))}


@given(TREES, FILES)
def test_every_way_of_asking_gives_the_same_datums(tree, files):
    """Found, listed, worked through and counted: the same datums, each once, in its order."""
    data = node(tree, **files)
    found = [datum_id(datum) for datum in stream(data)]
    ordered = [(datum.index, datum_id(datum)) for datum in processing(data)]

    assert [datum_id(datum) for datum in listing(data)] == sorted(found)
    assert ordered == sorted(ordered)
    assert sorted(name for _, name in ordered) == sorted(found)
    assert len(set(found)) == len(found) == count(data)


@given(TREES, FILES)
def test_datums_are_those_of_the_definition(tree, files):
    """Whatever is skipped for speed: the same datums, entries and order as step by step."""
    paths = {repo: [f"/{path}" for path in names] for repo, names in held(files).items()}

    assert [entries_with_place(datum) for datum in listing(node(tree, **files))] == listed(
        tree, paths
    )


def held(files):
    """Return the files that a commit holds: a path that is also a folder is no file."""
    names = {repo: set(text.split()) for repo, text in files.items()}
    return {
        repo: [name for name in all_of if not any(n.startswith(name + "/") for n in all_of)]
        for repo, all_of in names.items()
    }


def entries_with_place(datum):
    """Return name, repo, branch and path of each entry."""
    return tuple((*entry.source.signature, entry.path) for entry in datum.entries)


@given(TREES, FILES, st.integers(1, 4))
def test_sorting_in_runs_changes_nothing(tree, files, run):
    """What does not fit in memory comes out in the same order."""
    data = node(tree, **files)
    expected = [entries(datum) for datum in listing(data)]
    with mock.patch("bcdslc.datum.listing.RUN", run):
        found = [entries(datum) for datum in listing(data)]

    assert found == expected


@given(st.lists(LEAVES, min_size=2, max_size=3, unique_by=lambda leaf: leaf.name), FILES)
def test_a_join_is_commutative_up_to_order(parts, files):
    """The order of the inputs decides only the order inside datums."""
    unnamed = [Pfs(**{**as_options(part), "name": None}) for part in parts]
    one, other = Join(parts=tuple(unnamed)), Join(parts=tuple(reversed(unnamed)))

    assert of(one, files) == of(other, files)


def as_options(part):
    """Return a leaf's fields."""
    return {name: getattr(part, name) for name in part.__slots__}


@given(st.lists(LEAVES, min_size=2, max_size=3, unique_by=lambda leaf: leaf.name), FILES)
def test_an_outer_join_contains_the_inner(parts, files):
    """Keeping more takes nothing away."""
    inner = Join(parts=tuple(Pfs(**{**as_options(p), "outer_join": False}) for p in parts))

    assert of(inner, files) <= of(Join(parts=tuple(parts)), files)


@given(st.lists(LEAVES, min_size=1, max_size=3, unique_by=lambda leaf: leaf.name), FILES)
def test_a_group_of_leaves_partitions_their_entries(parts, files):
    """Each entry is in one datum of the group, once."""
    grouped = Counter(
        e for d in listing(node(Group(parts=tuple(parts)), **files)) for e in entries(d)
    )
    single = Counter(e for p in parts for d in listing(node(p, **files)) for e in entries(d))

    assert grouped == single


@given(TREES, FILES)
def test_a_union_is_idempotent(tree, files):
    """A tree united with itself has its own datums."""
    assert ids(Union(parts=(tree, tree)), **files) == ids(tree, **files)
