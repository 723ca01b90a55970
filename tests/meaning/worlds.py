"""Documents and data for the laws of meaning: from a document's text to datums, by two roads.

The fast road compiles and asks the datum engine; the slow road asks the definition.
"""

from __future__ import annotations

from math import prod

from bcdsl.analyze import Options
from bcdsl.model import CronLeaf
from bcdsl.source import SourceFile
from bcdslc.beside import FilesBeside
from bcdslc.compile import compile_document
from bcdslc.datum.node import Kind, Leaf
from bcdslc.datum.prepare import prepare
from bcdslc.datum.stream import stream
from bcdslc.input_tree import Cron, Cross, Group, Join, Pfs, Union
from bcdslc.meaning import Entry, meaning
from bcdslc.spec.tree import tree_of
from bcdslc.tree.from_mapping import from_mapping

MOST = 3_000  # datums, rows and entries in all: beyond that a case is not worth its time
NOTHING = from_mapping({})


def compiled(text, **params):
    """Return a compiled document."""
    options = Options(params=params) if params else Options()
    return compile_document(SourceFile("law.bc.yaml", text), options, FilesBeside("law.bc.yaml"))


def data_of(repos, ticks=1):
    """Return file trees by repo, and one for clocks."""
    trees = {name: from_mapping(files) for name, files in repos.items()}
    return {**trees, "": from_mapping({f"/2024-01-0{n + 1}T00:00:00Z": "" for n in range(ticks)})}


def ticking(tree):
    """Return a tree with each clock as what it is: files of the tick repo."""
    match tree:
        case Cron():
            return Pfs(name=tree.name, repo="", glob="/*")
        case Cross() | Join() | Group() | Union():
            return type(tree)(parts=tuple(map(ticking, tree.parts)))
    return tree


def node_of(spec, data):
    """Return a spec's inputs on data."""
    tree = ticking(tree_of(spec.request.input))
    prepared = prepare(tree, lambda leaf: data.get(leaf.repo, NOTHING), pipeline=spec.name)
    assert prepared.node is not None, prepared.obstacles
    return prepared.node


def datums(spec, data):
    """Return the datums of a spec as sets of entries; None if there are too many."""
    node = node_of(spec, data)
    if size(node) > MOST:
        return None
    return frozenset(
        frozenset(
            Entry(e.source.name, e.source.repo, _watched(e.source.leaf), e.path)
            for e in datum.entries
        )
        for datum in stream(node)
    )


def _watched(leaf):
    return (leaf.trigger.branch if leaf.trigger is not None else None) or leaf.branch


def size(node):
    """Return a number that the datums and the entries of a node do not exceed."""
    if isinstance(node, Leaf):
        return len(node.entries)
    sizes = [size(part) for part in node.parts]
    if node.kind in (Kind.CROSS, Kind.JOIN):
        return prod(max(size, 1) for size in sizes) * len(sizes)
    return sum(sizes)


def defined(inputs, data):
    """Return the datums that the definition gives, a clock's repo being the empty name."""

    def commit(leaf):
        repo = "" if isinstance(leaf, CronLeaf) else leaf.repo.value
        return data.get(repo, NOTHING).entries

    found = meaning(inputs, commit)
    return frozenset(frozenset(map(_clock_less, datum)) for datum in found)


def _clock_less(entry):
    if entry.path.endswith("Z") and entry.path.startswith("/2024-"):
        return Entry(entry.name, "", "master", entry.path)
    return entry


def stages_of(found):
    """Yield each stage that reads something, with its spec."""
    specs = {spec.name: spec for spec in found.specs}
    for stage in found.dag.stages:
        if stage.inputs is not None and stage.name.value in specs:
            yield stage, specs[stage.name.value]


def rows_bound(inputs, data):
    """Return a number that the definition's rows do not exceed."""
    from bcdslc.meaning import leaves_of

    return prod(
        max(1, sum(1 + len(data.get(_repo(leaf), NOTHING).entries) for leaf in leaves_of(item)))
        for item in inputs.items
    )


def _repo(leaf):
    return "" if isinstance(leaf, CronLeaf) else leaf.repo.value
