"""Making a plan, keeping it in a file, and reading it from there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.suggest import nearest
from bcdslc.cli import exit_code
from bcdslc.cli.cluster_session import More
from bcdslc.cli.declare import WrongUsageError
from bcdslc.cli.options import Color
from bcdslc.cli.show import show
from bcdslc.cli.stopped import StoppedError
from bcdslc.cluster.look import look
from bcdslc.cluster.protocol import Cluster
from bcdslc.cluster.seen import Standing
from bcdslc.plan.change import Plan
from bcdslc.plan.decide import decide, touched, with_jobs
from bcdslc.plan.file import PlanFileError, from_value, to_value
from bcdslc.plan.hide import hidden_in
from bcdslc.plan.obstacle import no_mark, obstacles
from bcdslc.plan.wish import Wish
from bcdslc.spec.spec import Spec
from bcdslc.write_file import write_file

NOT_KEPT = "BC815"
NOT_READ = "BC816"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A plan, what it was made from, and what stands in its way."""

    plan: Plan
    standing: Standing
    problems: tuple[Diagnostic, ...]


def make(wish: Wish, cluster: Cluster, color: Color) -> Made:
    """Return the plan for a wish."""
    if wish.prune and wish.dag is None:
        show([no_mark("prune")], color=color)
        raise StoppedError(exit_code.PROBLEMS)
    standing = look(cluster, wish.project, [spec.name for spec in wish.specs], wish.repos)
    plan = decide(wish, standing)
    killed = touched(plan)
    if killed:
        plan = with_jobs(plan, cluster.live_jobs(plan.project, killed))
    return Made(plan=plan, standing=standing, problems=tuple(obstacles(plan, standing, wish)))


def more_asked(
    reprocess: Sequence[str] | None, recreate: Sequence[str] | None, prune: bool
) -> More:
    """Return what a command line asks for beside the document."""
    return More(reprocess=tuple(reprocess or ()), recreate=tuple(recreate or ()), prune=prune)


def known_stages(more: More, specs: Sequence[Spec]) -> None:
    """Raise a usage error if something is asked of a stage that there is none of."""
    known = [spec.name for spec in specs]
    for option, names in (("--reprocess", more.reprocess), ("--recreate", more.recreate)):
        for name in names:
            if name not in known:
                guess = nearest(name, known)
                hint = f", did you mean `{guess}`?" if guess else ""
                raise WrongUsageError(f"no stage is named `{name}`{hint}", param_hint=option)


def keep(plan: Plan, path: str, color: Color) -> bool:
    """Write a plan to a file; one that would hold a credential is not kept."""
    value = to_value(plan)
    if hidden_in(value) != value:
        problem: Diagnostic | None = Diagnostic(
            code=NOT_KEPT,
            message=f"`{path}` was not written: the plan holds a password in a URL",
            span=None,
            help="move the credentials to a secret, or apply the document itself",
        )
    else:
        problem = write_file(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    if problem is not None:
        show([problem], color=color)
    return problem is None


def read_kept(path: str, color: Color) -> Plan | None:
    """Return the plan in a file, or None if the file is no JSON document at all."""
    if not path.endswith(".json"):
        return None
    try:
        value: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        return from_value(value)
    except FileNotFoundError:
        words = "there is no such file"
    except (OSError, ValueError) as wrong:
        words = str(wrong) if isinstance(wrong, PlanFileError) else "it cannot be read"
    problem = Diagnostic(
        code=NOT_READ,
        message=f"`{path}`: {words}",
        span=None,
        help="make a plan with `bcdsl plan FILE --out PLAN.json`",
    )
    show([problem], color=color)
    raise StoppedError(exit_code.PROBLEMS)
