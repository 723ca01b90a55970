"""The terminal session that docs/cluster.md shows, made by running it against the stand-in.

`python tests/cluster/session.py --write` writes it there.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
DOC = ROOT / "docs" / "cluster.md"
BEGIN, END = "<!-- session -->\n```console\n", "```\n<!-- end of session -->"
FILE = "pipeline.bc.yaml"
STEPS = (
    f"bcdsl plan {FILE}",
    f"bcdsl apply {FILE} --yes",
    f"sed -i 's/crop.sh/crop2.sh/' {FILE}",
    f"bcdsl plan {FILE}",
    f"bcdsl apply {FILE} --yes --reprocess crop",
    "pachctl edit pipeline classify  # somebody else, by hand: another image",
    f"bcdsl status {FILE}; echo $?",
    f"bcdsl plan {FILE}",
    f"bcdsl apply {FILE} --yes",
    f"sed -i 's/^  visualize_heatmaps:/  draw_heatmaps:/' {FILE}",
    rf"sed -i 's/^  classify:/&\n    output_branch: results/' {FILE}",
    f"bcdsl plan {FILE} --prune",
    f"bcdsl apply {FILE} --prune --yes",
    f"bcdsl plan {FILE} --detailed-exitcode; echo $?",
    f"bcdsl destroy {FILE} --repos --yes",
)


def session() -> str:
    """Return what a terminal shows."""
    from cluster.serve import serving
    from cluster.stand_in import StandIn

    example = (ROOT / "examples" / "breast_cancer" / FILE).read_text(encoding="utf-8")
    server = StandIn()
    with tempfile.TemporaryDirectory() as folder, chdir(folder), serving(server) as address:
        Path(FILE).write_text(example, encoding="utf-8")
        os.environ["PACHD_ADDRESS"] = address
        try:
            lines = [f"$ {step}\n{done(server, step)}" for step in STEPS]
        finally:
            del os.environ["PACHD_ADDRESS"]
    return "\n".join(lines)


def done(server: object, step: str) -> str:
    """Do one step; return what it prints."""
    from bcdslc.cli.main import run
    from cluster.stand_in import StandIn

    assert isinstance(server, StandIn)
    for each in server.state.pipelines.values():
        each.last_job = "JOB_SUCCESS"
    if step.startswith("sed"):
        _, old, new, _ = step.split("'")[1].split("/")
        new = new.replace("&", r"\g<0>")
        Path(FILE).write_text(re.sub(old, new, Path(FILE).read_text(), flags=re.MULTILINE))
        return ""
    if step.startswith("pachctl"):
        server.state.pipelines["default", "classify"].effective["transform"]["image"] = "test:0"
        return ""
    words, _, echo = step.partition("; ")
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = run(words.split()[1:])
    return out.getvalue() + (f"{code}\n" if echo else "")


def with_session(text: str) -> str:
    """Return the documentation with the session in its place."""
    start = text.index(BEGIN) + len(BEGIN)
    return text[:start] + session() + text[text.index(END, start) :]


if __name__ == "__main__":
    DOC.write_text(with_session(DOC.read_text(encoding="utf-8")), encoding="utf-8")
