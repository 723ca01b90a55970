"""How long commands take to start, against Python itself and against another checker.

Run it with the bcdsl of an ordinary installation (a wheel, not `-e`, which adds an import hook to
every start): `python benchmarks/startup.py --bcdsl PATH/bin/bcdsl [--miniwdl PATH/bin/miniwdl]`.
Everything is compiled to bytecode first; a figure is the least CPU time of many process starts,
and what counts are the ratios.

Aims: `--version` at most 8 × `python -c pass`, `check` of the example at most 16 ×, and at most a
third of `miniwdl check` of its smallest document.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples/breast_cancer/pipeline.bc.yaml"
SMALLEST = "version 1.0\ntask t {\n  command {}\n}\n"


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bcdsl", default=str(Path(sys.executable).parent / "bcdsl"))
    parser.add_argument("--miniwdl", help="another environment's program, to compare with")
    parser.add_argument("--starts", type=int, default=21)
    chosen = parser.parse_args()
    python = str(Path(chosen.bcdsl).parent / "python")
    _compile(python)
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "bcdsl --version": [chosen.bcdsl, "--version"],
        "bcdsl --help": [chosen.bcdsl, "--help"],
        "bcdsl check EXAMPLE": [chosen.bcdsl, "check", str(EXAMPLE)],
        "bcdsl compile EXAMPLE": [chosen.bcdsl, "compile", str(EXAMPLE)],
    }
    with tempfile.TemporaryDirectory() as folder:
        if chosen.miniwdl:
            _compile(str(Path(chosen.miniwdl).parent / "python"))
            smallest = Path(folder) / "smallest.wdl"
            smallest.write_text(SMALLEST, encoding="utf-8")
            commands["miniwdl check SMALLEST"] = [chosen.miniwdl, "check", str(smallest)]
        least = _least(commands, chosen.starts)
    floor = least["python -c pass"]
    for name, seconds in least.items():
        print(f"{name:<24} {seconds * 1000:7.1f} ms {seconds / floor:6.1f} ×")
    if chosen.miniwdl:
        share = least["bcdsl check EXAMPLE"] / least["miniwdl check SMALLEST"]
        print(f"bcdsl check / miniwdl check: {share:.2f}")
    return 0


def _compile(python: str) -> None:
    """Compile all that a Python has installed."""
    where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    folder = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True)
    command = [python, "-m", "compileall", "-q", folder.stdout.strip()]
    subprocess.run(command, check=False, capture_output=True, env=_environment())


def _least(commands: dict[str, list[str]], starts: int) -> dict[str, float]:
    """Return the least CPU time of each command, taken in turns so that all see the same load."""
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(starts):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, capture_output=True, env=_environment())
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            least[name] = min(least[name], spent)
    return least


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


if __name__ == "__main__":
    sys.exit(main())
