"""Rows for a database are read as CSV or JSON, and one of them must be named.

Part 1.6 of the spec reference: `PARQUET` and no type fail, no `fileFormat` at all crashes.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def sql_egress_without_format(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an SQL egress whose file format is not CSV or JSON."""
    database = spec.request.egress.sql_database if spec.request.egress else None
    if database is None:
        return
    format_type = database.file_format.type if database.file_format else None
    if format_type not in ("CSV", "JSON"):
        path = ("egress", "sqlDatabase", "fileFormat", "type")
        yield Finding(
            path=path if format_type else path[: 3 if database.file_format else 2],
            message=f"the database egress cannot read the format `{format_type}`"
            if format_type
            else "the database egress has no `fileFormat.type`: it fails for every job",
            help="write `fileFormat: {type: CSV}` or `JSON`",
        )


RULE = Rule(
    code="BC710", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=sql_egress_without_format
)
