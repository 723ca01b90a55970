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
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "breast_cancer"
BCDSL = [sys.executable, "-m", "bcdslc.cli"]
FEW = 300  # datums for the figure of one

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


Figure = tuple[str, float, str, "float | None"]


def _a_datum(given: argparse.Namespace) -> Iterator[Figure]:
    """Measure a datum with an empty program against a bare fork and exec of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _words(folder, FEW)
        bare = min(_wall(_bare) for _ in range(3)) / FEW
        spent = []
        for turn in range(3):
            whole = _wall(lambda turn=turn: _run(folder, f"store{turn}"))
            spent.append(whole - _wall(lambda turn=turn: _run(folder, f"store{turn}")))
        datum = min(spent) / FEW
        yield "bare fork and exec", bare * 1000, "ms", None
        yield "a datum, one at a time", datum * 1000, "ms", None
        yield "a datum, in fork and execs", datum / bare, "×", 15
        if given.snakemake:
            yield from _snakemake(given.snakemake, folder, datum)


def _snakemake(program: str, folder: Path, datum: float) -> Iterator[Figure]:
    (folder / "Snakefile").write_text(SNAKEFILE)
    command = [program, "--cores", "1", "--quiet", "all"]
    whole = _wall(lambda: _quiet(command, folder))
    job = (whole - _wall(lambda: _quiet(command, folder))) / FEW
    yield "a job of snakemake, of which ours is a part", datum / job, "×", 1 / 5


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


def _bare() -> None:
    for _ in range(FEW):
        child = os.fork()
        if child == 0:
            os.execv("/bin/true", ["true"])
        os.waitpid(child, 0)


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
