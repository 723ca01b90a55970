"""What is found in specs that others wrote: kept, and read when it changes.

`python tests/lint/test_snapshot.py` writes the file anew.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from bcdslc.lint.lint import Asked, lint

SNAPSHOT = Path(__file__).with_name("snapshot.json")
REPAIR = "python tests/lint/test_snapshot.py"


def snapshot(folder: Path) -> str:
    """Return the findings, per file the codes and lines, as text that diffs well."""
    files: dict[str, dict[str, list[int]]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".json", ".yaml", ".yml"):
            continue
        found: dict[str, list[int]] = {}
        for problem in lint([str(path)], Asked()).problems:
            span = problem.span
            line = span.source.position(span.start)[0] if span else 0
            found.setdefault(problem.code, []).append(line)
        files[path.name] = {code: sorted(lines) for code, lines in sorted(found.items())}
    lines = [f"{json.dumps(name)}: {json.dumps(found)}" for name, found in files.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def test_the_findings_are_those_that_were_read(shared: Path) -> None:
    """No file makes a traceback, and nothing is found that was not looked at."""
    now = snapshot(shared / "conformance/specs")
    assert now == SNAPSHOT.read_text(encoding="utf-8"), f"read the difference, then: {REPAIR}"


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("BCDSL_SHARED", root.parent / "shared"))
    sys.stdout.write(f"{SNAPSHOT}\n")
    SNAPSHOT.write_text(snapshot(shared / "conformance/specs"), encoding="utf-8")
