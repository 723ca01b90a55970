"""Which datums an input tree makes of given files, in Pachyderm's order."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.datum.listing import listing
from bcdslc.datum.prepare import Find, Repos, prepare
from bcdslc.datum.source import Datum
from bcdslc.input_tree import InputTree


def datums(tree: InputTree, repos: Repos | Find, *, pipeline: str = "") -> Iterator[Datum]:
    """Yield the datums of a tree in ascending order of ID.

    Every leaf must have its files in `repos` and a glob that compiles; where that is not
    sure, `prepare` says what stands in the way.
    """
    prepared = prepare(tree, repos, pipeline=pipeline)
    if prepared.node is None:
        raise ValueError("; ".join(map(str, prepared.obstacles)))
    return listing(prepared.node)
