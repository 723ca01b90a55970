"""A JSON value to a spec, or to the problems for which the server would not parse it.

Follows the field table; what each message takes is worked out once (`spec/table.py`). Problems are
those of protobuf's JSON form, in which every field has two spellings, and of the server's
merging of defaults, which takes no null for a list or a map (pachyderm:
src/server/pps/server/defaults.go).
"""

from __future__ import annotations

from typing import Any

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.suggest import nearest
from bcdslc.spec.field import Kind, Shape, fields_of
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.origin import NO_ORIGINS, Origins, Path
from bcdslc.spec.problem import problem
from bcdslc.spec.removed import REMOVED, RENAMED
from bcdslc.spec.repair import Rename, Repair, Replace
from bcdslc.spec.scalar import WRONG
from bcdslc.spec.seconds import seconds
from bcdslc.spec.spec import Spec
from bcdslc.spec.spelling import camel_of
from bcdslc.spec.table import Entry, Table, table_of
from bcdslc.spec.unread import Unread
from bcdslc.spec.wanted import shown, wanted

UNKNOWN_FIELD = "BC600"
WRONG_TYPE = "BC601"
TWO_SPELLINGS = "BC602"
NULL_VALUE = "BC603"
TWO_OF_ONEOF = "BC604"
NEWEST = 12
IGNORES_UNKNOWN = 7  # 2.7 alone (section 2.3 of the spec reference)
STRICT_DURATIONS = 7  # from 2.7 on
MOST_NESTING = 200  # far above any spec that a person or a program writes


def decode(
    value: object, origins: Origins = NO_ORIGINS, target: int = NEWEST
) -> tuple[Spec | None, tuple[Diagnostic, ...]]:
    """Return the spec that a JSON value is, and every problem found on the way.

    With a problem the spec lacks what could not be read; only a value that is no object
    gives none at all. `target` is the server's minor version.
    """
    reading = _Reading(origins, _name_of(value), target)
    if value is None:  # an absent message is an empty one
        value = {}
    if value.__class__ is not dict:
        reading.say(WRONG_TYPE, (), f"a pipeline spec is an object, not {shown(value)}")
        return None, tuple(reading.problems)
    request: CreatePipelineRequest = reading.message(table_of(CreatePipelineRequest), value, ())
    spec = Spec(
        request=request,
        origins=origins,
        nulls=frozenset(reading.nulls),
        gaps=frozenset(reading.gaps),
    )
    return spec, tuple(reading.problems)


def _name_of(value: object) -> str:
    pipeline = value.get("pipeline") if isinstance(value, dict) else None
    name = pipeline.get("name") if isinstance(pipeline, dict) else None
    return name if isinstance(name, str) else ""


