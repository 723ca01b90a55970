"""Egress needs a target whose scheme Pachyderm knows: else each job stays EGRESSING.

Parts 1.6 and 3.10-10 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

OBJECT_SCHEMES = ("s3", "gs", "gcs", "azblob", "wasb", "file", "minio")
SQL_SCHEMES = ("postgres", "postgresql", "mysql")


def egress_to_nowhere(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an egress without a target, or with one that is no URL of a known scheme."""
    egress = spec.request.egress
    if egress is None:
        return
    storage, database = egress.object_storage, egress.sql_database
    if not egress.URL and storage is None and database is None:
        yield Finding(
            path=("egress",),
            message="`egress` names no target: every job ends waiting for it",
            help="give `URL`, `objectStorage.url` or `sqlDatabase`, or leave `egress` out",
        )
    if egress.URL:
        yield from _scheme(egress.URL, OBJECT_SCHEMES, ("egress", "URL"))
    elif storage is not None:
        yield from _scheme(storage.url or "", OBJECT_SCHEMES, ("egress", "objectStorage", "url"))
    elif database is not None:
        schemes = SQL_SCHEMES if world.target > 6 else (*SQL_SCHEMES, "snowflake")
        yield from _scheme(database.url or "", schemes, ("egress", "sqlDatabase", "url"))


def _scheme(url: str, known: tuple[str, ...], path: Path) -> Iterator[Finding]:
    if not url:
        yield Finding(
            path=path,
            message="the egress has no URL: every job ends waiting for it",
            help="write where the output goes, `" + known[0] + "://…`",
        )
        return
    scheme, separator, _ = url.partition("://")
    if separator and scheme in known:
        return
    guess = nearest(scheme, known) if separator else None
    gone = "; Snowflake was taken from 2.2 to 2.6 only" if scheme == "snowflake" else ""
    said = f"no egress knows the scheme `{scheme}`" if separator else f"`{url}` is no URL"
    yield Finding(
        path=path,
        message=f"{said}: the upload is retried without end",
        help=f"write `{guess}://…`" if guess else "known schemes: " + ", ".join(known) + gone,
    )


RULE = Rule(code="BC709", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=egress_to_nowhere)
