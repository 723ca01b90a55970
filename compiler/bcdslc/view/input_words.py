"""What one datum of a stage is, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bcdsl.input_names import leaves_of
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
    first = f"`{stage}` has one datum in all." if said == "one in all" else None
    if first is None:
        what = said.removeprefix("one per ") if said is not None else None
        first = f"`{stage}` has one datum per {what}." if what else f"A datum of `{stage}`:"
    return " ".join([first, *_sentences(inputs)])


def _sentences(inputs: Inputs) -> Iterator[str]:
    for group in tie(inputs):
        yield from _group(group)
    if inputs.each:
        names = _listed([name.value for name in inputs.each])
        yield f"All files with the same {names} are in one datum."
    elif inputs.each is not None:
        yield "All of it is in that one datum."
    elif len([group for group in tie(inputs) if _has_choice(group)]) > 1:
        yield "These are combined all with all."
    leaves = [leaf for item in inputs.items for leaf in leaves_of(item)]
    places = dict.fromkeys(f"/pfs/{leaf.name.value}" for leaf in leaves)
    yield f"The program finds them in {_listed(places)}."
    yield from _options(leaves)


def _has_choice(group: TiedGroup) -> bool:
    return any(
        isinstance(leaf, CronLeaf) or leaf.pattern.text != "/"
        for tied in group.inputs
        for leaf in leaves_of(tied.item)
    )


def _group(group: TiedGroup) -> Iterator[str]:
    if len(group.inputs) == 1:
        yield _alone(group.inputs[0].item)
        return
    items = [tied.item for tied in group.inputs]
    shared = [
        name
        for name in dict.fromkeys(name for tied in group.inputs for name in sorted(tied.names))
        if sum(name in tied.names for tied in group.inputs) > 1
    ]
    parts = _listed(_item(item) for item in items)
    yield f"It takes {parts} that have the same {_listed(shared)}."
    kept = [_name(tied.item) for tied in group.inputs if tied.kept]
    if kept:
        yield f"What {_listed(kept)} has without a partner is kept, alone."
    else:
        yield f"A value of {_listed(shared)} that one of them lacks is left out."


def _alone(item: Item) -> str:
    if isinstance(item, CronLeaf):
        ticks = "the latest tick" if item.overwrite and item.overwrite.value else "a tick"
        return (
            f"{ticks.capitalize()} of the clock `{item.name.value}` ({item.spec.value}) is in it."
        )
    if isinstance(item, PfsLeaf) and item.pattern.text == "/":
        return f"The whole of {_repo(item)} is in every datum."
    if isinstance(item, PfsLeaf) and not _varies(item):
        return f"`{item.pattern.text}` of {_repo(item)} is in every datum."
    return f"It takes {_item(item)}."


def _varies(leaf: PfsLeaf) -> bool:
    return "<" in leaf.pattern.text or has_nameless_choice(leaf.pattern.nodes)


def _item(item: Item) -> str:
    if isinstance(item, CronLeaf):
        return f"ticks of `{item.name.value}`"
    if isinstance(item, PfsLeaf):
        return f"a match of `{item.pattern.text}` in {_repo(item)}"
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
