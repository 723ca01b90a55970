"""`bcdsl compile`: a document to Pachyderm specs."""

import os
import sys
from collections.abc import Mapping
from typing import Annotated

from bcdslc.cli.declare import Argument, Option, WrongUsageError
from bcdslc.cli.options import Color, ColorOption, Params, Profiles, Stages
from bcdslc.collector import collector_paused
from bcdslc.emit import TextFormat


@collector_paused()
def command(
    file: Annotated[str, Argument(metavar="FILE", help="The document; `-` is standard input.")],
    out: Annotated[
        str,
        Option(
            "--out",
            "-o",
            metavar="OUT",
            help="A file (`.json`, `.yaml`, `.yml`) for all specs, or a folder with a file for "
            "each; `-` is standard output.",
        ),
    ] = "-",
    format: Annotated[
        TextFormat | None,
        Option(
            "--format",
            help="The language of the specs. [default: by OUT, else json]",
            show_default=False,
        ),
    ] = None,
    stage: Stages = None,
    check: Annotated[
        bool, Option("--check", help="Write nothing; exit with 1 and a diff if OUT differs.")
    ] = False,
    prune: Annotated[
        bool, Option("--prune", help="Remove files of stages that no longer exist.")
    ] = False,
    source_map: Annotated[
        str | None,
        Option(
            "--source-map",
            metavar="MAP",
            help="Write where each emitted field came from (JSON).",
        ),
    ] = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Compile a document: print its specs, or write them."""
    from bcdslc.cli import exit_code
    from bcdslc.cli.options import options_for
    from bcdslc.cli.show import outcome, show
    from bcdslc.compile import compile_file
    from bcdslc.emit import specs_text

    if out == "-" and (check or prune):
        word = "--check" if check else "--prune"
        raise WrongUsageError("it needs files to look at: give -o OUT", param_hint=word)
    _folder_or_specs(out)
    _spare_documents(file, {"-o": out, "--source-map": source_map})
    compiled = compile_file(file, options_for(param, profile))
    show(compiled.problems, color=color)
    if compiled.dag is None or compiled.failed:
        return outcome(compiled.problems)
    names = [spec.name for spec in compiled.specs]
    wanted = _wanted(stage, names)
    specs = [spec for spec in compiled.specs if spec.name in wanted]
    chosen = format or (TextFormat.YAML if out.endswith((".yaml", ".yml")) else TextFormat.JSON)
    if source_map is not None and not check:
        from bcdslc.source_map import source_map_text
        from bcdslc.write_file import write_file

        problem = write_file(source_map, source_map_text(specs))
        if problem is not None:
            show([problem], color=color)
            return exit_code.PROBLEMS
    if out == "-":
        sys.stdout.write(specs_text(specs, chosen))
        return exit_code.FINE
    from bcdslc.cli.compile_to import compile_to

    return compile_to(
        out, compiled.dag.title, specs, names, chosen, check=check, prune=prune, color=color
    )


def _folder_or_specs(out: str) -> None:
    """Raise a usage error if an output looks like a file, and not like one of specs."""
    from bcdslc.output_files import is_file

    ending = os.path.splitext(out)[1]  # a path would lose a last slash
    if ending and not is_file(out) and not os.path.isdir(out):
        raise WrongUsageError(
            f"specs are written as `.json`, `.yaml` or `.yml`, not `{ending}`; "
            f"if a folder is meant, write `{out}/`",
            param_hint="-o",
        )


def _spare_documents(file: str, targets: Mapping[str, str | None]) -> None:
    """Raise a usage error if a file to be written is the document, or has a document's name."""
    for option, target in targets.items():
        if target is None or target == "-":
            continue
        if target.endswith((".bc.yaml", ".bc.yml")) or os.path.realpath(target) == os.path.realpath(
            file
        ):
            raise WrongUsageError(
                f"`{target}` is a document, and would be overwritten", param_hint=option
            )


def _wanted(stages: list[str] | None, names: list[str]) -> frozenset[str]:
    """Return the stages to emit; a usage error if one is not in the document."""
    for name in stages or ():
        if name not in names:
            from bcdsl.suggest import nearest

            guess = nearest(name, names)
            hint = f", did you mean `{guess}`?" if guess else ""
            raise WrongUsageError(f"no stage is named `{name}`{hint}", param_hint="--stage")
    return frozenset(stages or names)
