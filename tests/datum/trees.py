"""Input trees and file trees for tests, in few words."""

from __future__ import annotations

import re

from bcdslc.datum.identity import datum_id
from bcdslc.datum.listing import listing, processing
from bcdslc.datum.prepare import prepare
from bcdslc.input_tree import Pfs
from bcdslc.tree.from_listing import from_listing


def leaf(name, glob="/(*)", key="$1", **options):
    """Return a leaf on the repo of its name, with the same key for joins and groups."""
    return Pfs(name=name, repo=name, glob=glob, join_on=key, group_by=key, **options)


def node(tree, **files):
    """Return a tree on its data; each repo's files are words without the first slash."""
    repos = {
        (None, repo, "master"): from_listing("\n".join(words.split()))
        for repo, words in files.items()
    }
    prepared = prepare(tree, repos)
    assert prepared.node is not None, prepared.obstacles
    return prepared.node


def shown(found):
    """Return datums as text: `A1 B1` for each, in the order given."""
    return [
        " ".join(e.source.name + re.sub(r"^/|/$", "", e.path) for e in datum.entries)
        for datum in found
    ]


def listed(tree, **files):
    """Return the datums of a tree in the order of the listing."""
    return shown(listing(node(tree, **files)))


def processed(tree, **files):
    """Return the datums of a tree in the order in which a job works."""
    return shown(processing(node(tree, **files)))


def ids(tree, **files):
    """Return the IDs of a tree's datums."""
    return [datum_id(datum) for datum in listing(node(tree, **files))]
