"""Egress to a database needs the secret with its password."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def sql_egress_secret(spec: Spec, world: World) -> Iterator[Finding]:
    """Find database egress without secret, or with half of one."""
    egress = spec.request.egress
    sql = egress.sql_database if egress else None
    if sql is None:
        return
    path = ("egress", "sqlDatabase", "secret")
    if sql.secret is None:
        yield Finding(
            path=path,
            message="egress to a database needs the secret that holds its password",
            help="write `secret` with `name` and `key`",
            server="egress.sql_database.secret is required",
        )
    elif not sql.secret.name or not sql.secret.key:
        lacks = "key" if sql.secret.name else "name"
        yield Finding(
            path=(*path, lacks),
            message=f"the database's secret has no {lacks}",
            help="write both `name` and `key`",
            server="egress.sql_database.secret.name and egress.sql_database.secret.key "
            "are required",
        )


RULE = Rule(code="BC637", kind=Kind.REFUSED, severity=Severity.ERROR, check=sql_egress_secret)
