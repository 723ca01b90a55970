"""A cron's tick repo has a repo's name, also the one it is given by default."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.name import better, is_name, refusal
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def cron_repo_name(spec: Spec, world: World) -> Iterator[Finding]:
    """Find tick repos whose name is none."""
    for leaf in cron_inputs(spec):
        repo = leaf.cron.repo or f"{spec.name}_{leaf.cron.name}"
        if not is_name(repo) and leaf.cron.name and (leaf.cron.repo or is_name(spec.name)):
            written = "repo" if leaf.cron.repo else "name"
            guess = better(leaf.cron.repo or leaf.cron.name)
            yield Finding(
                path=(*leaf.path, written),
                message=f"the tick repo `{repo}` may hold letters, digits, `_` and `-` only",
                help=f"write `{guess}`" if guess else None,
                server=refusal(repo),
            )


RULE = Rule(code="BC642", kind=Kind.REFUSED, severity=Severity.ERROR, check=cron_repo_name)
