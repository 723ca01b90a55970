"""The worked examples of the reference: joins, groups, nesting, IDs, order, hashes."""

from __future__ import annotations

import pytest

from bcdslc.datum.identity import bucket_name, datum_hash, datum_id
from bcdslc.datum.listing import listing
from bcdslc.datum.prepare import Clock, NotGiven, Unusable, prepare
from bcdslc.input_tree import Cron, Cross, Group, Join, Pfs, Union
from bcdslc.tree.from_mapping import from_mapping
from datum.trees import ids, leaf, listed, node, processed, shown

A, B, C = leaf("A"), leaf("B"), leaf("C")
AO, BO, CO = (leaf(name, outer_join=True) for name in "ABC")
FILES = {"A": "1 2 4", "B": "1 2 3", "C": "1 3 5"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((A, B), ["A1 B1", "A2 B2"]),
        ((AO, B), ["A1 B1", "A2 B2", "A4"]),
        ((A, BO), ["A1 B1", "A2 B2", "B3"]),
        ((AO, BO), ["A1 B1", "A2 B2", "A4", "B3"]),
        ((A, B, C), ["A1 B1 C1"]),
        ((AO, B, C), ["A1 B1 C1", "A2", "A4"]),
        ((AO, BO, C), ["A1 B1 C1", "A2 B2", "A4", "B3"]),
        ((AO, BO, CO), ["A1 B1 C1", "A2 B2", "A4", "B3 C3", "C5"]),
        ((A,), ["A1", "A2", "A4"]),
    ],
)
def test_joins(parts, expected):
    """The table of joins, outer and inner."""
    assert sorted(listed(Join(parts=parts), **FILES)) == sorted(expected)


def test_an_empty_key_joins_everything():
    """A key that refers to no group is empty, and empty keys are equal."""
    trees = [Join(parts=(leaf("A", "/*"), leaf("B", "/*"))), Cross(parts=(A, B))]

    assert sorted(listed(trees[0], **FILES)) == sorted(listed(trees[1], **FILES))


def test_many_to_many_is_a_datum_for_each_pair():
    """Two files of one key on both sides make four datums."""
    tree = Join(parts=(leaf("A", "/(*)-*"), leaf("B", "/(*)-*")))

    assert len(listed(tree, A="k-1 k-2", B="k-x k-y")) == 4


def test_a_group_orders_its_entries_by_id():
    """Entries stand in the order of their own IDs, which is not the order of paths."""
    found = listed(Group(parts=(leaf("A", "/(*)-*"),)), A="k-1 k-2 m-1")

    assert sorted(found) == ["Ak-2 Ak-1", "Am-1"]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Join(parts=(A, Cross(parts=(B, C)))), ["A1 B1", "A1 C1", "A2 B2"]),
        (Join(parts=(Join(parts=(A, B)), C)), ["A1 C1", "B1 C1"]),
        (Join(parts=(Union(parts=(A, B)), C)), ["A1 C1", "B1 C1", "B3 C3"]),
        (Join(parts=(Group(parts=(A,)), C)), ["A1 C1"]),
        (Group(parts=(Join(parts=(A, B)),)), ["A1 B1", "A2 B2"]),
    ],
)
def test_joins_and_groups_take_their_parts_apart(tree, expected):
    """Nested datums are flattened and put together anew, entry by entry."""
    assert sorted(listed(tree, **FILES)) == expected


def test_a_group_of_a_cross_repeats_entries():
    """With two files on both sides and one key there is one datum of eight entries."""
    parts = (leaf("A", "/*", "k"), leaf("B", "/*", "k"))
    (datum,) = listed(Group(parts=(Cross(parts=parts),)), A="1 2", B="x y")

    assert len(datum.split()) == 8


def test_ids_of_the_reference():
    """IDs are hashes of name, repo, branch and path of each entry in order."""
    two = Cross(parts=(leaf("A", "/1"), leaf("B", "/x")))
    exam = Pfs(name="exams", repo="mammo", glob="/exam1")

    assert ids(two, A="1", B="x")[0].startswith("e5f9d827")
    assert ids(exam, mammo="exam1/L_CC.png")[0].startswith("cbd44033")
    assert ids(Pfs(name=None, repo="repo"), repo="a")[0].startswith("21c7403c")


