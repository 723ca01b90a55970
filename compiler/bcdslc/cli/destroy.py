"""`bcdsl destroy`: delete what a document made, downstream first."""

import sys
from typing import Annotated

from bcdslc.cli.cluster_options import Address, Context, Document, ProjectOption, Yes
from bcdslc.cli.declare import Option
from bcdslc.cli.options import Color, ColorOption, Params, Profiles


def command(
    file: Document,
    repos: Annotated[
        bool, Option("--repos", help="Delete its data repos too, with their data.")
    ] = False,
    adopt: Annotated[
        bool, Option("--adopt", help="Also delete stages that `bcdsl apply` did not make.")
    ] = False,
    yes: Yes = False,
    address: Address = None,
    context: Context = None,
    project: ProjectOption = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Delete the pipelines of a document; data repos stay unless asked for."""
    from bcdslc.cli import exit_code
    from bcdslc.cli.cluster_session import agreed, compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.show import show
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.cluster.fault import Trouble
    from bcdslc.cluster.look import look
    from bcdslc.cluster.told import told
    from bcdslc.plan.destroy import destroy, destruction, objections
    from bcdslc.plan.obstacle import no_mark
    from bcdslc.view.destroy_text import destroyed_text, destruction_text

    try:
        asked = compiled(file, options_for(param, profile), color)
        if asked.dag.dag is None:
            show([no_mark("be destroyed")], color=color)
            return exit_code.PROBLEMS
        where = place(address, context, color)
        wish = wish_of(asked, where, project)
        with connected(where, color) as cluster:
            standing = look(cluster, wish.project, [s.name for s in wish.specs], wish.repos)
            what = destruction(wish, standing, repos=repos)
            sys.stdout.write(destruction_text(what))
            problems = list(objections(what, wish, standing, adopt=adopt))
            show(problems, color=color)
            if problems:
                return exit_code.PROBLEMS
            if what.empty:
                return exit_code.FINE
            if not agreed(f"delete all this in `{wish.project}` at {where.address}?", yes):
                return exit_code.PROBLEMS
            result = destroy(what, cluster)
    except StoppedError as stopped:
        return stopped.code
    sys.stdout.write(destroyed_text(result))
    show([told(fault, where.address) for _, fault in result.faults], color=color)
    if result.faults:
        print(
            "a pipeline whose delete was refused may have been stopped by the attempt; "
            "the same command goes on from here",
            file=sys.stderr,
        )
        ended = any(fault.trouble is Trouble.INTERRUPTED for _, fault in result.faults)
        return exit_code.INTERRUPTED if ended else exit_code.SERVER
    return exit_code.FINE
