"""What the compiler refuses, Pachyderm cannot say: for each kind, files that show it.

For one document of each kind every input tree over the same leaves is tried, with every choice
of one key per leaf: on the files given none makes the datums that the document means. Where the
author wrote an operator that means Pachyderm's own, only trees that keep it are tried.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest

from bcdsl import analyze
from bcdsl.input_names import leaf_names
from bcdsl.pattern.write import write_glob
from bcdslc.datum.prepare import prepare
from bcdslc.datum.stream import stream
from bcdslc.input_tree import Cross, Group, Join, Pfs, Union
from bcdslc.input_tree import leaves as all_leaves
from bcdslc.meaning import Entry, leaves_of
from meaning.worlds import compiled, data_of, defined

CASES = {
    "inputs whose pairs share different names": (
        "BC450",
        '["a:/<x>", "b:/<x>/<y>", "c:/<y>"]',
        {"a": "1 2", "b": "1/1 1/2 2/1", "c": "1 2"},
    ),
    "keep where a parameter and another name tie": (
        "BC451",
        '[{of: "a:/<s>/<x>", keep: true}, "b:/<s>/<x>", "c:/<s>/*"]',
        {"a": "k/1 k/2 k/3", "b": "k/1 k/3 k/4", "c": "k/5 k/6"},
    ),
    "each by a name that only one of the tied inputs has": (
        "BC452",
        '["a:/<x>/<y>", "b:/<x>"]\n    each: y',
        {"a": "1/1 1/2 2/1 3/2", "b": "1 2 3 4"},
    ),
    "a join in which a name is shared by some": (
        "BC459",
        '[{join: ["a:/<x>/<y>", "b:/<x>/<y>", "c:/<x>"]}]',
        {"a": "1/1 1/2 2/1", "b": "1/1 1/2 2/1", "c": "1 2"},
    ),
    "alternatives that are one file with two meanings": (
        "BC467",
        '[{union: [{D: "a:/<x>/*"}, {D: "a:/*/<x>"}]}, "b:/<x>"]',
        {"a": "1/2 2/3", "b": "1 2 3"},
    ),
    "each beside an input that is grouped by another name": (
        "BC455",
        '["a:/<x>/*", {group: ["b:/<y>/*"]}]\n    each: x',
        {"a": "1/1 1/2 2/1", "b": "p/1 p/2 q/1"},
    ),
}
KEEPS_THE_OPERATOR = {
    "BC467": lambda tree: in_a_union(tree, "D"),
    "BC455": lambda tree: all(leaf.group_by for leaf in all_leaves(tree) if leaf.repo == "b"),
}


def document(inputs):
    """Return a document with one stage."""
    return (
        "repos: [a, b, c]\nparams: {s: k}\nstages:\n  t:\n    image: i:1\n    cmd: [run]\n"
        f"    from: {inputs}\n"
    )


@pytest.mark.parametrize("case", CASES)
def test_no_tree_says_it(case, monkeypatch):
    """The compiler refuses, and no input tree has the document's datums on these files."""
    code, inputs, words = CASES[case]
    files = {repo: {f"/{w}/f": "" for w in found.split()} for repo, found in words.items()}
    data = data_of(files)
    assert code in {problem.code for problem in compiled(document(inputs)).problems}

    monkeypatch.setattr(analyze, "CHECKS", ())
    stage = compiled(document(inputs)).dag.stages[0]
    if code == "BC459":  # what the author may have meant: tied by all names they share
        (join,) = stage.inputs.items
        wanted = defined(type(stage.inputs)(items=join.items, span=join.span), data)
    else:
        wanted = defined(stage.inputs, data)
    leaves = [leaf for item in stage.inputs.items for leaf in leaves_of(item)]
    tried = 0
    for tree in filter(KEEPS_THE_OPERATOR.get(code), trees(leaves)):
        tried += 1
        assert made(tree, data) != wanted, tree

    assert wanted
    assert tried > 10


def trees(leaves):
    """Yield every tree of two levels over leaves, each with one key and any flags of `keep`."""
    choices = [list(keyed(leaf)) for leaf in leaves]
    for row in product(*choices):
        yield from over(row)


def in_a_union(tree, name):
    """Tell whether the leaves of a name stand in a union by themselves."""
    own = isinstance(tree, Union) and all(leaf.name == name for leaf in all_leaves(tree))
    return own or any(in_a_union(part, name) for part in getattr(tree, "parts", ()))


def keyed(leaf):
    """Yield a leaf with each choice of names as its key for joins and groups alike."""
    names = sorted(leaf_names(leaf))
    written = write_glob(leaf.pattern, names)
    free = [name for name in names if name in written.numbers]
    kept = (False, True) if leaf.keep else (False,)
    for outer in kept:
        for count in range(len(free) + 1):
            for chosen in combinations(free, count):
                key = "+".join(f"${written.numbers[name]}" for name in chosen)
                yield Pfs(
                    name=leaf.name.value,
                    repo=leaf.repo.value,
                    glob=written.glob,
                    join_on=key,
                    group_by=key,
                    outer_join=outer,
                )


def over(leaves):
    """Yield the trees of two levels whose leaves are these."""
    kinds = (Join, Cross, Group, Union)
    flat = [kind(parts=tuple(leaves)) for kind in kinds]
    nested = [
        outer(parts=(inner(parts=pair), *(leaf for leaf in leaves if leaf not in pair)))
        for pair in combinations(leaves, 2)
        for inner in kinds
        for outer in kinds
        if len(leaves) > 2
    ]
    yield from flat
    yield from nested
    yield from (Group(parts=(tree,)) for tree in (*flat, *nested))


def made(tree, data):
    """Return the datums that a tree makes."""
    node = prepare(tree, lambda leaf: data[leaf.repo]).node
    return frozenset(
        frozenset(Entry(e.source.name, e.source.repo, e.source.branch, e.path) for e in d.entries)
        for d in stream(node)
    )
