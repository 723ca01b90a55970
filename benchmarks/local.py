"""What running costs beside the programs that are run.

    python benchmarks/local.py [--datums 10000] [--snakemake PROGRAM]

A figure is CPU time or, where programs are started, wall time; both sides of a ratio come from one
run of this script. Bounds stand beside the figures; the exit code is 1 if one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "breast_cancer"
BCDSL = [sys.executable, "-m", "bcdslc.cli"]
FEW = 100  # datums for the figure of one
TURNS, PARTS = 5, 3

BARE, DATUM, JOB = "a bare fork and exec", "a datum, one at a time", "a job of snakemake"
LOOP = """
import os
for _ in range({}):
    child = os.fork()
    if child == 0:
        os.execv("/bin/true", ["true"])
    os.waitpid(child, 0)
"""

SPEC = {
    "pipeline": {"name": "p"},
    "transform": {"cmd": ["true"]},
    "input": {"pfs": {"repo": "words", "glob": "/*"}},
}
SNAKEFILE = """\
names = glob_wildcards("words/{name}").name
rule all:
    input: expand("done/{name}", name=names)
rule one:
    input: "words/{name}"
    output: touch("done/{name}")
    shell: "true"
"""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure what a run costs.")
    parser.add_argument("--datums", type=int, default=10_000)
    parser.add_argument("--snakemake", help="its program, to compare with")
    given = parser.parse_args()
    kept = [
        _said(*figure)
        for measure in (_a_datum, _nothing_to_do, _exams)
        for figure in measure(given)
    ]
    return 0 if all(kept) else 1


def _said(what: str, figure: float, unit: str, bound: float | None) -> bool:
    kept = bound is None or figure <= bound
    limit = "" if bound is None else f"(at most {bound:g}{'' if kept else ': MISSED'})"
    print(f"{what:<62} {figure:9.2f} {unit} {limit}", flush=True)
    return kept


class Cost(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


Figure = tuple[str, float, str, "float | None"]


def _a_datum(given: argparse.Namespace) -> Iterator[Figure]:
    """Measure a datum with an empty program against a bare fork and exec, and against others.

    The rivals take turns, in short runs, and the least of each counts: what else this machine
    does meanwhile falls on all of them, and on some turn on none. A run of no datums is taken off.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _words(folder, FEW)
        (folder / "Snakefile").write_text(SNAKEFILE)
        least: dict[str, Cost] = {}
        for turn in range(TURNS):
            for rival, cost in _rivals(given.snakemake, folder, turn):
                before = least.get(rival, cost)
                least[rival] = Cost(*map(min, before, cost))
    for rival, cost in least.items():
        yield f"{rival}, wall time", cost.wall / FEW * 1000, "ms", None
        yield f"{rival}, CPU time", cost.cpu / FEW * 1000, "ms", None
    bare, datum, job = (least.get(rival) for rival in (BARE, DATUM, JOB))
    assert bare is not None
    assert datum is not None
    yield "a datum, in fork and execs", datum.wall / bare.wall, "×", 15
    if job is not None:
        yield "a datum, as a part of a job of snakemake", datum.wall / job.wall, "×", 1 / 5


def _rivals(snakemake: str | None, folder: Path, turn: int) -> Iterator[tuple[str, Cost]]:
    """Yield what each rival took for FEW datums."""
    nothing = [sys.executable, "-c", "pass"]
    words = [*BCDSL, "run", "--spec", "spec.json", "--data", "words=words", "--jobs", "1"]
    for part in range(PARTS):  # these take little of the time of a turn
        yield BARE, _more([sys.executable, "-c", LOOP.format(FEW)], nothing, folder)
        ours = [*words, "--store", f"store{turn}.{part}"]
        yield DATUM, _more(ours, ours, folder)
    if snakemake:
        shutil.rmtree(folder / "done", ignore_errors=True)
        theirs = [snakemake, "--cores", "1", "--quiet", "all"]
        yield JOB, _more(theirs, theirs, folder)


def _more(first: list[str], second: list[str], folder: Path) -> Cost:
    """Return by how much the first command costs more than the second after it."""
    one, other = _cost(first, folder), _cost(second, folder)
    return Cost(one.wall - other.wall, one.cpu - other.cpu)


def _cost(command: list[str], folder: Path) -> Cost:
    wall = 0.0

    def timed() -> None:
        nonlocal wall
        wall = _wall(lambda: _quiet(command, folder))

    cpu = _cpu(timed)
    return Cost(wall, cpu)


def _nothing_to_do(given: argparse.Namespace) -> Iterator[Figure]:
    """Measure a second run of many datums against the interpreter's own start."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _words(folder, given.datums)
        first = _wall(lambda: _run(folder, "store", "--jobs", str(os.cpu_count() or 1)))
        yield f"first run of {given.datums} datums", first, "s", None
        start = min(_cpu(lambda: _quiet([sys.executable, "-c", "pass"], folder)) for _ in range(5))
        again = min(_cpu(lambda: _run(folder, "store")) for _ in range(3))
        yield "second run, nothing changed", again * 1000, "ms", None
        yield "second run, in starts of Python", again / start, "×", 60


def _exams(_: argparse.Namespace) -> Iterator[Figure]:
    """Measure four synthetic exams through the example's five stages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _quiet([sys.executable, str(EXAMPLE / "make_exams.py"), "exams"], folder)
        words = ["run", str(EXAMPLE / "pipeline.bc.yaml"), "--data", "sample_data=exams"]
        words += ["--data", f"models={EXAMPLE / 'models'}", "--store", "store"]
        yield (
            "four exams through five stages",
            _cpu(lambda: _quiet([*BCDSL, *words], folder)),
            "s",
            30,
        )


def _words(folder: Path, count: int) -> None:
    (folder / "words").mkdir()
    for number in range(count):
        (folder / "words" / f"w{number:06}").write_text(str(number))
    (folder / "spec.json").write_text(json.dumps(SPEC))


def _run(folder: Path, store: str, *more: str) -> None:
    words = ["run", "--spec", "spec.json", "--data", "words=words", "--store", store]
    _quiet([*BCDSL, *words, *(more or ("--jobs", "1"))], folder)


def _quiet(command: list[str], folder: Path) -> None:
    path = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wall(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _cpu(act: Callable[[], object]) -> float:
    """Return the CPU seconds of all processes that an act starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    act()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
