"""What a `bcdsl run` asks for, checked against this machine, and carried out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TextIO

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.model import Dag
from bcdslc.cli import exit_code
from bcdslc.cli.declare import WrongUsageError
from bcdslc.cli.open_store import locked_store, shown
from bcdslc.cli.options import Color
from bcdslc.cli.run_progress import RunProgress
from bcdslc.cli.show import outcome, show
from bcdslc.datum.given import DataWord, Given
from bcdslc.datum.would_match import uploaded_under
from bcdslc.local.engine.call import EngineError
from bcdslc.local.engine.command import Kind
from bcdslc.local.engine.left import end_left
from bcdslc.local.engine.obstacle import failed
from bcdslc.local.engine.roads import engine_roads
from bcdslc.local.finding import findings
from bcdslc.local.machine import LocalImage
from bcdslc.local.native import NativeRoads
from bcdslc.local.obstacle import Chosen, left_out, not_local, without_data, without_egress
from bcdslc.local.record import Branch
from bcdslc.local.road import Roads
from bcdslc.local.run import CutShortError, RunResult, Wish, run
from bcdslc.local.settings import settings_of
from bcdslc.local.store import DEFAULT, Store
from bcdslc.spec.spec import Spec
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.open_data import open_data
from bcdslc.tree.problem import too_deep, unread

CUT_SHORT = "BC942"


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


def carry_out(asked: Asked, *, as_json: bool, color: Color, out: TextIO, err: TextIO) -> int:
    """Run what was asked for and print the report; return the exit code."""
    show(asked.problems, color=color)
    if outcome(asked.problems):
        return exit_code.PROBLEMS
    opened = locked_store(
        asked.store, lambda who: print(f"waiting for another run (process {who}) …", file=err)
    )
    if isinstance(opened, Diagnostic):
        show((opened,), color=color)
        return exit_code.PROBLEMS
    store, lock = opened
    try:
        roads = _roads(asked, store, err)
        if isinstance(roads, Diagnostic):
            show((roads,), color=color)
            return exit_code.PROBLEMS
        with closing(roads):
            return _run(asked, store, roads, as_json=as_json, color=color, out=out, err=err)
    except CutShortError as error:
        show((_cut_short(error, store.root),), color=color)
        return exit_code.PROBLEMS
    except EngineError as error:
        show((failed(Kind(asked.runner), str(error)),), color=color)
        return exit_code.PROBLEMS
    finally:
        lock.release()
        store.ledger.close()


def _roads(asked: Asked, store: Store, err: TextIO) -> Roads | Diagnostic:
    """Return how the stages' programs are run, or why that cannot be."""
    end_left(store.root)
    if asked.runner == "local":
        return NativeRoads(asked.images, _by_variable(asked.dag), store)
    return engine_roads(
        Kind(asked.runner),
        store=store.root,
        tools=store.tools,
        gpus=asked.gpus,
        say=lambda text: print(text, file=err),
    )


def _cut_short(error: CutShortError, store: Path) -> Diagnostic:
    """Say what of this machine ended a run; what was done before it stays."""
    return Diagnostic(
        code=CUT_SHORT,
        message=f"the run was cut short: {error}",
        span=None,
        help=f"make room where `{shown(store)}` lies, e.g. by `bcdsl store gc`, and run again: "
        "datums that were done are not run again",
    )


def _run(
    asked: Asked,
    store: Store,
    roads: Roads,
    *,
    as_json: bool,
    color: Color,
    out: TextIO,
    err: TextIO,
) -> int:
    store.blobs.sweep()
    wish, problems = _wish(asked, store, roads)
    show(problems, color=color)
    if wish is None:
        return exit_code.PROBLEMS
    progress = RunProgress(err)
    result = run(store, wish, progress.stage, progress.datum)
    progress.clear()
    return _report(result, store, as_json=as_json, color=color, out=out)


def _report(result: RunResult, store: Store, *, as_json: bool, color: Color, out: TextIO) -> int:
    from bcdslc.view.run_json import run_value
    from bcdslc.view.run_text import run_lines, store_option

    found = [*findings(result, store, store_option(shown(store.root)))]
    found += _unread(result)
    if as_json:
        print(json.dumps(run_value(result), indent=2), file=out)
    elif not result.unreadable:
        print("\n".join(run_lines(result, shown(store.root))), file=out)
        if found:
            print(file=out, flush=True)
    show(found, color=color)
    return exit_code.PROBLEMS if result.failed else exit_code.FINE


def _unread(result: RunResult) -> Iterator[Diagnostic]:
    """Yield a finding for each place and each reason why files of it cannot be read."""
    together: dict[tuple[str, str], list[str]] = {}
    for each in result.unreadable:
        together.setdefault((each.title, each.reason), []).append(each.path)
    for (title, reason), paths in together.items():
        yield unread(title, sorted(paths), reason)


def _wish(asked: Asked, store: Store, roads: Roads) -> tuple[Wish | None, list[Diagnostic]]:
    """Return the run, or what stands in its way; warnings and notes stand in no way."""
    everything = [Chosen(spec=spec, stage=settings_of(spec)) for spec in asked.specs]
    chosen = [each for each in everything if not asked.stages or each.spec.name in asked.stages]
    problems: list[Diagnostic] = []
    for each in tuple(chosen):
        what = not_local(each.spec)
        if what is not None:
            problems.append(left_out(each.spec, what))
            chosen.remove(each)
        problems += without_egress(each.spec)
    data = _data(asked)
    for branch, tree in data.items():
        problems += tree.problems
        if uploaded_under(tree, branch.repo):
            problems.append(too_deep(branch.repo, branch.name, tree.title))
    problems += without_data(chosen, data, lambda branch: store.ledger.head(branch) is not None)
    problems += roads.obstacles(chosen)
    if not outcome(problems):
        problems += roads.get_ready(chosen)
    if outcome(problems):
        return None, problems
    wish = Wish(
        specs=[each.spec for each in chosen],
        data=data,
        road_of=roads.of,
        jobs=asked.jobs,
        reprocess=asked.reprocess,
        ticking=None if asked.ticking else (),
        keep_going=asked.keep_going,
        retry=True,
    )
    return wish, problems


def _data(asked: Asked) -> dict[Branch, FileTree]:
    """Return the data of each branch; a word without branch or project fills all that are read."""
    from bcdslc.cli.datum_sources import pfs_leaves

    read = list(pfs_leaves(asked.specs))
    data: dict[Branch, FileTree] = {}
    for word in sorted(asked.words, key=lambda w: (w.branch is not None, w.project is not None)):
        tree = open_data(word.place)
        for leaf in read:
            if word.serves(leaf):
                watched = leaf.trigger.branch if leaf.trigger is not None else leaf.branch
                branch = word.branch or watched or "master"
                data[Branch(leaf.project or "default", leaf.repo, branch)] = tree
    return data


def _by_variable(dag: Dag | None) -> Callable[[str], bool]:
    heeding = {
        stage.name.value
        for stage in (dag.stages if dag else ())
        if stage.local_pfs is not None and stage.local_pfs.value == "env"
    }
    return heeding.__contains__


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
