"""`bcdsl ls`: what a stage wrote, or a repo holds."""

from bcdslc.cli.cluster_options import Address, Context, Document, ProjectOption, StageFiles
from bcdslc.cli.options import Color, ColorOption, Params, Profiles


def command(
    file: Document,
    what: StageFiles,
    address: Address = None,
    context: Context = None,
    project: ProjectOption = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """List files with their sizes; a matched folder stands for all files in it."""
    from bcdslc.cli import exit_code
    from bcdslc.cli.cluster_session import compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.cli.stored_files import chosen_files, files_asked
    from bcdslc.tree.refused_name import shown
    from bcdslc.view.table import table

    try:
        asked = compiled(file, options_for(param, profile), color)
        wanted = files_asked(what, asked)
        where = place(address, context, color)
        wish = wish_of(asked, where, project)
        with connected(where, color) as cluster:
            found = chosen_files(wanted, wish.project, cluster, color)
    except StoppedError as stopped:
        return stopped.code
    print("\n".join(table([[shown(p), f"{f.size:,}"] for p, f in found.items()], indent="")))
    return exit_code.FINE
