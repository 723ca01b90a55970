"""Laws of compiled inputs, for all documents and all files."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import event, given
from hypothesis import strategies as st

from bcdsl.input_names import leaf_names
from bcdsl.model import PfsLeaf
from bcdsl.pattern.template import Reference, read_template
from bcdsl.ties import tie
from bcdslc.datum.count import count
from bcdslc.datum.formula import has_nameless_choice
from bcdslc.datum.identity import datum_id
from bcdslc.datum.listing import listing
from bcdslc.datum.node import Combined, Kind, Leaf, leaves
from bcdslc.glob.matcher import compile_glob
from bcdslc.glob.named import bindings
from meaning.realistic import layouts
from meaning.worlds import (
    MOST,
    NOTHING,
    compiled,
    data_of,
    datums,
    node_of,
    rows_bound,
    size,
    stages_of,
)
from programs import REPOS, documents, paths, reordered, text_of

DATA = st.fixed_dictionaries({repo: paths() for repo in REPOS})
ONE_STAGE = documents(stage_count=1)
ANY = st.one_of(st.tuples(ONE_STAGE.map(text_of), DATA), layouts())


@given(ONE_STAGE, DATA, st.integers())
def test_order_is_stable_to_the_id(document, repos, seed):
    """Inputs, stages and repos in another order give the same datum IDs in the same order."""
    one = compiled(text_of(document))
    other = compiled(text_of(reordered(document, Random(seed))))
    data = data_of(repos)

    assert [spec.request for spec in one.specs] == [spec.request for spec in other.specs]
    for spec, twin in zip(one.specs, other.specs, strict=True):
        if size(node_of(spec, data)) <= MOST:
            assert ids(spec, data) == ids(twin, data)


def ids(spec, data):
    """Return the IDs of a spec's datums in order."""
    return [datum_id(datum) for datum in listing(node_of(spec, data))]


@given(ANY)
def test_keys_never_collide(case):
    """Under one operator equal keys come from equal values, value by value."""
    text, repos = case
    if "join_on" in text or "group_by" in text:  # keys that the author wrote may do as they like
        return
    found = compiled(text)
    for spec in found.specs:
        for combined, field in keyed(node_of(spec, data_of(repos))):
            values: dict[str, set[tuple[str, ...]]] = {}
            for leaf in leaves(combined):
                for key, value in keys(leaf, field):
                    values.setdefault(key, set()).add(value)
            if any(len(value) > 1 for each in values.values() for value in each):
                event(f"{field} of several names")
            assert all(len(each) == 1 for each in values.values()), values


def keyed(node):
    """Yield each join and group of a node with the field that keys it."""
    if isinstance(node, Combined):
        if node.kind in (Kind.JOIN, Kind.GROUP):
            yield node, "join_on" if node.kind is Kind.JOIN else "group_by"
        for part in node.parts:
            yield from keyed(part)


def keys(leaf: Leaf, field):
    """Yield each key that a leaf makes, with the captures that it was made of."""
    spec = leaf.source.leaf
    template = read_template(getattr(spec, field))
    numbers = [part.number for part in template if isinstance(part, Reference)]
    for path, captures in compile_glob(spec.glob).over(leaf.source.files.entries):
        entry = next(entry for entry in leaf.entries if entry.path == path)
        yield getattr(entry, field), tuple(captures[n] for n in numbers)


@given(ONE_STAGE.filter(lambda document: "<s>" in text_of(document)), DATA)
def test_a_filled_parameter_is_a_narrowed_name(document, repos):
    """Filling a parameter gives the datums of the program with the name narrowed to that text."""
    text = document["params"]["s"]
    names = {**document.get("names", {}), "s": text}
    narrowed = {key: value for key, value in document.items() if key != "params"}
    fixed, free = compiled(text_of(document)), compiled(text_of({**narrowed, "names": names}))
    data = data_of(repos)
    for spec, twin in zip(fixed.specs, free.specs, strict=False):
        event("compared")
        assert datums(spec, data) == datums(twin, data)


@given(ANY)
def test_the_number_of_datums_is_that_of_the_names(case):
    """Where names say all that is open, datums are counted by values of names alone."""
    text, repos = case
    found, data = compiled(text), data_of(repos)
    for stage, spec in stages_of(found) if found.specs else ():
        if is_plain(stage.inputs) and rows_bound(stage.inputs, data) <= MOST:
            event("counted")
            assert count(node_of(spec, data)) == by_names(stage.inputs, data)


def is_plain(inputs):
    """Tell whether inputs are leaves in whose patterns names alone are open."""
    return all(
        isinstance(item, PfsLeaf)
        and not (item.keep and item.keep.value)
        and not has_nameless_choice(item.pattern.nodes)
        for item in inputs.items
    )


def by_names(inputs, data):
    """Return the number of values that names take: a join of relations, then a projection."""
    relations = [relation(item, data) for group in tie(inputs) for item in group_items(group)]
    rows = [dict(row) for row in joined(relations)]
    if inputs.each is None:
        return len({frozenset(row.items()) for row in rows})
    each = [name.value for name in inputs.each]
    return len({tuple(row[name] for name in each) for row in rows})


def group_items(group):
    """Return the items of a tied group."""
    return [tied.item for tied in group.inputs]


def relation(leaf, data):
    """Return the values that a leaf's names take together; of no names, whether it matches."""
    matcher = bindings(leaf.pattern)
    assert set(matcher.numbers) | set(matcher.fixed) == set(leaf_names(leaf))
    return [
        matcher.of(captures)
        for _, captures in matcher.matcher.over(data.get(leaf.repo.value, NOTHING).entries)
    ]


def joined(relations):
    """Yield the rows of a natural join."""
    for row in product(*relations):
        merged = {}
        if all(merged.setdefault(n, v) == v for part in row for n, v in part.items()):
            yield merged
