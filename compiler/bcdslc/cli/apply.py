"""`bcdsl apply`: make the cluster say what a document says, all or nothing."""

import sys
from typing import TYPE_CHECKING, Annotated

from bcdslc.cli.cluster_options import (
    Address,
    Context,
    ProjectOption,
    Prune,
    Recreate,
    Reprocess,
    Yes,
)
from bcdslc.cli.declare import Argument, WrongUsageError
from bcdslc.cli.options import Color, ColorOption, Params, Profiles

if TYPE_CHECKING:
    from bcdslc.cluster.where import Where
    from bcdslc.plan.change import Plan


def command(
    file: Annotated[str, Argument(metavar="FILE", help="The document, or a kept plan.")],
    yes: Yes = False,
    reprocess: Reprocess = None,
    recreate: Recreate = None,
    prune: Prune = False,
    address: Address = None,
    context: Context = None,
    project: ProjectOption = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Show the plan, ask, carry it out, and read back what the server says now."""
    from bcdslc.cli import exit_code
    from bcdslc.cli.cluster_session import agreed, compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.plan_doing import carry_out
    from bcdslc.cli.plan_making import known_stages, make, more_asked, read_kept
    from bcdslc.cli.show import outcome, show
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.view.plan_text import plan_text

    try:
        kept = read_kept(file, color)
        more = more_asked(reprocess, recreate, prune)
        if kept is not None and (more or param or profile or project):
            raise WrongUsageError("a kept plan takes no other options", param_hint="FILE")
        asked = None if kept else compiled(file, options_for(param, profile), color, advice=True)
        if asked is not None:
            known_stages(more, asked.specs)
        where = place(address, context, color)
        with connected(where, color) as cluster:
            wish = None
            plan = kept
            if asked is not None:
                wish = wish_of(asked, where, project, more)
                made = make(wish, cluster, color)
                plan = made.plan
            assert plan is not None
            sys.stdout.write(plan_text(plan))
            if asked is not None:
                show(made.problems, color=color)
                if outcome(made.problems):
                    return exit_code.PROBLEMS
            if plan.empty:
                return exit_code.FINE
            if not agreed(_question(plan, where), yes):
                return exit_code.PROBLEMS
            return carry_out(plan, wish, cluster, where, color)
    except StoppedError as stopped:
        return stopped.code


def _question(plan: "Plan", where: "Where") -> str:
    """Return what is to be agreed to, and where; what cannot be undone is said once more."""
    said = f"carry it out in `{plan.project}` at {where.address}"
    if not plan.steps:
        return f"{said}?"
    count = len(plan.steps)
    return f"{said}, with {count} step{'' if count == 1 else 's'} that cannot be undone?"
