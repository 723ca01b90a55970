"""How long a large document takes to compile, against the floor: composing it and writing JSON.

Run `python benchmarks/compile.py`. Ratios are what counts; the seconds are processor time.
The floor is libyaml's composer in C on the same bytes plus `json.dumps` of the result.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from typing import Any

import yaml

from bcdsl.analyze import FileProblem, Options
from bcdsl.source import SourceFile
from bcdslc.collector import collector_paused
from bcdslc.compile import compile_document
from bcdslc.emit import specs_text
from bcdslc.spec.write import to_json


class NoFiles:
    """There is nothing beside the document."""

    def read(self, relative: str) -> str | FileProblem:
        """Say so."""
        return FileProblem(message=f"there is no {relative}")


def document(stages: int) -> str:
    """Return a document in which every stage reads a few others, like people's pipelines."""
    lines = [
        "project: bench",
        "repos: [scans, models]",
        "defaults: {image: 'registry.example/tools:1'}",
        "hardware:",
        "  large: {cpu: 2..4, memory: 4G..8G, gpu: 1}",
        "stages:",
    ]
    for number in range(stages):
        before = [f"stage_{other}:/<exam>" for other in {number - 1, number - 2, number // 2}]
        known = [ref for ref in before if 0 <= int(ref[6:].split(":")[0]) < number]
        reads = ", ".join([*sorted(known), "models"] if known else ["scans:/<exam>", "models"])
        lines += [
            f"  stage_{number}:",
            f"    about: Stage {number} of many.",
            f"    from: [{reads}]",
            f"    cmd: python3 /stage.py --number {number}",
            "    env: {LEVEL: info, THREADS: 4}",
        ]
        if number % 3 == 0:
            lines.append("    hardware: large\n    autoscale: true")
        if number % 5 == 0:
            lines.append("    each: exam" if number % 10 else "    workers: 2")
    return "\n".join(lines) + "\n"


def best(what: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the least time of several runs, and the last result."""
    least, result = float("inf"), None
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        result = what()
        least = min(least, time.process_time() - start)
    return least, result


@collector_paused()
def compile_text(text: str) -> str:
    """Compile a document to the text of its specs, as the command does."""
    compiled = compile_document(SourceFile("bench.bc.yaml", text), Options(), NoFiles())
    assert compiled.specs, [problem.message for problem in compiled.problems][:3]
    return specs_text(compiled.specs)


def floor(text: str, values: list[Any]) -> Callable[[], Any]:
    """Return the work below which no compiler of this text can be."""

    def run() -> None:
        yaml.compose(text, Loader=yaml.CSafeLoader)
        for value in values:
            json.dumps(value, indent=2)

    return run


def main() -> None:
    """Measure and print."""
    times = {}
    for stages in (1_000, 10_000):
        text = document(stages)
        source = SourceFile("bench.bc.yaml", text)
        specs = compile_document(source, Options(), NoFiles()).specs
        values = [to_json(spec.request) for spec in specs]
        least, _ = best(floor(text, values), 3)
        times[stages], _ = best(lambda text=text: compile_text(text), 3 if stages < 5000 else 1)
        print(f"{stages} stages, {len(text)} bytes: compile {times[stages]:.2f} s")
        print(f"  floor {least:.3f} s, ratio {times[stages] / least:.1f} (wanted: at most 10)")
    print(f"10,000 stages / 1,000 stages: {times[10_000] / times[1_000]:.1f} (at most 12)")


if __name__ == "__main__":
    main()
