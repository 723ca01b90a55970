"""Previews of datums as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bcdslc.datum.identity import datum_id
from bcdslc.datum.naming import Naming
from bcdslc.datum.node import leaves
from bcdslc.datum.prepare import Clock, Unusable
from bcdslc.datum.preview import Hidden, Preview
from bcdslc.datum.source import Datum
from bcdslc.tree.refused_name import shown
from bcdslc.view.datums_notes import notes
from bcdslc.view.table import table

_ID = 8  # characters of an ID that tell datums apart for a person
_WIDEST = 48


def summary_lines(found: Preview | Hidden) -> Iterator[str]:
    """Yield what stands for a stage in a summary: its number, and what is odd."""
    yield headline(found)
    if isinstance(found, Preview):
        yield from ("  " + line for line in notes(found))
    else:
        yield from _reasons(found)


def stage_lines(found: Preview | Hidden) -> Iterator[str]:
    """Yield a stage in full: its number, the first datums, and what was left out and why."""
    yield headline(found)
    if isinstance(found, Hidden):
        yield from _reasons(found)
        return
    if found.first:
        yield ""
        yield from table(_rows(found))
        if found.count > len(found.first):
            yield f"  … and {found.count - len(found.first):,} more"
    said = list(notes(found))
    if said:
        yield ""
        yield from ("  " + line for line in said)


def headline(found: Preview | Hidden) -> str:
    """Return one line that names a stage and the number of its datums."""
    if isinstance(found, Hidden):
        return f"{found.stage}: not shown"
    line = f"{found.stage}: {plural(found.count, 'datum')}"
    if found.formula:
        line += f", {found.formula}"
    if found.factors:
        line += " = " + " × ".join(f"{size:,} of {name}" for name, size in found.factors)
    return line


def plural(number: int, word: str) -> str:
    """Return `1 datum`, `2 datums`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _reasons(hidden: Hidden) -> Iterator[str]:
    if not hidden.reasons:
        yield "  it reads nothing, so it has no datums"
    if hidden.missing:
        words = " ".join(f"--data {repo}=PATH" for repo in hidden.missing)
        names = ", ".join(f"`{repo}`" for repo in hidden.missing)
        hold = "holds" if len(hidden.missing) == 1 else "hold"
        yield f"  what {names} {hold} is not known here: add {words}"
    for reason in hidden.reasons:
        if isinstance(reason, Clock | Unusable):
            yield f"  {reason}"
        if isinstance(reason, Clock):
            yield f"  to assume some, list their names: --data {reason.leaf.repo}=PATH"


# --- the table ---


def _rows(found: Preview) -> list[list[str]]:
    names = found.naming.all_names(found.node)
    inputs = list(dict.fromkeys(leaf.source.name for leaf in leaves(found.node)))
    head = [*names, *(["key"] if _has_keys(found) and not names else []), *inputs, "datum"]
    return [head, *(_row(datum, names, inputs, found) for datum in found.first)]


def _has_keys(found: Preview) -> bool:
    return any(entry.join_on or entry.group_by for d in found.first for entry in d.entries)


def _row(datum: Datum, names: tuple[str, ...], inputs: list[str], found: Preview) -> list[str]:
    values = values_of(datum, found.naming)
    cells = [_values(values.get(name, ())) for name in names]
    if not names and _has_keys(found):
        keys = dict.fromkeys(entry.join_on or entry.group_by for entry in datum.entries)
        cells.append(_values(tuple(key for key in keys if key)))
    for name in inputs:
        paths = [entry.path for entry in datum.entries if entry.source.name == name]
        cells.append(_paths(paths))
    return [*cells, datum_id(datum)[:_ID]]


def values_of(datum: Datum, naming: Naming) -> dict[str, tuple[str, ...]]:
    """Return the texts that each name has in a datum."""
    first: Mapping[str, str] = {}
    for entry in datum.entries:
        texts = naming.bound(entry)
        if texts and texts is not first:
            if first and texts != first:
                return _several(datum, naming)
            first = texts
    return {name: (text,) for name, text in first.items()}


def _several(datum: Datum, naming: Naming) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for entry in datum.entries:
        for name, text in naming.bound(entry).items():
            found.setdefault(name, {})[text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _values(texts: tuple[str, ...]) -> str:
    if len(texts) > 1:
        return f"{len(texts)} values"
    return _short(shown(texts[0])) if texts else "–"


def _paths(paths: list[str]) -> str:
    if len(paths) > 1:
        return f"{len(paths):,} files"
    return _short(shown(paths[0])) if paths else "–"


def _short(text: str) -> str:
    half = _WIDEST // 2
    return text if len(text) <= _WIDEST else f"{text[:half]}…{text[-half + 1 :]}"
