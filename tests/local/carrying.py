"""Runs within the test's process: specs and data as values, results as values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bcdsl.source import SourceFile
from bcdslc.local.filing import stored_files
from bcdslc.local.machine import LocalImage, machine
from bcdslc.local.native import Native
from bcdslc.local.record import Branch
from bcdslc.local.run import RunResult, Wish, run
from bcdslc.local.spawn import Spawn
from bcdslc.local.store import Lock, open_store
from bcdslc.spec.read import read_specs
from bcdslc.spec.spec import Spec
from bcdslc.tree.from_mapping import from_mapping

Data = Mapping[str, Mapping[str, str]]  # repo to path to text


def specs_of(*values: Mapping[str, Any]) -> tuple[Spec, ...]:
    """Return specs given as JSON values."""
    read = [read_specs(SourceFile("s", json.dumps(value))) for value in values]
    return tuple(spec for each in read for spec in each.specs)


def carried_out(
    root: Path, spawner: Spawn | None, specs: Sequence[Spec], data: Data, jobs: int = 1
) -> RunResult:
    """Run specs on a store, as `bcdsl run` does; by a spawner of its own if none is given."""
    root.mkdir(parents=True, exist_ok=True)
    lock = Lock(root)
    lock.take(lambda _: None)
    spawn = spawner or Spawn(root / "living")
    store = open_store(root)
    store.blobs.sweep()
    wish = Wish(
        specs=specs,
        data={Branch("default", repo, "master"): from_mapping(f) for repo, f in data.items()},
        road_of=lambda _: Native(
            machine=machine(LocalImage(), namespaces=True, tools=store.tools), spawn=spawn
        ),
        jobs=jobs,
        keep_going=True,
        retry=True,
    )
    try:
        return run(store, wish, lambda _: None, lambda _: lambda *_: None)
    finally:
        if spawner is None:
            spawn.close()
        lock.release()
        store.ledger.close()


def output(root: Path, repo: str) -> dict[str, bytes]:
    """Return the files at the head of a repo."""
    store = open_store(root)
    try:
        head = store.ledger.head(Branch("default", repo, "master"))
        files = stored_files(store.blobs, head.files) if head else {}
        return {path: store.blobs.read(blob.name) for path, blob in files.items()}
    finally:
        store.ledger.close()


def ran(result: RunResult) -> dict[str, list[str]]:
    """Return the IDs of the datums that each stage with a job ran."""
    return {
        stage.spec.name: [
            r.id for r in stage.result.records if r.done_in == stage.result.job.number
        ]
        for stage in result.stages
        if stage.result
    }
