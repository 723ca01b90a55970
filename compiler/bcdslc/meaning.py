"""What a stage's inputs mean, by definition: slow, and meant to be read beside the reference.

`docs/language.md`, "What it means", says which datums `from` and `each` make of given files.
This is that text as a program, over the document as meant and over globs; it knows nothing of
how the compiler turns inputs into Pachyderm's joins and groups. Tests hold the compiler to it.

An input yields *matches*: entries and the text bound to each name. Inputs that share a name are
tied; a tied group yields *rows*, one match per input with one value for every name; groups are
combined all with all; and a datum is a set of entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdsl.model import CronLeaf, Inputs, Item, Key, Leaf, Operator, OperatorKind, PfsLeaf
from bcdsl.pattern.names import names as names_in
from bcdsl.pattern.tree import Fixed, Group, Pattern
from bcdsl.pattern.walk import walk
from bcdslc.glob.named import bindings

Commit: TypeAlias = Callable[[Leaf], Sequence[str]]  # files and folders (`/a/`) of a leaf's branch
Bound: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder of one input; equal if Pachyderm cannot tell them apart."""

    name: str
    repo: str
    branch: str
    path: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, the leaf that matched it, and what its names are bound to."""

    entry: Entry
    leaf: Leaf
    bound: Bound
    captures: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """Some hits that belong together, and what the names of their input or group are bound to."""

    hits: tuple[Hit, ...]
    bound: Bound


def meaning(inputs: Inputs, commit: Commit) -> frozenset[frozenset[Entry]]:
    """Return the datums of a stage, each a set of entries."""
    groups = [_rows_of_group(group, commit) for group in tied_groups(inputs.items)]
    rows = [_merged(parts) for parts in product(*groups)]
    if inputs.each is None:
        return frozenset(_entries(row.hits) for row in rows)
    each = [name.value for name in inputs.each]
    return frozenset(_entries(hits) for hits in _gathered(rows, each).values())


def _entries(hits: Iterable[Hit]) -> frozenset[Entry]:
    return frozenset(hit.entry for hit in hits)


def _merged(rows: Iterable[Row]) -> Row:
    parts = list(rows)
    hits = tuple(chain.from_iterable(row.hits for row in parts))
    return Row(hits, {name: text for row in parts for name, text in row.bound.items()})


def _gathered(rows: Iterable[Row], each: Sequence[str]) -> dict[tuple[str, ...], list[Hit]]:
    """Return the hits of all rows by the value of the names in `each`."""
    found: dict[tuple[str, ...], list[Hit]] = {}
    for row in rows:
        found.setdefault(tuple(row.bound[name] for name in each), []).extend(row.hits)
    return found


# --- 1 and 2: rows ---


def tied_groups(items: Sequence[Item]) -> list[list[Item]]:
    """Return the items in groups that share names, directly or through others."""
    groups: list[list[Item]] = []
    for item in items:
        mine = names_of(item)
        tied = [group for group in groups if any(mine & names_of(other) for other in group)]
        groups = [group for group in groups if group not in tied]
        groups.append([*chain.from_iterable(tied), item])
    return groups


def _rows_of_group(group: Sequence[Item], commit: Commit) -> list[Row]:
    matches = [list(matches_of(item, commit)) for item in group]
    if len(group) == 1:
        return matches[0]
    if not any(is_kept(item) for item in group):
        return [_merged(rows) for rows in product(*matches) if _agree(rows)]
    return list(_rows_with_kept(group, matches))


def _agree(rows: Sequence[Row]) -> bool:
    values: dict[str, str] = {}
    return all(
        values.setdefault(name, text) == text for row in rows for name, text in row.bound.items()
    )


def _rows_with_kept(group: Sequence[Item], matches: Sequence[Sequence[Row]]) -> Iterator[Row]:
    """Yield the rows of a group in which some input is kept: value by value."""
    shared = shared_names(group)
    values = [
        {name: row.bound[name] for name in shared} for rows in matches for row in rows
        if shared <= row.bound.keys()
    ]  # fmt: skip
    for value in [v for at, v in enumerate(values) if v not in values[:at]]:
        having = [[row for row in rows if _agree([row, Row((), value)])] for rows in matches]
        if not all(having):
            pairs = zip(group, having, strict=True)
            having = [rows for item, rows in pairs if rows and is_kept(item)]
        if having:
            yield from map(_merged, product(*having))


def shared_names(group: Sequence[Item]) -> frozenset[str]:
    """Return the names that two inputs or more of a group have and that no parameter fixes."""
    return frozenset(
        name
        for position, item in enumerate(group)
        for name in names_of(item)
        if name not in fixed_names(item)
        and any(name in names_of(other) for other in [*group[:position], *group[position + 1 :]])
    )


# --- matches ---


def names_of(item: Item) -> frozenset[str]:
    """Return the names that an input has for its neighbours."""
    match item:
        case CronLeaf():
            return frozenset()
        case PfsLeaf():
            return frozenset(part.name for part in names_in(item.pattern) if part.name is not None)
        case Operator() if only_alternatives(item):
            return frozenset.intersection(*(names_of(part) for part in item.items))
        case Operator():
            return frozenset()


def fixed_names(item: Item) -> frozenset[str]:
    """Return those of an input's names that a parameter fixes."""
    return frozenset(
        part.name
        for leaf in leaves_of(item)
        if isinstance(leaf, PfsLeaf)
        for part in names_in(leaf.pattern)
        if isinstance(part, Fixed)
    )


