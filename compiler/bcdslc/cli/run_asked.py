"""What the command line of a `bcdsl run` asks for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.model import Dag
from bcdslc.cli.declare import WrongUsageError
from bcdslc.cli.show import outcome
from bcdslc.datum.given import DataWord, Given
from bcdslc.local.machine import LocalImage
from bcdslc.local.obstacle import not_local
from bcdslc.local.store import DEFAULT
from bcdslc.spec.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command line: the specs with what was found wrong with them, and how to run them."""

    specs: tuple[Spec, ...]
    dag: Dag | None
    problems: tuple[Diagnostic, ...]
    stages: Sequence[str]
    words: Sequence[DataWord]
    images: Mapping[str, LocalImage]
    runner: str
    gpus: str
    jobs: int
    reprocess: frozenset[str]
    ticking: bool
    keep_going: bool
    store: Path


def asked(
    *,
    file: str | None,
    specs: Sequence[str] | None,
    data: Sequence[str] | None,
    stages: Sequence[str] | None,
    images: Sequence[str] | None,
    runner: str,
    gpus: str | None,
    jobs: int | None,
    reprocess: Sequence[str] | None,
    ticking: bool,
    keep_going: bool,
    store: Path | None,
    params: list[str] | None,
    profiles: list[str] | None,
) -> Asked:
    """Return what a command line asks for; usage errors are raised."""
    from bcdslc.cli.datum_sources import read_words

    if (file is None) == (not specs):
        raise WrongUsageError("give a document, or specs with --spec SPEC", param_hint="FILE")
    _fitting(runner, images, gpus)
    found, dag, problems = _read(file, specs, params, profiles)
    words = read_words(data or ())
    if not outcome(problems):
        problems = (*problems, *_misspelt(words, found))
    beside = Path(file).parent if file and file != "-" else Path()
    known = [each.name for each in found]
    for option, names in (("--stage", stages), ("--reprocess", reprocess)):
        _known(option, names or (), known if found else None)
    _not_written(words, [each for each in found if not stages or each.name in stages])
    return Asked(
        specs=found,
        dag=dag,
        problems=problems,
        stages=stages or (),
        words=words,
        images={**_of_document(dag, beside), **dict(_image(text) for text in images or ())},
        runner=runner,
        gpus=gpus or "",
        jobs=jobs or os.cpu_count() or 1,
        reprocess=frozenset(reprocess or ()),
        ticking=ticking,
        keep_going=keep_going,
        store=(store or beside / DEFAULT).absolute(),
    )


def _read(
    file: str | None,
    specs: Sequence[str] | None,
    params: list[str] | None,
    profiles: list[str] | None,
) -> tuple[tuple[Spec, ...], Dag | None, tuple[Diagnostic, ...]]:
    from bcdslc.cli.datum_sources import specs_of

    if file is not None:
        return specs_of(file, None, params, profiles)
    found: list[Spec] = []
    problems: list[Diagnostic] = []
    for place in specs or ():
        more, _, wrong = specs_of(None, place, params, profiles)
        found += more
        problems += wrong
    return tuple(found), None, tuple(problems)


def _misspelt(words: Sequence[DataWord], specs: Sequence[Spec]) -> tuple[Diagnostic, ...]:
    """Return a finding for each `--data` that nothing reads: it would be stored for good."""
    from bcdslc.cli.datum_sources import pfs_leaves

    return Given(words=words).unknown(pfs_leaves(specs)) if words else ()


def _of_document(dag: Dag | None, beside: Path) -> dict[str, LocalImage]:
    images = {}
    for image in dag.images if dag else ():
        folder = (beside / image.dir.value).resolve() if image.dir else ""
        images[image.image.value] = LocalImage(
            workdir=str(folder),
            env={name.value: value.value for name, value in image.env},
            path=tuple(str((beside / each.value).resolve()) for each in image.path),
        )
    return images


def _image(text: str) -> tuple[str, LocalImage]:
    image, equals, folder = text.rpartition("=")
    if not equals or not image or not Path(folder).is_dir():
        raise WrongUsageError(f"`{text}` is not IMAGE=FOLDER", param_hint="--image")
    return image, LocalImage(workdir=str(Path(folder).resolve()))


def _fitting(runner: str, images: Sequence[str] | None, gpus: str | None) -> None:
    """Refuse options that mean nothing to this runner."""
    if images and runner != "local":
        raise WrongUsageError(f"`--runner {runner}` runs the images", param_hint="--image")
    if gpus and runner == "local":
        raise WrongUsageError("only `podman` and `docker` give devices", param_hint="--gpus")


def _not_written(words: Sequence[DataWord], specs: Sequence[Spec]) -> None:
    """Refuse data in place of what a stage writes that runs, too: neither would know the other."""
    written = {spec.name: spec.request.output_branch or "master" for spec in specs}
    for word in words:
        branch = written.get(word.repo)
        if branch is not None and word.branch in (None, branch) and _runs(word.repo, specs):
            raise WrongUsageError(
                f"the stage `{word.repo}` runs and writes `{word.repo}`: leave this out, "
                "or choose other stages with --stage",
                param_hint="--data",
            )


def _runs(name: str, specs: Sequence[Spec]) -> bool:
    return any(spec.name == name and not_local(spec) is None for spec in specs)


def _known(option: str, names: Sequence[str], known: Sequence[str] | None) -> None:
    from bcdsl.suggest import nearest

    for name in names:
        if known is not None and name not in known:
            guess = nearest(name, known)
            hint = f", did you mean `{guess}`?" if guess else f": there are {', '.join(known)}"
            raise WrongUsageError(f"no stage is named `{name}`{hint}", param_hint=option)
