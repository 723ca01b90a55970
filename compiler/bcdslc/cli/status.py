"""`bcdsl status`: how the stages of a document stand on a cluster."""

import json as json_text
import sys
import time
from typing import Annotated

from bcdslc.cli.cluster_options import Address, Context, Document, ProjectOption
from bcdslc.cli.declare import Option
from bcdslc.cli.options import Color, ColorOption, Params, Profiles

PAUSE = 2.0  # seconds between two looks


def command(
    file: Document,
    watch: Annotated[
        bool, Option("--watch", help="Look again until no job runs; show what changed.")
    ] = False,
    json: Annotated[bool, Option("--json", help="Print the state for programs.")] = False,
    address: Address = None,
    context: Context = None,
    project: ProjectOption = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Show each stage: its state, whether it is as the document says, and its last job.

    Exits with 1 if a stage is in trouble, else with 2 if one is missing or differs.
    """
    from bcdslc.cli import exit_code
    from bcdslc.cli.cluster_session import compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.plan_making import make
    from bcdslc.cli.show import show
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.plan.condition import Agreement, conditions
    from bcdslc.plan.trouble import troubles
    from bcdslc.view.status_text import status_text, status_value

    try:
        asked = compiled(file, options_for(param, profile), color)
        where = place(address, context, color)
        wish = wish_of(asked, where, project)
        shown = ""
        with connected(where, color) as cluster:
            while True:
                made = make(wish, cluster, color)
                there = [name for name, was in made.plan.base if was is not None]
                jobs = {name: cluster.last_job(wish.project, name) for name in there}
                running = cluster.live_jobs(wish.project, there) if there else {}
                found = conditions(made.plan, made.standing, jobs, running)
                text = status_text(found)
                if json:
                    text = json_text.dumps(status_value(found), indent=2) + "\n"
                if text != shown:
                    sys.stdout.write("\n" + text if shown and not json else text)
                    sys.stdout.flush()
                shown = text
                if not watch or all(each.settled for each in found):
                    break
                time.sleep(PAUSE)
    except StoppedError as stopped:
        return stopped.code
    show(list(troubles(found, wish.specs)), color=color)
    if any(each.trouble for each in found):
        return exit_code.PROBLEMS
    agreed = all(each.agreement is Agreement.IN_STEP for each in found)
    return exit_code.FINE if agreed else exit_code.CHANGES
