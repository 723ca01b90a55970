"""Lint a thousand specs, and validate the same files with check-jsonschema and our schema.

Both run as one process over one folder, from start to exit. Run it as
`python benchmarks/lint.py [COUNT]`; it fails if lint is not at least half as fast again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "compiler/bcdslc/spec/pachyderm-pipeline.schema.json"
WANTED = 1.5
ROUNDS = 3


def spec(number: int) -> dict[str, Any]:
    """Return one of many plausible specs; every tenth has something to say of."""
    joined = number % 3 == 0
    before = f"stage-{number - 1}" if number % 10 else "images"
    leaf: dict[str, Any] = {"pfs": {"repo": before, "name": "in", "branch": "master", "glob": "/*"}}
    other = {"pfs": {"repo": "models", "name": "models", "branch": "master", "glob": "/"}}
    found: dict[str, Any] = {
        "pipeline": {"project": {"name": "default"}, "name": f"stage-{number}"},
        "description": "One stage of many.",
        "transform": {
            "image": "registry.example/stage:1.4",
            "cmd": ["python3", "/code/run.py", "--number", str(number)],
            "env": {"LEVEL": "info", "NUMBER": str(number)},
        },
        "input": {"cross": [leaf, other]} if joined else leaf,
        "parallelismSpec": {"constant": 4},
        "autoscaling": True,
        "resourceRequests": {"cpu": 1, "memory": "4Gi"},
        "resourceLimits": {"memory": "8Gi"},
        "datumTries": 2,
        "datumTimeout": "600s",
    }
    if number % 10 == 5:
        found["resourceLimits"] = {"memory": "8GB"}
    return found


def seconds(command: list[str]) -> float:
    """Return how long a command takes, the best of a few runs."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> int:
    """Measure both and print how they compare."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path = Path(folder, f"stage-{number:04}.json")
            path.write_text(json.dumps(spec(number), indent=2), encoding="utf-8")
        files = sorted(str(path) for path in Path(folder).iterdir())
        ours = seconds([sys.executable, "-m", "bcdslc.cli", "lint", folder, "--format", "concise"])
        checker = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA)]
        theirs = seconds([*checker, *files])
    times = theirs / ours
    print(f"{count} specs: bcdsl lint {ours:.2f} s, check-jsonschema {theirs:.2f} s: {times:.1f} x")
    return 0 if times >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
