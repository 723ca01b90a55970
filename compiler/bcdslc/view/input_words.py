"""What one datum of a stage is, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bcdsl.input_names import leaf_names, leaves_of
from bcdsl.model import CronLeaf, Inputs, Item, Leaf, OperatorKind, PfsLeaf
from bcdsl.ties import TiedGroup, tie
from bcdslc.datum.formula import formula, has_nameless_choice

_COMBINED = {
    OperatorKind.JOIN: "entries with equal keys, one from each of",
    OperatorKind.CROSS: "all combinations of one datum from each of",
    OperatorKind.UNION: "the datums of",
    OperatorKind.GROUP: "all entries of one key together, from",
}


def words(stage: str, inputs: Inputs) -> str:
    """Return a paragraph on what one datum of a stage is."""
    said = formula(inputs)
    if said is None:
        first = f"A datum of `{stage}` is made like this."
    elif said == "one in all":
        first = f"`{stage}` has one datum in all."
    else:
        first = f"`{stage}` has one datum per {said.removeprefix('one per ')}."
    return " ".join([first, *_sentences(inputs, alone=said == "one in all")])


def _sentences(inputs: Inputs, *, alone: bool) -> Iterator[str]:
    match_word = "every match" if inputs.each is not None else "a match"
    where = "it" if alone else "every datum"
    groups = tie(inputs)
    for group in groups:
        if len(group.inputs) == 1:
            yield _alone(group.inputs[0].item, match_word, where)
        else:
            yield from _tied(group, match_word)
    if inputs.each:
        names = _listed([name.value for name in inputs.each])
        yield f"Files with the same {names} are in one datum."
    elif inputs.each is None and sum(map(_has_choice, groups)) > 1:
        yield "These are combined all with all."
    leaves = [leaf for item in inputs.items for leaf in leaves_of(item)]
    places = dict.fromkeys(f"/pfs/{leaf.name.value}" for leaf in leaves)
    yield f"The program finds its files in {_listed(places)}."
    yield from _options(leaves)


def _has_choice(group: TiedGroup) -> bool:
    return any(
        not (leaf.overwrite and leaf.overwrite.value)
        if isinstance(leaf, CronLeaf)
        else _varies(leaf)
        for tied in group.inputs
        for leaf in leaves_of(tied.item)
    )


def _tied(group: TiedGroup, match_word: str) -> Iterator[str]:
    items = [tied.item for tied in group.inputs]
    written = dict.fromkeys(
        name for item in items for leaf in leaves_of(item) for name in _names(leaf)
    )
    shared = [name for name in written if sum(name in tied.names for tied in group.inputs) > 1]
    parts = _listed(_item(item, match_word) for item in items)
    yield f"It takes {parts} that have the same {_listed(shared)}."
    kept = [_name(tied.item) for tied in group.inputs if tied.kept]
    if kept:
        yield f"Of {_listed(kept)} also what has no partner is taken."
    else:
        yield f"A value of {_listed(shared)} that one of them lacks is left out."


def _names(leaf: Leaf) -> Iterable[str]:
    return () if isinstance(leaf, CronLeaf) else leaf_names(leaf)


def _alone(item: Item, match_word: str, where: str) -> str:
    if isinstance(item, CronLeaf):
        latest = item.overwrite and item.overwrite.value
        tick = "The latest tick" if latest else "A tick"
        return f"{tick} of the clock `{item.name.value}` ({item.spec.value}) is in it."
    if isinstance(item, PfsLeaf) and item.pattern.text == "/":
        return f"The whole of {_repo(item)} is in {where}."
    if isinstance(item, PfsLeaf) and not _varies(item):
        return f"`{item.pattern.text}` of {_repo(item)} is in {where}."
    return f"It takes {_item(item, match_word)}."


def _varies(leaf: PfsLeaf) -> bool:
    return "<" in leaf.pattern.text or has_nameless_choice(leaf.pattern.nodes)


def _item(item: Item, match_word: str = "a match") -> str:
    if isinstance(item, CronLeaf):
        return f"ticks of `{item.name.value}`"
    if isinstance(item, PfsLeaf):
        return f"{match_word} of `{item.pattern.text}` in {_repo(item)}"
    return f"{_COMBINED[item.kind]} ({'; '.join(_item(part) for part in item.items)})"


def _repo(leaf: PfsLeaf) -> str:
    project = f"{leaf.project.value}/" if leaf.project is not None else ""
    branch = f"@{leaf.branch.value}" if leaf.branch.value != "master" else ""
    return f"`{project}{leaf.repo.value}{branch}`"


def _name(item: Item) -> str:
    return " or ".join(dict.fromkeys(f"`{leaf.name.value}`" for leaf in leaves_of(item)))


def _options(leaves: Iterable[Leaf]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf, CronLeaf):
            continue
        name = f"`{leaf.name.value}`"
        if leaf.lazy and leaf.lazy.value:
            yield f"Files of {name} are fetched when they are opened."
        elif leaf.empty_files and leaf.empty_files.value:
            yield f"Files of {name} appear without their content."
        if leaf.s3 and leaf.s3.value:
            yield f"{name} is served as a bucket instead."
        if leaf.reference and leaf.reference.value:
            yield f"A change in {name} alone reprocesses nothing."


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
