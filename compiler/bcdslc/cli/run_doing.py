"""Carry a `bcdsl run` out, and report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TextIO

from bcdsl.diagnostic import Diagnostic
from bcdsl.model import Dag
from bcdslc.cli import exit_code
from bcdslc.cli.open_store import locked_store, shown
from bcdslc.cli.options import Color
from bcdslc.cli.run_asked import Asked
from bcdslc.cli.run_progress import RunProgress
from bcdslc.cli.run_wish import wish_of
from bcdslc.cli.show import outcome, show
from bcdslc.local.engine.call import EngineError
from bcdslc.local.engine.command import Kind
from bcdslc.local.engine.left import end_left
from bcdslc.local.engine.obstacle import failed
from bcdslc.local.engine.roads import engine_roads
from bcdslc.local.finding import findings
from bcdslc.local.native import NativeRoads
from bcdslc.local.road import Roads
from bcdslc.local.run import CutShortError, RunResult, run
from bcdslc.local.store import Store
from bcdslc.tree.problem import unread

CUT_SHORT = "BC942"


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
    wish, problems = wish_of(asked, store, roads)
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


def _by_variable(dag: Dag | None) -> Callable[[str], bool]:
    heeding = {
        stage.name.value
        for stage in (dag.stages if dag else ())
        if stage.local_pfs is not None and stage.local_pfs.value == "env"
    }
    return heeding.__contains__
