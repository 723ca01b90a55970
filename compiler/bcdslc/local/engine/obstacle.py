"""What of an engine stands in the way of a run, and what it does not do for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Diagnostic, Severity
from bcdslc.local.engine.command import Kind, Limits
from bcdslc.local.engine.engine import Facts
from bcdslc.local.obstacle import Chosen

NO_ENGINE = "BC950"
NO_IMAGE = "BC951"
FAILED = "BC952"
NO_LIMITS = "BC953"

_START = {
    Kind.PODMAN: "`podman info` says more",
    Kind.DOCKER: "start Docker; on Linux your user must be in the group `docker`, or use a "
    "rootless Docker; `docker info` says more",
}


def not_here(kind: Kind) -> Diagnostic:
    """Say that there is no such engine."""
    other = Kind.DOCKER if kind is Kind.PODMAN else Kind.PODMAN
    return Diagnostic(
        code=NO_ENGINE,
        message=f"there is no program `{kind.value}` on this machine",
        span=None,
        help=f"install it, or take `--runner {other.value}`, or `--runner local` with "
        "`local: {images: …}` in the document",
    )


def unusable(kind: Kind, words: str) -> Diagnostic:
    """Say that an engine is there and cannot be used."""
    return Diagnostic(
        code=NO_ENGINE,
        message=f"`{kind.value}` cannot be used here: {words}",
        span=None,
        help=_START[kind],
    )


def without_image(kind: Kind, chosen: Chosen, image: str) -> Diagnostic:
    """Say that an image is not on this machine and cannot be fetched."""
    return Diagnostic(
        code=NO_IMAGE,
        message=f"the image `{image}` is not on this machine and could not be pulled",
        span=chosen.spec.at("transform", "image"),
        help=f"is its name right, and the registry reachable? where it needs a login: "
        f"`{kind.value} login`; an image of your own: `{kind.value} build -t {image} FOLDER`",
    )


def failed(kind: Kind, words: str) -> Diagnostic:
    """Say that an engine did not do what it was asked in the middle of a run."""
    return Diagnostic(
        code=FAILED,
        message=f"`{kind.value}` could not carry on: {words}",
        span=None,
        help=f"see that `{kind.value} info` answers, and run again: datums that were done are "
        "not run again",
    )


def without_limits(chosen: Sequence[Chosen], facts: Facts) -> Iterator[Diagnostic]:
    """Say which stages have limits that the engine cannot set."""
    lacking = [each for each in chosen if _lacks(each, facts)]
    if lacking:
        names = ", ".join(f"`{each.spec.name}`" for each in lacking)
        yield Diagnostic(
            code=NO_LIMITS,
            severity=Severity.NOTE,
            message=f"the limits of {names} are not kept: this engine cannot set them",
            span=lacking[0].spec.at("resourceLimits"),
            help="an engine without root needs cgroups v2 with `cpu` and `memory` delegated to you",
        )


def _lacks(chosen: Chosen, facts: Facts) -> bool:
    wanted = Limits(memory=chosen.stage.memory_limit, cpus=chosen.stage.cpu_limit)
    return bool(wanted.memory and not facts.memory) or bool(wanted.cpus and not facts.cpu)
