"""The raw fields of `spec:`, laid over what the stage's keys became, then read like any spec.

A null removes, mappings merge, everything else replaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Diagnostic, Label, Severity
from bcdsl.frozen import replace
from bcdsl.source import Span
from bcdsl.yaml_tree import Mapping
from bcdslc.lower.raw_value import Json, raw_value
from bcdslc.spec.origin import Path, PlacedOrigins
from bcdslc.spec.spec import Spec

CODE = "BC481"

# What the compiler answers for, and what belongs to a command rather than a file.
NOT_RAW = frozenset(("pipeline", "input", "update", "reprocess", "dryRun", "specCommit", "tfJob"))


def lay_raw_fields(spec: Spec, raw: Mapping | None) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Return a spec with raw fields laid over it, and what is wrong with them."""
    if raw is None or not raw.entries:
        return spec, ()
    from bcdslc.spec.decode import decode  # most documents have no `spec:`
    from bcdslc.spec.write import to_json

    fields, raw_places = raw_value(raw)
    assert isinstance(spec.origins, PlacedOrigins)
    places = dict(spec.origins.places)
    value = to_json(spec.request)
    notes: list[Diagnostic] = []
    for key in [key for key in fields if key not in NOT_RAW]:
        notes.extend(_lay(value, key, fields[key], (key,), places, raw_places))
    decoded, problems = decode(value, PlacedOrigins(places))
    if decoded is None:
        return spec, (*notes, *problems)
    return replace(decoded, nulls=frozenset(), proved=True), (*notes, *problems)


def _lay(
    below: dict[str, Json],
    key: str,
    value: Json,
    path: Path,
    places: dict[Path, Span],
    raw_places: dict[Path, Span],
) -> Iterator[Diagnostic]:
    """Lay one raw value over a field, and note where it replaces what a stage key set."""
    old = below.get(key)
    if isinstance(value, dict):
        if not isinstance(old, dict):
            old = {}
        below[key] = old
        places.setdefault(path, raw_places[path])
        for name, member in value.items():
            yield from _lay(old, name, member, (*path, name), places, raw_places)
        return
    if old is not None and old != value:
        yield _replaced(path, value, places.get(path), raw_places[path])
    for stale in [place for place in places if place[: len(path)] == path]:
        del places[stale]
    if value is None:
        below.pop(key, None)
        return
    below[key] = value
    places.update({place: span for place, span in raw_places.items() if place[: len(path)] == path})


def _replaced(path: Path, value: Json, old: Span | None, new: Span) -> Diagnostic:
    doing = "removes" if value is None else "replaces"
    return Diagnostic(
        code=CODE,
        message=f"`{'.'.join(map(str, path))}` {doing} what another key of the stage says",
        span=new,
        severity=Severity.NOTE,
        labels=(Label(old, "said here"),) if old is not None else (),
        help="say it in one place",
    )