class _Reading:
    """One run of the reader: where things stand, and what was found."""

    __slots__ = ("gaps", "name", "nulls", "origins", "problems", "target")

    def __init__(self, origins: Origins, name: str, target: int) -> None:
        self.target = target
        self.origins = origins
        self.name = name
        self.problems: list[Diagnostic] = []
        self.nulls: set[Path] = set()
        self.gaps: set[Path] = set()

    def say(
        self,
        code: str,
        path: Path,
        message: str,
        help: str | None = None,
        *,
        severity: Severity = Severity.ERROR,
        on_key: bool = False,
        repair: Repair | None = None,
    ) -> None:
        self.problems.append(
            problem(
                self.origins,
                self.name,
                code=code,
                severity=severity,
                path=path,
                message=message,
                help=help,
                on_key=on_key,
                repair=repair,
            )
        )

    def message(self, table: Table, value: dict[str, Any], path: Path) -> Any:
        """Return the message that an object is, without the fields that have problems."""
        found: dict[str, Any] = {}
        seen: dict[str, str] = {}
        for key, member in value.items():
            entry = table.entries.get(key)
            if entry is None:
                self.unknown(table, key, path, value)
                continue
            if entry.python in seen:
                self.twice(entry, seen[entry.python], key, path)
                continue
            seen[entry.python] = key
            if member is None:
                self.null(entry, path)
                continue
            taken = self.field(entry, member, path)
            if taken is not WRONG:
                found[entry.python] = taken
        if table.oneof:
            self.oneof(table, found, path)
        return table.cls(**found)

    def field(self, entry: Entry, value: object, path: Path) -> Any:
        shape = entry.field.shape
        if shape is Shape.ONE:
            return self.one(entry, value, path, entry.camel)
        path = (*path, entry.camel)
        if shape is Shape.LIST:
            if value.__class__ is not list:
                return self.wrong(entry, value, path)
            members = [self.one(entry, member, path, index) for index, member in enumerate(value)]
            return tuple([member for member in members if member is not WRONG])
        if value.__class__ is not dict:
            return self.wrong(entry, value, path)
        pairs = [(key, self.one(entry, member, path, key)) for key, member in value.items()]
        return {key: member for key, member in pairs if member is not WRONG}

    def one(self, entry: Entry, value: object, path: Path, step: str | int) -> Any:
        """Return one value of a field, or of a member of its list or map."""
        if entry.nested is None:
            taken = entry.read(value)
            if taken is not WRONG:
                return taken
        elif value.__class__ is dict:
            if len(path) < MOST_NESTING:
                return self.message(table_of(entry.nested), value, (*path, step))
            self.gaps.add((*path, step))
            self.say(WRONG_TYPE, (*path, step), "this is nested too deeply")
            return WRONG
        return self.wrong(entry, value, (*path, step), single=True)

    def wrong(self, entry: Entry, value: object, path: Path, *, single: bool = False) -> Any:
        """Report a value of the wrong type, with what is wanted and how to write it."""
        if value is None:
            whole = "list" if entry.field.shape is Shape.LIST else "mapping"
            self.say(
                WRONG_TYPE,
                path,
                f"a null may not stand in a {whole}",
                "leave the entry out",
                repair=Replace(path=path, value=None, title="leave the null out"),
            )
            return WRONG
        if entry.field.kind is Kind.DURATION and self.target < STRICT_DURATIONS:
            older = seconds(value) if isinstance(value, str) else None
            if older is not None:
                return older
        self.gaps.add(path)
        if value.__class__ is Unread:
            return WRONG
        message, help, better = wanted(entry.field, value, self.written(value, path), single=single)
        repair = None
        if better is not None:
            repair = Replace(path=path, value=better, title=f"write {shown(better)}")
        self.say(WRONG_TYPE, path, f"`{self.dotted(path)}` {message}", help, repair=repair)
        return WRONG

    def written(self, value: object, path: Path) -> str | None:
        """Return a number or boolean as it stands in its file."""
        span = self.origins.at(path) if isinstance(value, (int, float)) else None
        return span.text if span is not None else None

    def dotted(self, path: Path) -> str:
        """Return a path as people write it, `input.cross[0].pfs.repo`, in the file's spelling."""
        text = ""
        for number, step in enumerate(path, 1):
            if isinstance(step, int):
                text += f"[{step}]"
            else:
                key = self.origins.key(path[:number])
                written = key.text.strip("\"'") if key is not None else step
                name = written if camel_of(written) == step else step
                text += f".{name}" if text else name
        return text

    def null(self, entry: Entry, path: Path) -> None:
        path = (*path, entry.camel)
        if entry.field.shape is Shape.ONE:
            self.nulls.add(path)
            return
        kind = "list" if entry.field.shape is Shape.LIST else "mapping"
        empty: object = [] if entry.field.shape is Shape.LIST else {}
        self.say(
            NULL_VALUE,
            path,
            f"`{self.dotted(path)}` is a {kind}, which may not be null",
            f"leave the field out, or write `{'[]' if kind == 'list' else '{}'}`",
            repair=Replace(path=path, value=empty, title="write an empty one"),
        )

    def unknown(self, table: Table, key: str, path: Path, beside: dict[str, Any]) -> None:
        """Report a key that names no field: one of old times, a slip, or something else."""
        where = self.dotted(path)
        said = f"`{where}` has no field `{key}`" if where else f"there is no field `{key}`"
        camel = camel_of(key)
        for old in (key, camel):
            if (table.cls.__name__, old) in REMOVED:
                help = REMOVED[table.cls.__name__, old]
                repair: Repair | None = None
                if help.startswith("leave it out"):
                    repair = Replace(path=(*path, key), value=None, title=f"leave `{key}` out")
                else:
                    self.gaps.add(path)
                    name = RENAMED.get((table.cls.__name__, old))
                    if name is not None and name not in beside:
                        repair = Rename(path=(*path, key), name=name, title=f"call it `{name}`")
                self.say_unknown((*path, key), said, help, repair)
                return
        self.gaps.add(path)
        snake = "_" in key
        guess = nearest(key, [name for name in table.entries if snake == ("_" in name)])
        if guess is None:
            guess = nearest(key, table.entries)
        known = f"did you mean `{guess}`?" if guess else None
        if key == "$schema":
            known = "pachctl takes it out of a file; the server does not know it"
        self.say_unknown((*path, key), said, known)

    def say_unknown(
        self, path: Path, message: str, help: str | None, repair: Repair | None = None
    ) -> None:
        severity = Severity.ERROR
        if self.target == IGNORES_UNKNOWN:
            severity = Severity.WARNING
            message += f", which 2.{self.target} ignores without a word"
        self.say(UNKNOWN_FIELD, path, message, help, severity=severity, on_key=True, repair=repair)

    def twice(self, entry: Entry, first: str, second: str, path: Path) -> None:
        self.say(
            TWO_SPELLINGS,
            (*path, second),
            f"`{first}` and `{second}` are one field, written twice",
            f"keep `{entry.camel}`",
            on_key=True,
        )

    def oneof(self, table: Table, found: dict[str, Any], path: Path) -> None:
        members = [item for item in fields_of(table.cls) if item.oneof and item.python in found]
        for item in members[1:]:
            first = members[0].camel
            self.say(
                TWO_OF_ONEOF,
                (*path, item.camel),
                f"`{item.camel}` and `{first}` exclude each other",
                "keep one of the two",
                on_key=True,
            )
