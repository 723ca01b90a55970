"""`bcdsl run`: the stages as programs of this machine, on data of this machine."""

import os
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

from bcdslc.cli.declare import Argument, Option
from bcdslc.cli.options import Color, ColorOption, Data, Params, Profiles, Stages


class Runner(str, Enum):
    """How the programs of stages are run."""

    LOCAL = "local"
    PODMAN = "podman"
    DOCKER = "docker"


def command(
    file: Annotated[str | None, Argument(metavar="FILE", help="A document.")] = None,
    data: Data = None,
    spec: Annotated[
        list[str] | None,
        Option("--spec", metavar="SPEC", help="Specs instead of FILE; may be repeated."),
    ] = None,
    stage: Stages = None,
    image: Annotated[
        list[str] | None,
        Option(
            "--image",
            metavar="IMAGE=FOLDER",
            help="What stands for an image here; may be repeated.",
        ),
    ] = None,
    runner: Annotated[
        Runner,
        Option(help="Programs of this machine, or the stages' images in an engine."),
    ] = Runner.LOCAL,
    gpus: Annotated[
        str | None,
        Option(
            "--gpus", metavar="WHICH", help="Devices for stages that ask, with an engine: `all`."
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        Option("--jobs", "-j", metavar="N", min=1, help="Programs at once. [default: cores]"),
    ] = None,
    reprocess: Annotated[
        list[str] | None,
        Option("--reprocess", metavar="STAGE", help="Run all datums of a stage; may be repeated."),
    ] = None,
    tick: Annotated[bool, Option(help="Let each clock tick once.")] = True,
    keep_going: Annotated[
        bool, Option("--keep-going", "-k", help="Go on after a stage failed.")
    ] = False,
    store: Annotated[
        Path | None,
        Option(
            "--store", metavar="DIR", help="Where results stay. [default: .bcdsl/store beside FILE]"
        ),
    ] = None,
    json: Annotated[bool, Option("--json", help="The report for programs.")] = False,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Run the stages on given data, as Pachyderm's workers would: only what is new or changed."""
    from bcdslc.cli.run_asked import asked
    from bcdslc.cli.run_doing import carry_out

    os.umask(0o022)  # as workers have it
    wish = asked(
        file=file,
        specs=spec,
        data=data,
        stages=stage,
        images=image,
        runner=runner.value,
        gpus=gpus,
        jobs=jobs,
        reprocess=reprocess,
        ticking=tick,
        keep_going=keep_going,
        store=store,
        params=param,
        profiles=profile,
    )
    return carry_out(wish, as_json=json, color=color, out=sys.stdout, err=sys.stderr)
