"""What a stage says besides its inputs, its program and its hardware."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error
from bcdsl.keys.stage import FORBIDDEN_IN_SPEC
from bcdsl.model import (
    DatumsPerSet,
    Egress,
    ObjectEgress,
    Service,
    Spout,
    SqlEgress,
    UrlEgress,
)
from bcdsl.place import spanned
from bcdsl.read.wrong import NEEDED
from bcdsl.resolve.scope import Scope
from bcdsl.resolve.secrets import split_secret
from bcdsl.source import Spanned
from bcdsl.syntax import Fields
from bcdsl.values.duration import read_duration
from bcdsl.values.size import read_size
from bcdsl.yaml_tree import Mapping, Scalar

SQL_ONLY = "BC136"
NOT_IN_SPEC = "BC340"

_INSTEAD = {
    "pipeline": "the stage's name is the pipeline's, and `project` stands at the top",
    "input": "write `from` and `each`",
    "reprocess": "write `reprocess_when: every_job`",
}


def text(fields: Fields, key: str) -> Spanned[str] | None:
    """Return a text as it was written."""
    scalar = fields.text(key)
    return None if scalar is None else spanned(scalar)


def texts(fields: Fields, key: str) -> tuple[Spanned[str], ...] | None:
    """Return a list of texts."""
    found = fields.texts(key)
    return None if found is None else tuple(spanned(scalar) for scalar in found)


def pairs(fields: Fields | None, key: str) -> tuple[tuple[Spanned[str], Spanned[str]], ...] | None:
    """Return a mapping of texts."""
    found = fields.pairs(key) if fields is not None else None
    return None if found is None else tuple((spanned(name), spanned(each)) for name, each in found)


def duration(fields: Fields, key: str, scope: Scope) -> Spanned[str] | None:
    """Return a duration as seconds."""
    scalar = fields.text(key)
    if scalar is None:
        return None
    found = read_duration(scalar, f"`{key}`")
    if isinstance(found, Diagnostic):
        scope.problems.append(found)
        return None
    return found


def datums_per_set(fields: Fields, scope: Scope) -> DatumsPerSet | None:
    """Return how datums are cut into sets."""
    count = fields.number("datums_per_set")
    if count is not None:
        return DatumsPerSet(count=count)
    record = fields.record("datums_per_set")
    if record is None or not record.sound:
        return None
    per_worker, size = record.number("per_worker"), record.text("size")
    if per_worker is not None:
        return DatumsPerSet(per_worker=per_worker)
    if size is None:
        scope.problems.append(
            error(
                NEEDED,
                "`datums_per_set` needs `size` or `per_worker`",
                record.node.span,
                "write a number, `{size: 1G}` or `{per_worker: 4}`",
            )
        )
        return None
    found = read_size(size)
    if isinstance(found, Diagnostic):
        scope.problems.append(found)
        return None
    return DatumsPerSet(size_bytes=found)


def egress(fields: Fields, scope: Scope) -> Egress | None:
    """Return where the output is copied to."""
    url = fields.text("egress")
    if url is not None:
        return UrlEgress(url=spanned(url))
    record = fields.record("egress")
    if record is None or not record.sound:
        return None
    objects, sql = text(record, "objects"), text(record, "sql")
    if sql is None:
        return _objects(record, objects, scope)
    secret = record.text("secret")
    return SqlEgress(
        url=sql,
        format=text(record, "format"),
        columns=texts(record, "columns"),
        secret=split_secret(secret, scope) if secret is not None else None,
    )


def _objects(record: Fields, url: Spanned[str] | None, scope: Scope) -> Egress | None:
    for key in ("format", "columns", "secret"):
        if key in record.values and url is not None:
            value = record.values[key]
            scope.problems.append(
                error(
                    SQL_ONLY,
                    f"`{key}` goes with `sql`, and this egress writes objects",
                    value.span if isinstance(value, Scalar) else record.node.span,
                    "take it out",
                )
            )
            return None
    if url is None:
        scope.problems.append(
            error(
                NEEDED,
                "`egress` needs `objects` or `sql`",
                record.node.span,
                "write `{objects: s3://…}` or `{sql: postgresql://…}`",
            )
        )
        return None
    return ObjectEgress(url=url)


def service(record: Fields | None) -> Service | None:
    """Return a service."""
    if record is None:
        return None
    return Service(
        port=record.number("port"),
        external=record.number("external"),
        type=text(record, "type"),
        span=record.node.span,
    )


def spout(fields: Fields) -> Spout | None:
    """Return what makes the stage a source."""
    flag = fields.flag("spout")
    if flag is not None:
        return Spout(span=flag.span)
    record = fields.record("spout")
    if record is None:
        return None
    return Spout(service=service(record.record("service")), span=record.node.span)


def raw_spec(fields: Fields, scope: Scope) -> Mapping | None:
    """Return the raw fields, after noting those that may not stand there."""
    raw = fields.raw("spec")
    if raw is None:
        return None
    for key, _ in raw.entries:
        name = "".join(f"_{char.lower()}" if char.isupper() else char for char in key.text)
        if name in FORBIDDEN_IN_SPEC:
            scope.problems.append(
                error(
                    NOT_IN_SPEC,
                    f"`spec` may not set `{key.text}`",
                    key.span,
                    _INSTEAD.get(name, "take it out: it says what a command does, not what runs"),
                )
            )
    return raw
