"""Datums by definition, step by step as the server works, with no thought of speed.

Shares with the fast path only how one path is matched and one key is expanded.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import product
from struct import pack

from bcdsl.pattern.canonical import canonical
from bcdslc.glob.matcher import compile_glob
from bcdslc.glob.template import expand
from bcdslc.input_tree import Cross, Join, Pfs, Union


def listed(tree, repos):
    """Return the datums of a tree in order, each a tuple of (name, repo, branch, path)."""
    return [tuple(entry[:4] for entry in datum) for datum in evaluate(in_order(tree), repos)]


def in_order(tree):
    """Return the tree with the parts of every operator sorted by name as written."""
    if isinstance(tree, Pfs):
        return tree
    return type(tree)(parts=tuple(sorted(map(in_order, tree.parts), key=name_of)))


def name_of(tree):
    """Return the name that a part is sorted by."""
    return tree.name or "" if isinstance(tree, Pfs) else name_of(tree.parts[0])


def evaluate(tree, repos):
    """Return a node's datums, of one ID the first, in ascending order of ID."""
    if isinstance(tree, Pfs):
        return first_of_each_id([(entry,) for entry in matched(tree, repos)])
    parts = [evaluate(part, repos) for part in tree.parts]
    if isinstance(tree, Union):
        return first_of_each_id([datum for part in parts for datum in part])
    if isinstance(tree, Cross):
        return first_of_each_id([sum(row, ()) for row in product(*parts)])
    buckets = [bucketed(part, 4 if isinstance(tree, Join) else 5) for part in parts]
    keys = sorted({key for bucket in buckets for key in bucket}, key=hashed)
    if isinstance(tree, Join):
        return first_of_each_id([row for key in keys for row in joined(key, buckets)])
    return first_of_each_id([tuple(e for b in buckets for e in b.get(key, ())) for key in keys])


def matched(leaf, repos):
    """Yield a leaf's entries: name, repo, branch, path, both keys, and whether it is outer."""
    files = repos[leaf.repo]
    folders = {path[: at + 1] for path in files for at, char in enumerate(path) if char == "/"}
    matcher = compile_glob(canonical(leaf.glob))
    for path in sorted({*files, *folders}):
        captures = matcher.match(path.rstrip("/"))
        if captures is not None:
            keys = expand(leaf.join_on, captures), expand(leaf.group_by, captures)
            yield leaf.name or leaf.repo, leaf.repo, "master", path, *keys, leaf.outer_join


def bucketed(datums, field):
    """Return the entries of datums one by one, by a key of theirs."""
    found = {}
    for datum in datums:
        for entry in datum:
            found.setdefault(entry[field], []).append(entry)
    return found


def joined(key, buckets):
    """Yield what a join makes of one key."""
    having = [bucket[key] for bucket in buckets if key in bucket]
    for row in product(*having):
        kept = row if len(having) == len(buckets) else tuple(e for e in row if e[6])
        if kept:
            yield kept


def first_of_each_id(datums):
    """Return datums in ascending order of ID, of one ID the first."""
    found = {}
    for datum in datums:
        found.setdefault(hashed("".join(map(identity, datum)), "latin-1"), datum)
    return [found[name] for name in sorted(found)]


def identity(entry):
    """Return what an entry has in an ID: each text and its length."""
    texts = (text.encode() for text in entry[:4])
    return b"".join(text + pack(">q", len(text)) for text in texts).decode("latin-1")


def hashed(text, encoding="utf-8"):
    """Return the name that a text has on the server."""
    return blake2b(text.encode(encoding), digest_size=32).hexdigest()
