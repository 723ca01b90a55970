"""`bcdsl get`: files of a stage or repo into a folder of this machine."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from bcdslc.cli.cluster_options import Address, Context, Document, ProjectOption, StageFiles
from bcdslc.cli.declare import Option
from bcdslc.cli.options import Color, ColorOption, Params, Profiles


def command(
    file: Document,
    what: StageFiles,
    out: Annotated[Path, Option("--out", "-o", metavar="DIR", help="Where they go.")],
    address: Address = None,
    context: Context = None,
    project: ProjectOption = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Fetch files, each to its path below the folder; a matched folder stands for its files."""
    from bcdslc.cli import exit_code
    from bcdslc.cli.cluster_session import compiled, connected, place, wish_of
    from bcdslc.cli.options import options_for
    from bcdslc.cli.show import show
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.cli.stored_files import chosen_files, files_asked
    from bcdslc.tree.problem import refused_names
    from bcdslc.tree.refused_name import refusal

    try:
        asked = compiled(file, options_for(param, profile), color)
        wanted = files_asked(what, asked)
        where = place(address, context, color)
        wish = wish_of(asked, where, project)
        with connected(where, color) as cluster:
            files = cluster.files()
            found = chosen_files(wanted, wish.project, cluster, color)
            paths = [path for path in found if refusal(path) is None]  # never outside the folder
            if len(paths) < len(found):
                odd = [path for path in found if refusal(path) is not None]
                show([refused_names(what, "is no path of a repo", odd)], color=color)
            for number, path in enumerate(paths, 1):
                pieces = files.content(wish.project, wanted.repo, path, found[path])
                _write(out / path.lstrip("/"), pieces, color)
                if sys.stderr.isatty():
                    end = "\n" if number == len(paths) else ""
                    said = f"\rfetched {number:,} of {len(paths):,}"
                    print(said, end=end, file=sys.stderr, flush=True)
    except StoppedError as stopped:
        return stopped.code
    size = sum(found[path].size for path in paths)
    print(f"{len(paths)} file{'' if len(paths) == 1 else 's'}, {size:,} bytes, in {out}")
    return exit_code.FINE


def _write(target: Path, pieces: Iterator[bytes], color: Color) -> None:
    """Write a file whole or not at all; stop where it cannot be written."""
    from bcdslc.cli.exit_code import PROBLEMS
    from bcdslc.cli.show import show
    from bcdslc.cli.stopped import StoppedError
    from bcdslc.write_file import not_written

    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as opened:
            for piece in pieces:
                opened.write(piece)
        part.replace(target)
    except OSError as wrong:
        show([not_written(str(target), wrong)], color=color)
        raise StoppedError(PROBLEMS) from None
    finally:
        with suppress(OSError):
            part.unlink()
