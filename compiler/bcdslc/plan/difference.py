"""Two normal forms, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bcdsl.frozen import dataclass
from bcdslc.plan.normal import OPERATORS, leaves
from bcdslc.plan.same import same
from bcdslc.spec.origin import Path

# Lists whose members are known by a name, and the fields that make it.
NAMED: Mapping[str, tuple[str, ...]] = {
    "secrets": ("name", "key", "envVar", "mountPath"),
    "tolerations": ("key", "effect"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that the document and the cluster say differently; None is absent.

    `path` is the field's path with members of lists by name; `place` is where the value
    stands in the document's own spec.
    """

    path: Path
    old: Any
    new: Any
    place: Path = ()


def differences(old: dict[str, Any], new: dict[str, Any]) -> tuple[Difference, ...]:
    """Return what has to change for the old form to say what the new one says."""
    return tuple(_of_objects((), (), old, new))


def _of_objects(path: Path, place: Path, old: Any, new: Any) -> Iterator[Difference]:
    for key in dict.fromkeys((*new, *old)):
        yield from _of((*path, key), (*place, key), old.get(key), new.get(key))


def _of(path: Path, place: Path, old: Any, new: Any) -> Iterator[Difference]:
    if same(path, new, old):
        return
    if path == ("input",) and isinstance(old, dict) and isinstance(new, dict):
        yield from _of_inputs(old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _of_objects(path, place, old, new)
    elif path[-1] in NAMED and isinstance(old, list) and isinstance(new, list):
        yield from _of_named(path, place, old, new)
    else:
        yield Difference(path=path, old=old, new=new, place=place)


def _of_named(path: Path, place: Path, old: list[Any], new: list[Any]) -> Iterator[Difference]:
    """Yield the members that are gone, new or changed: their order says nothing."""
    fields = NAMED[str(path[-1])]
    before = {_called(member, fields): member for member in old}
    after = {_called(member, fields): index for index, member in enumerate(new)}
    if len(before) < len(old) or len(after) < len(new):
        yield Difference(path=path, old=old, new=new, place=place)
        return
    for name in dict.fromkeys((*after, *before)):
        index = after.get(name)
        member = None if index is None else new[index]
        at = place if index is None else (*place, index)
        if index is None or name not in before:
            yield Difference(path=(*path, name), old=before.get(name), new=member, place=at)
        else:
            yield from _of_objects((*path, name), at, before[name], member)


def _called(member: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    return " ".join([str(member[field]) for field in fields if field in member])


def _of_inputs(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    """Yield changed leaves by name; of a tree that changed its shape, the whole tree."""
    before, after = list(leaves(old)), list(leaves(new))
    if _shape(old) != _shape(new):
        yield Difference(path=("input",), old=old, new=new, place=("input",))
        return
    for one, other in zip(before, after, strict=True):
        kind = "cron" if "cron" in other else "pfs"
        name = other[kind].get("name", "") if kind in other else ""
        place: Path = ("input", *_place(new, other))
        yield from _of_objects(("input", name, kind), (*place, kind), one[kind], other[kind])


def _shape(tree: dict[str, Any]) -> Any:
    for kind in OPERATORS:
        if kind in tree:
            return (kind, *[_shape(part) for part in tree[kind]])
    if "cron" in tree:
        return ("cron", tree["cron"].get("name", ""))
    return ("pfs", tree.get("pfs", {}).get("name", ""))


def _place(tree: dict[str, Any], leaf: dict[str, Any]) -> Path:
    """Return where a leaf stands below its input."""
    for kind in OPERATORS:
        for index, part in enumerate(tree.get(kind, ())):
            if any(each is leaf for each in leaves(part)):
                return (kind, index, *_place(part, leaf))
    return ()
