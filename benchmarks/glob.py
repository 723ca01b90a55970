"""How fast globs match many paths, against Python's `re` on the same list.

Run `python benchmarks/glob.py`. Ratios are what counts; the floor is a loop of `re.match` with
the groups taken, over the same million sorted paths in the same process.
"""

from __future__ import annotations

import gc
import re
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from bcdslc.glob.batch import answer
from bcdslc.glob.matcher import compile_glob

VIEWS = ("L_CC", "L_MLO", "R_CC", "R_MLO")
EXAMS = 250_000

ORDINARY = (
    ("/(*)/([LR])_(CC|MLO).png", r"/([^/]*)/([LR])_(CC|MLO)\.png\Z"),
    ("/(*)/*", r"/([^/]*)/[^/]*\Z"),
    ("/exam_(*)/(*)_(*).png", r"/exam_([^/]*)/([^/]*)_([^/]*)\.png\Z"),
    ("/exam_0001(*)/*", r"/exam_0001([^/]*)/[^/]*\Z"),
)

# patterns that stop Pachyderm's library for minutes
EXPLOSIVE = (
    ("/+([a-z]*).csv", "/" + "a" * 45 + ".txt"),
    ("/*(*_*).csv", "/" + "a_" * 25 + ".txt"),
    ("/+(*-*).png", "/2024-01-02-03-04-05-06-07-08-09-10-11-12.jpg"),
    ("/*(?*).csv", "/" + "x" * 50),
    ("/+(+(a|b))/c", "/" + "ab" * 23),
)


def best(what: Callable[[], Any], times: int = 3) -> float:
    """Return the least time of some runs."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        what()
        taken.append(time.perf_counter() - start)
    return min(taken)


def with_re(expression: str, paths: list[str]) -> int:
    """Match every path, take the groups, and count."""
    match = re.compile(expression).match
    count = 0
    for path in paths:
        found = match(path)
        if found:
            found.groups()
            count += 1
    return count


def main() -> None:
    """Measure and print."""
    paths = sorted(f"/exam_{exam:06d}/{view}.png" for exam in range(EXAMS) for view in VIEWS)
    print(f"{len(paths):,} sorted paths; seconds, and as a multiple of re.match with groups")
    for glob, expression in ORDINARY:
        floor = best(lambda expression=expression: with_re(expression, paths))
        ours = best(lambda glob=glob: deque(compile_glob(glob).over(paths), maxlen=0))
        print(f"  {glob:28}{ours:8.3f}  {ours / floor:6.3f}")
    print("one path, milliseconds (five minutes and a crash in Pachyderm)")
    for glob, path in EXPLOSIVE:
        matcher = compile_glob(glob)
        taken = best(lambda matcher=matcher, path=path: matcher.match(path))
        print(f"  {glob:28}{taken * 1000:8.3f}")
    line = b'{"glob":"/(*)/([LR])_(CC|MLO).png","path":"/e/L_CC.png","replace":"$1"}'
    taken = best(lambda: deque((answer(line) for _ in range(100_000)), maxlen=0))
    print(f"line mode: {taken * 10:.1f} microseconds for a line")


if __name__ == "__main__":
    main()
