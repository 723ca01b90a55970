"""Buckets cannot be joined, grouped or united."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import nodes, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def s3_in_operator(spec: Spec, world: World) -> Iterator[Finding]:
    """Find S3 inputs below a join, group or union, however deep."""
    buckets = [leaf for leaf in pfs_inputs(spec) if leaf.pfs.s3]
    if not buckets:
        return
    for node in nodes(spec):
        for operator in ("join", "group", "union"):
            below = [
                leaf
                for leaf in buckets
                if leaf.path[: len(node.path) + 1] == (*node.path, operator)
            ]
            for leaf in below:
                yield Finding(
                    path=(*node.path, operator),
                    message=f"an S3 input cannot stand in a `{operator}`",
                    help="put it beside the rest with `cross`, or read its files without `s3`",
                    server=f"S3 inputs in {operator} expressions are not supported",
                    labels=(((*leaf.path, "s3"), "the S3 input"),),
                    on_key=True,
                )


RULE = Rule(code="BC633", kind=Kind.REFUSED, severity=Severity.ERROR, check=s3_in_operator)
