"""How long a plan takes where nothing differs, against checking the same document.

Run `python benchmarks/plan.py`. The cluster is the tests' stand-in, in another process; its
answers are made beforehand. Also told: importing the client, the one list call, and how long
applying all stages takes.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "tests")]

from compile import document  # noqa: E402 - it lies beside this file

STAGES = 1000
TIMES = 3


def serve(pipe: Any) -> None:
    """Serve a stand-in until told to stop."""
    from cluster.serve import serving
    from cluster.stand_in import StandIn

    with serving(StandIn()) as address:
        pipe.send(address)
        pipe.recv()


def seconds(what: Callable[[], Any]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def command(*arguments: str) -> None:
    """Run a command in a fresh process, as people do."""
    run = subprocess.run(
        [sys.executable, "-m", "bcdslc.cli", *arguments], capture_output=True, text=True
    )
    assert run.returncode in (0, 1), run.stderr[-2000:]


def main() -> None:
    """Print the times."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    address = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "many.bc.yaml"))
        Path(path).write_text(document(STAGES), encoding="utf-8")
        applied = seconds(lambda: command("apply", path, "--address", address, "--yes"))
        checked = min(seconds(lambda: command("check", path)) for _ in range(TIMES))
        planned = min(
            seconds(lambda: command("plan", path, "--address", address)) for _ in range(TIMES)
        )
        imported, listed = client(address)
    print(f"{STAGES} stages: apply {applied:.2f} s, check {checked:.2f} s, plan {planned:.2f} s")
    print(f"client's import {imported:.2f} s, list call {listed:.2f} s")
    rest = planned - imported - listed
    print(f"plan without these: {rest:.2f} s, {rest / checked:.2f} times check (at most 2.5)")
    ours.send("stop")


def client(address: str) -> tuple[float, float]:
    """Return how long the client's import and one list call take."""
    from bcdslc.cluster.where import find

    where = find(address, None, {}, Path())

    def load() -> None:
        import grpc

        from bcdslc.cluster.wire import wire

        assert grpc
        wire()

    imported = seconds(load)
    from bcdslc.cluster.channel import Channel
    from bcdslc.cluster.pachd import Pachd

    cluster = Pachd(Channel(where))  # type: ignore[arg-type]  # our own address is a good one
    cluster.version()
    return imported, min(seconds(cluster.pipelines) for _ in range(TIMES))


if __name__ == "__main__":
    main()
