"""How long our composer takes, as ratios to libyaml's own work on the same text.

Run it as `python benchmarks/compose.py [LINES]`. The text is a document of many stages; the
least of several runs counts, with Python's collector of garbage on (as in a program that does
not care) and off (what the work itself costs).
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

import yaml

from bcdsl.compose import compose
from bcdsl.source import SourceFile

STAGE = """\
  stage_{n}:
    about: Does the work of stage {n}.  # as written
    from: [source_{n}:/<exam>, stage_{m}:/<exam>, models]
    cmd: /bin/bash run.sh --fast
    hardware: {{cpu: 1..2, memory: 4G}}
    script: |
      echo {n}
      run --number {n}

"""


def document(lines: int) -> str:
    """Return a document of about so many lines."""
    per_stage = STAGE.count("\n")
    stages = (STAGE.format(n=n, m=n - 1) for n in range(1, lines // per_stage + 1))
    return "stages:\n" + "".join(stages)


def seconds(work: Callable[[], object], repeat: int = 7) -> float:
    """Return the least seconds that some work took."""
    best = float("inf")
    for _ in range(repeat):
        gc.collect()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def events(text: str) -> None:
    """Let libyaml read the text, and look at nothing."""
    for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
        pass


def main(lines: int) -> None:
    """Print the ratios."""
    text = document(lines)
    print(f"{text.count(chr(10)):,} lines, {len(text):,} characters")
    for collecting in (True, False):
        (gc.enable if collecting else gc.disable)()
        ours = seconds(lambda: compose(SourceFile("x", text)))
        tree = seconds(lambda: yaml.compose(text, Loader=yaml.CSafeLoader))
        raw = seconds(lambda: events(text))
        print(
            f"collector {'on ' if collecting else 'off'}: {ours * 1000:.0f} ms, "
            f"{ours / tree:.2f} x yaml.compose, {ours / raw:.2f} x yaml.parse"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
