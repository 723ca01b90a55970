"""`bcdsl put`: folders of this machine into a document's repos."""

from typing import Annotated

from bcdslc.cli.cluster_options import Address, Context, Document, ProjectOption
from bcdslc.cli.declare import Argument, Option
from bcdslc.cli.options import Color, ColorOption, Params, Profiles


def command(
    file: Document,
    data: Annotated[
        list[str], Argument(metavar="REPO=DIR…", help="Which folder goes into which repo.")
    ],
    branch: Annotated[str, Option("--branch", help="The branch to commit to.")] = "master",
    delete_extra: Annotated[
        bool, Option("--delete-extra", help="Delete files that the folder lacks.")
    ] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would be sent, and send nothing.")
    ] = False,
    address: Address = None,
    context: Context = None,
    project: ProjectOption = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Make each repo hold its folder, at its root: one commit a repo, only what changed."""
    from bcdslc.cli.cluster_session import compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.put_doing import Sending, send, trees_of
    from bcdslc.cli.repo_there import stop_without
    from bcdslc.cli.stopped import StoppedError

    try:
        asked = compiled(file, options_for(param, profile), color)
        trees = trees_of(data, asked.dag, color)
        where = place(address, context, color)
        wish = wish_of(asked, where, project)
        with connected(where, color) as cluster:
            for repo in trees:  # before anything is sent
                stop_without(cluster, wish.project, repo, color)
            return send(
                trees,
                Sending(
                    file=file,
                    project=wish.project,
                    branch=branch,
                    delete_extra=delete_extra,
                    dry_run=dry_run,
                    color=color,
                ),
                cluster.files(),
            )
    except StoppedError as stopped:
        return stopped.code