def only_alternatives(item: Item) -> bool:
    """Tell whether an item is a union of leaves and such unions."""
    return (
        isinstance(item, Operator)
        and item.kind is OperatorKind.UNION
        and all(not isinstance(part, Operator) or only_alternatives(part) for part in item.items)
    )


def leaves_of(item: Item) -> Iterator[Leaf]:
    """Yield the leaves of an item from left to right."""
    if isinstance(item, Operator):
        for part in item.items:
            yield from leaves_of(part)
    else:
        yield item


def is_kept(item: Item) -> bool:
    """Tell whether an input keeps what has no partner."""
    return any(
        isinstance(leaf, PfsLeaf) and leaf.keep is not None and leaf.keep.value
        for leaf in leaves_of(item)
    )


def matches_of(item: Item, commit: Commit) -> Iterator[Row]:
    """Yield the matches of an input."""
    if not isinstance(item, Operator):
        for hit in hits_of(item, commit):
            yield Row((hit,), hit.bound)
    elif only_alternatives(item):
        common = names_of(item)
        for leaf in leaves_of(item):
            for hit in hits_of(leaf, commit):
                yield Row((hit,), {name: hit.bound[name] for name in common})
    else:
        for datum in datums_of(item, commit):
            yield Row(datum, {})


def hits_of(leaf: Leaf, commit: Commit) -> Iterator[Hit]:
    """Yield what one leaf matches: a clock, all its ticks."""
    if isinstance(leaf, CronLeaf):
        for path in commit(leaf):
            if path.count("/") == 1 and path != "/":
                yield Hit(Entry(leaf.name.value, _tick_repo(leaf), "master", path), leaf, {}, {})
        return
    matcher = bindings(leaf.pattern)
    for path in commit(leaf):
        captures = matcher.matcher.match(path[:-1] if path.endswith("/") else path)
        if captures is not None:
            entry = Entry(leaf.name.value, leaf.repo.value, leaf.branch.value, path)
            yield Hit(entry, leaf, matcher.of(captures), _numbered(leaf.pattern, captures))


def _numbered(pattern: Pattern, captures: Sequence[str]) -> dict[int, str]:
    """Return captures by the numbers that the author counts: brackets of `names` have none."""
    found = {0: captures[0]} if captures else {}
    brackets = 0
    for node in walk(pattern.nodes):
        if isinstance(node, Fixed):
            found[node.number] = node.text
        elif isinstance(node, Group):
            brackets += 1
            if node.number:
                found[node.number] = captures[brackets]
    return found


def _tick_repo(leaf: CronLeaf) -> str:
    return leaf.repo.value if leaf.repo is not None else leaf.name.value


# --- 4: operators ---


def datums_of(item: Item, commit: Commit) -> list[tuple[Hit, ...]]:
    """Return the datums of an operator, or of a leaf under one."""
    if not isinstance(item, Operator):
        return [(hit,) for hit in hits_of(item, commit)]
    parts = [datums_of(part, commit) for part in item.items]
    match item.kind:
        case OperatorKind.UNION:
            return list(chain.from_iterable(parts))
        case OperatorKind.CROSS:
            return [tuple(chain.from_iterable(rows)) for rows in product(*parts)]
        case OperatorKind.JOIN:
            return list(_joined(item, [list(chain.from_iterable(part)) for part in parts]))
        case OperatorKind.GROUP:
            key = _key_of(item)
            groups: dict[tuple[str, ...], list[Hit]] = {}
            for hit in chain.from_iterable(chain.from_iterable(parts)):
                groups.setdefault(key(hit), []).append(hit)
            return [tuple(hits) for hits in groups.values()]


def _joined(item: Operator, parts: Sequence[Sequence[Hit]]) -> Iterator[tuple[Hit, ...]]:
    """Yield every combination of one hit from each part with one key, and what `keep` keeps."""
    key = _key_of(item)
    for value in dict.fromkeys(key(hit) for part in parts for hit in part):
        having = [[hit for hit in part if key(hit) == value] for part in parts]
        for row in product(*filter(None, having)):
            kept = row if all(having) else tuple(hit for hit in row if is_kept(hit.leaf))
            if kept:
                yield kept


def _key_of(item: Operator) -> Callable[[Hit], tuple[str, ...]]:
    """Return what gives a hit its key under an operator: written keys, `each`, or shared names."""
    written = {leaf: _written_key(item, leaf) for leaf in leaves_of(item)}
    if item.each is not None:
        names = [name.value for name in item.each]
    else:
        names = sorted(frozenset.intersection(*(names_of(leaf) for leaf in written)))

    def key(hit: Hit) -> tuple[str, ...]:
        mine = written[hit.leaf]
        if mine is None:
            return tuple(hit.bound[name] for name in names)
        return ("".join(_texts(mine, hit)),)

    return key


def _written_key(item: Operator, leaf: Leaf) -> Key | None:
    if isinstance(leaf, CronLeaf):
        return None
    return leaf.join_on if item.kind is OperatorKind.JOIN else leaf.group_by


def _texts(key: Key, hit: Hit) -> Iterator[str]:
    for part in key.parts:
        if part.text is not None:
            yield part.text
        elif part.name is not None:
            yield hit.bound[part.name]
        elif part.number is not None:
            yield hit.captures.get(part.number, "")
