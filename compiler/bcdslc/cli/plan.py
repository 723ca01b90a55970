"""`bcdsl plan`: what applying a document would do to a cluster, and what would run again."""

import json as json_text
import sys
from typing import Annotated

from bcdslc.cli.cluster_options import (
    Address,
    Context,
    Document,
    ProjectOption,
    Prune,
    Recreate,
    Reprocess,
)
from bcdslc.cli.declare import Option
from bcdslc.cli.options import Color, ColorOption, Params, Profiles


def command(
    file: Document,
    json: Annotated[bool, Option("--json", help="Print the plan for programs.")] = False,
    out: Annotated[
        str | None,
        Option("--out", "-o", metavar="PLAN", help="Keep the plan for `bcdsl apply`."),
    ] = None,
    detailed: Annotated[
        bool,
        Option("--detailed-exitcode", help="Exit with 0 for nothing to do and 2 for changes."),
    ] = False,
    all: Annotated[
        bool, Option("--all", help="Also list what else stands in the project.")
    ] = False,
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
    """Show what `bcdsl apply` would do: nothing is changed."""
    from bcdslc.cli import exit_code
    from bcdslc.cli.cluster_session import compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.plan_making import keep, known_stages, make, more_asked
    from bcdslc.cli.show import outcome, show
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.plan.file import to_value
    from bcdslc.plan.hide import hidden_in
    from bcdslc.view.plan_text import plan_text

    try:
        asked = compiled(file, options_for(param, profile), color, advice=True)
        more = more_asked(reprocess, recreate, prune)
        known_stages(more, asked.specs)
        where = place(address, context, color)
        wish = wish_of(asked, where, project, more)
        with connected(where, color) as cluster:
            made = make(wish, cluster, color)
    except StoppedError as stopped:
        return stopped.code
    if json:
        print(json_text.dumps(hidden_in(to_value(made.plan)), indent=2, ensure_ascii=False))
    else:
        sys.stdout.write(plan_text(made.plan, all=all))
    show(made.problems, color=color)
    if outcome(made.problems):
        return exit_code.PROBLEMS
    if out is not None and not keep(made.plan, out, color):
        return exit_code.PROBLEMS
    return exit_code.CHANGES if detailed and not made.plan.empty else exit_code.FINE
