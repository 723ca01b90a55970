"""What is worth knowing about the datums of one stage, gathered for showing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from math import prod

from bcdsl.frozen import dataclass, field
from bcdsl.model import Inputs
from bcdslc.datum.count import count
from bcdslc.datum.formula import formula
from bcdslc.datum.leftover import Leftovers, all_leftovers, part_name
from bcdslc.datum.multiplied import Multiplications, all_multiplied
from bcdslc.datum.naming import Naming
from bcdslc.datum.near_miss import NearMisses, near_misses
from bcdslc.datum.node import Combined, Kind, Leaf, Node, leaves
from bcdslc.datum.overlap import Overlap, overlaps
from bcdslc.datum.prepare import Find, NotGiven, Obstacle, prepare
from bcdslc.datum.source import Datum
from bcdslc.datum.stream import stream
from bcdslc.datum.would_match import uploaded_under, would_match
from bcdslc.spec.spec import Spec
from bcdslc.spec.tree import tree_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """An input that matches nothing, and what would match."""

    leaf: Leaf
    pattern: str
    nothing_there: bool  # the repo holds no files at all
    instead: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A stage whose datums cannot be shown, and why."""

    stage: str
    reasons: tuple[Obstacle, ...]
    missing: tuple[str, ...]  # repos to give


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Preview:
    """A stage's datums and what is odd about them. What is None or empty has nothing to say."""

    stage: str
    node: Node
    count: int
    formula: str | None
    naming: Naming
    first: tuple[Datum, ...]
    factors: tuple[tuple[str, int], ...]  # of a cross in which several parts have several
    leftovers: tuple[Leftovers, ...] = ()
    multiplied: tuple[Multiplications, ...] = ()
    near_misses: tuple[NearMisses, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    empty: tuple[Empty, ...] = ()
    uploads: tuple[Leaf, ...] = field(default=())


def preview(
    spec: Spec, inputs: Inputs | None, find: Find, *, rows: int, details: int
) -> Preview | Hidden:
    """Return the first `rows` datums of a stage, with up to `details` examples of each oddity."""
    tree = tree_of(spec.request.input)
    if tree is None:
        return Hidden(stage=spec.name, reasons=(), missing=())
    prepared = prepare(tree, find, pipeline=spec.name, clocks=True)
    node = prepared.node
    if node is None:
        missing = [o.leaf.repo for o in prepared.obstacles if isinstance(o, NotGiven)]
        names = tuple(dict.fromkeys(missing))
        return Hidden(stage=spec.name, reasons=prepared.obstacles, missing=names)
    naming = Naming(inputs)
    return Preview(
        stage=spec.name,
        node=node,
        count=count(node),
        formula=formula(inputs) if inputs is not None else None,
        naming=naming,
        first=tuple(islice(stream(node), rows)),
        factors=_factors(node),
        leftovers=tuple(all_leftovers(node, details)),
        multiplied=tuple(all_multiplied(node, details)),
        near_misses=tuple(_near_misses(node, naming, details)),
        overlaps=tuple(overlaps(node)),
        empty=tuple(_empty(node, naming)),
        uploads=tuple(leaf for leaf in leaves(node) if _misplaced(leaf)),
    )


def _misplaced(leaf: Leaf) -> bool:
    return uploaded_under(leaf.source.files, leaf.source.repo)


def _factors(node: Node) -> tuple[tuple[str, int], ...]:
    if not isinstance(node, Combined) or node.kind is not Kind.CROSS:
        return ()
    sizes = [(part_name(part), count(part)) for part in node.parts]
    if prod(size for _, size in sizes) > max(size for _, size in sizes):
        return tuple(sizes)
    return ()


def _near_misses(node: Node, naming: Naming, details: int) -> Iterable[NearMisses]:
    for leaf in leaves(node):
        patterns = naming.patterns(leaf.source)
        if len(patterns) == 1:
            found = near_misses(leaf, patterns[0], details)
            if found is not None:
                yield found


def _empty(node: Node, naming: Naming) -> Iterable[Empty]:
    for leaf in leaves(node):
        if leaf.entries:
            continue
        files = leaf.source.files
        patterns = naming.patterns(leaf.source)
        written = patterns[0].pattern.text if len(patterns) == 1 else leaf.source.leaf.glob
        found = would_match(written, files) if files.entries else None
        yield Empty(
            leaf=leaf,
            pattern=written,
            nothing_there=not files.entries,
            instead=found[0] if found else None,
            example=found[1] if found else None,
        )