def test_a_listing_goes_by_id_and_a_job_by_index():
    """Listing order 2, 1, 4; processing order 1, 2, 4."""
    assert listed(A, **FILES) == ["A2", "A1", "A4"]
    assert processed(A, **FILES) == ["A1", "A2", "A4"]


def test_a_union_is_worked_through_with_its_parts_interleaved():
    """Each part's datums keep their index."""
    found = processed(Union(parts=(A, B)), **FILES)

    assert [set(found[i : i + 2]) for i in (0, 2, 4)] == [{"A1", "B1"}, {"A2", "B2"}, {"A4", "B3"}]


def test_a_cross_is_worked_through_by_the_ids_of_its_parts():
    """The first part changes slowest, and parts come in the order of IDs."""
    found = processed(Cross(parts=(A, leaf("B", "/1"))), **FILES)

    assert found == ["A2 B1", "A1 B1", "A4 B1"]


def test_sorting_goes_by_names_as_written():
    """Unnamed inputs keep the written order; named ones are sorted."""
    written = (Pfs(name=None, repo="zeta"), Pfs(name=None, repo="alpha"))
    named = (Pfs(name="zeta", repo="zeta"), Pfs(name="alpha", repo="alpha"))
    files = {"zeta": "x", "alpha": "y"}

    assert listed(Cross(parts=written), **files) == ["zeta alpha"]
    assert listed(Cross(parts=named), **files) == ["alpha zeta"]


def test_an_earlier_union_part_wins():
    """Of two datums of one ID the earlier child's stays, with its keys."""
    first, second = leaf("A", "/*", "one"), leaf("A", "/*", "two")
    (datum,) = listing(node(Union(parts=(first, second)), A="1"))

    assert datum.entries[0].join_on == "one"


def test_the_hash_of_the_reference():
    """A datum's hash adds content and salt to its ID; `reference` leaves the content out."""
    tree = from_mapping({"/1": "hello\n"})
    plain = prepare(leaf("A", "/1"), {(None, "A", "master"): tree}).node
    loose = prepare(leaf("A", "/1", reference=True), {(None, "A", "master"): tree}).node
    (one,), (other,) = listing(plain), listing(loose)

    assert datum_hash(one, "salt").value.hex().startswith("fe503e5d9e057307")
    assert datum_hash(other, "salt") != datum_hash(one, "salt")
    assert datum_id(one) == datum_id(other)


def test_bucket_names_of_the_reference():
    """Keys are visited in the order of their hashes."""
    assert bucket_name("adele").startswith("05f4377a")
    assert bucket_name("").startswith("0e5751c0")


def test_what_stands_in_the_way_is_a_value():
    """A clock, a glob that does not compile, a key that crashes, data that nobody gave."""
    tree = Cross(
        parts=(
            Cron(name="tick", spec="@never"),
            leaf("A", "/[a"),
            leaf("A", key="$01"),
            leaf("Z"),
        )
    )
    found = prepare(tree, {(None, "A", "master"): from_mapping({"/x": ""})}).obstacles

    assert {type(obstacle) for obstacle in found} == {Clock, Unusable, NotGiven}
    assert len(found) == 4


def test_a_key_crashes_only_where_something_matches():
    """The server expands a key for each match, so without a match it does not crash."""
    assert listed(leaf("A", "/z*", "$01"), A="1") == []


def test_a_trigger_reads_its_own_branch():
    """An input with a trigger reads a branch that is named for the pipeline and its number."""
    from bcdslc.spec.message import Trigger

    tree = Cross(parts=(leaf("A", trigger=Trigger()), leaf("B"), leaf("A", trigger=Trigger())))
    asked = []

    prepare(tree, lambda leaf: asked.append(leaf.branch), pipeline="p")

    assert asked == ["p-trigger-1", "p-trigger-2", "master"]


def test_the_whole_of_an_empty_repo_is_nothing():
    """Glob `/` on a commit without files gives no datum."""
    assert listed(leaf("A", "/"), A="") == []
    assert shown(listing(node(leaf("A", "/"), A="x"))) == ["A"]
