"""What is odd about a stage's datums, in the author's words: a line or two for each thing."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.datum.leftover import Leftover, Leftovers
from bcdslc.datum.multiplied import Multiplications
from bcdslc.datum.naming import Naming
from bcdslc.datum.near_miss import NearMisses
from bcdslc.datum.node import Leaf
from bcdslc.datum.overlap import Overlap
from bcdslc.datum.preview import Empty, Preview
from bcdslc.tree.refused_name import shown


def notes(found: Preview) -> Iterator[str]:
    """Yield what a reader should know, most important first; lines of detail are indented."""
    for leaf in found.uploads:
        yield from _upload(leaf)
    for empty in found.empty:
        yield from _empty(empty)
    for leftovers in found.leftovers:
        yield from _leftovers(leftovers, found.naming)
    for misses in found.near_misses:
        yield from _near_misses(misses)
    for multiplied in found.multiplied:
        yield from _multiplied(multiplied, found.naming)
    for overlap in found.overlaps:
        yield from _overlap(overlap)


def _upload(leaf: Leaf) -> Iterator[str]:
    repo = leaf.source.repo
    yield f"`{repo}` holds nothing but a folder `/{repo}/`, so paths start one folder too deep"
    put = f"pachctl put file -r {repo}@{leaf.source.branch}:/ -f {repo}/"
    yield f"  `{put}` (with `:/`) puts the files at the top"


def _empty(empty: Empty) -> Iterator[str]:
    name = empty.leaf.source.name
    if empty.nothing_there:
        yield f"`{name}` is empty: its repo holds no files"
    else:
        yield f"nothing in `{name}` matches `{empty.pattern}`"
    if empty.instead is not None:
        yield f"  `{empty.instead}` would match, e.g. `{shown(empty.example or '')}`"


def _leftovers(found: Leftovers, naming: Naming) -> Iterator[str]:
    what = _key_words(naming.names(found.join))
    lack = "lacks" if found.total == 1 else "lack"
    line = f"{found.total:,} of {found.keys:,} values of {what} {lack} a partner"
    if not found.kept:
        yield f"left out: {line}"
    elif found.kept == found.total:
        yield f"kept alone: {line}"
    else:
        yield f"{line}: {found.kept:,} kept alone, {found.total - found.kept:,} left out"
    width = max(len(_key(each.key)) for each in found.first)
    for each in found.first:
        yield f"  {_key(each.key).ljust(width)}  {_partner(each)}"
    if found.total > len(found.first):
        yield f"  … and {found.total - len(found.first):,} more"


def _partner(each: Leftover) -> str:
    line = f"is in {_listed(each.present)}"
    for absent in each.absent:
        line += f"; {absent.part} lacks it"
        if absent.nearest is not None:
            line += f" but has `{_key(absent.nearest)}`: misspelt?"
    return line + (" (kept)" if each.kept else "")


def _near_misses(found: NearMisses) -> Iterator[str]:
    name = found.leaf.source.name
    yield f"left out of `{name}` for a name's text: {_files(found.total)}"
    for miss in found.first:
        wrong = ", ".join(f"{n} is `{shown(text)}`" for n, text in miss.wrong)
        yield f"  {shown(miss.path)}: {wrong}, which the pattern does not allow"
    if found.total > len(found.first):
        yield f"  … and {found.total - len(found.first):,} more"


def _multiplied(found: Multiplications, naming: Naming) -> Iterator[str]:
    what = _key_words(naming.names(found.join))
    noun = "value" if found.total == 1 else "values"
    yield f"{found.total:,} {noun} of {what} with several files on several sides:"
    yield f"  every combination is a datum, {found.datums:,} in all"
    for each in found.first:
        sizes = " × ".join(f"{size:,} in {name}" for name, size in each.sizes)
        yield f"  {_key(each.key)}: {sizes} = {each.datums:,}"
    if found.total > len(found.first):
        yield f"  … and {found.total - len(found.first):,} more"


def _overlap(overlap: Overlap) -> Iterator[str]:
    name = overlap.leaf.source.name
    yield f"datums of `{name}` share files: {overlap.inside:,} matches lie in a folder that matches"
    yield f"  e.g. `{shown(overlap.folder)}` and `{shown(overlap.below)}`"


def _key_words(names: tuple[str, ...]) -> str:
    return " / ".join(names) if names else "the key"


def _key(key: str) -> str:
    return shown(key) if key else "(empty)"


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"
