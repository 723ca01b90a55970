"""What stands in the way of a run, told before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from platform import system

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass
from bcdsl.suggest import nearest
from bcdslc.local.inputs import branch_of, clocks, pfs_leaves, stored_tree, tick_branch
from bcdslc.local.record import Branch
from bcdslc.local.settings import Settings
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.spec import Spec

NO_IMAGE = "BC930"
NO_DATA = "BC931"
NOT_LOCAL = "BC932"
NO_NAMESPACES = "BC933"
NO_GPU = "BC937"

_REMEDY = {
    "Linux": "allow user namespaces (`sysctl kernel.unprivileged_userns_clone=1`, on Ubuntu "
    "`kernel.apparmor_restrict_unprivileged_userns=0`), or install bubblewrap, if the system lets "
    "that make them",
    "Darwin": "`--runner docker` runs the stages' images: macOS lets no program of its own see a "
    "`/pfs`",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A spec that runs here, and what a worker takes from it."""

    spec: Spec
    stage: Settings


def not_local(spec: Spec) -> str | None:
    """Return what of a spec has no meaning without a cluster, None if all of it has."""
    request = spec.request
    for name, there in (
        ("a spout", request.spout),
        ("a service", request.service),
        ("output through S3", request.s3_out),
        ("an input through S3", _reads_s3(request)),
    ):
        if there:
            return name
    return None


def left_out(spec: Spec, what: str) -> Diagnostic:
    """Say that a stage is not run here."""
    return Diagnostic(
        code=NOT_LOCAL,
        severity=Severity.WARNING,
        message=f"`{spec.name}` is not run here: {what} needs a cluster",
        span=spec.at("pipeline", "name"),
        help="the other stages run; give what it writes with `--data`, if one of them reads it",
    )


def without_egress(spec: Spec) -> Iterator[Diagnostic]:
    """Say that output is not pushed anywhere."""
    if spec.request.egress is not None:
        yield Diagnostic(
            code=NOT_LOCAL,
            severity=Severity.WARNING,
            message=f"the output of `{spec.name}` stays here: egress needs a cluster",
            span=spec.at("egress"),
            help=f"`bcdsl store get {spec.name} DIR` copies it to a folder",
        )


def without_images(chosen: Iterable[Chosen], known: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Say which images nothing on this machine stands for, once each."""
    said = set()
    for each in chosen:
        image = each.stage.image
        if image and image not in said and not known(image):
            said.add(image)
            yield Diagnostic(
                code=NO_IMAGE,
                message=f"nothing on this machine stands for the image `{image}`",
                span=each.spec.at("transform", "image"),
                help=f"add `local: {{images: {{{image}: {{dir: FOLDER}}}}}}`, "
                f"or give `--image {image}=FOLDER`; or `--runner docker` runs the image itself",
            )


def without_data(
    chosen: Sequence[Chosen], given: Iterable[Branch], held: Callable[[Branch], bool]
) -> Iterator[Diagnostic]:
    """Say which branches nobody fills: not the given data, no stage, no clock, no earlier run."""
    filled = set(given) | {each.stage.output for each in chosen}
    for each in chosen:
        filled |= {tick_branch(clock, each.stage) for clock in clocks(each.stage)}
    written = {(branch.project, branch.repo) for branch in filled}
    said = set()
    for each in chosen:
        tree = stored_tree(each.stage)
        for leaf in pfs_leaves(tree) if tree is not None else ():
            branch = branch_of(leaf, each.stage)
            source = (branch.project, branch.repo)
            if source not in written and source not in said and not held(branch):
                said.add(source)
                word = branch.repo if branch.name == "master" else f"{branch.repo}@{branch.name}"
                guess = nearest(branch.repo, {repo for _, repo in written})
                hint = f", or is it `{guess}`?" if guess else ""
                yield Diagnostic(
                    code=NO_DATA,
                    message=f"no data is given for `{word}`, which `{each.spec.name}` reads",
                    span=each.spec.at(*leaf.path, "repo"),
                    help=f"add `--data {word}=FOLDER`{hint}",
                )


def without_namespaces(
    chosen: Iterable[Chosen], reason: str, by_variable: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """Say which stages cannot have a `/pfs` here, and what would help."""
    names = [each.spec.name for each in chosen if not by_variable(each.spec.name)]
    if names:
        stages = ", ".join(f"`{name}`" for name in names)
        yield Diagnostic(
            code=NO_NAMESPACES,
            message=f"no `/pfs` can be made here for {stages}: {reason}",
            span=None,
            help=f"{_REMEDY.get(system(), _REMEDY['Linux'])}; or, if the programs heed the "
            "variable `PFS`, say so with `local: {pfs: env}` on the stage",
        )


def without_gpus(
    chosen: Iterable[Chosen],
    runs: str = "with what this machine has",
    remedy: str = "the program must be able to do without, or find the machine's own",
) -> Iterator[Diagnostic]:
    """Say which stages run without the devices that they ask for."""
    asking = [each for each in chosen if each.stage.gpu]
    if asking:
        names = ", ".join(f"`{each.spec.name}`" for each in asking)
        verbs = ("asks", "runs") if len(asking) == 1 else ("ask", "run")
        yield Diagnostic(
            code=NO_GPU,
            severity=Severity.NOTE,
            message=f"{names} {verbs[0]} for a GPU and {verbs[1]} {runs}",
            span=asking[0].spec.at("resourceLimits", "gpu"),
            help=remedy,
        )


def _reads_s3(request: CreatePipelineRequest) -> bool:
    todo = [request.input] if request.input else []
    while todo:
        node = todo.pop()
        if node.pfs is not None and node.pfs.s3:
            return True
        for parts in (node.join, node.group, node.cross, node.union):
            todo.extend(parts or ())
    return False
