"""The example of `docs/datums.md`; `python tests/datum/docs_example.py --write` renews it."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "datums.md"
DOCUMENT = "examples/breast_cancer/pipeline.bc.yaml"
START, END = "<!-- generated: the example -->\n", "<!-- end of the example -->\n"

VIEWS = ("L_CC", "L_MLO", "R_CC", "R_MLO")
EXAMS = ("exam_01", "exam_02", "exam_03", "exam_04")
FILES = {
    "sample_data": [f"{exam}/{view}.png" for exam in EXAMS for view in VIEWS],
    "crop": [f"{exam}/cropped_images/{view}.png" for exam in EXAMS for view in VIEWS],
    "extract_centers": ["exam_01/data.pkl", "exam_02/data.pkl", "exam-03/data.pkl"],
    "models": ["sample_patch_model.p", "sample_imageheatmaps_model.p"],
}


def lay_out(folder: Path) -> None:
    """Make the four exams' folders."""
    for repo, paths in FILES.items():
        for path in paths:
            place = folder / repo / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()


def generated() -> str:
    """Return the generated part of the page: the command and what it prints."""
    from bcdslc.cli.main import run

    arguments = [word for repo in FILES for word in ("--data", f"{repo}={repo}")]
    shown = "".join(f" \\\n    --data {repo}={repo}" for repo in FILES)
    printed, before = io.StringIO(), Path.cwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(printed):
        lay_out(Path(folder))
        os.chdir(folder)
        try:
            run(["datums", str(ROOT / DOCUMENT), *arguments])
        finally:
            os.chdir(before)
    return f"```console\n$ bcdsl datums {DOCUMENT}{shown}\n{printed.getvalue()}```\n"


def brought_up_to_date(page: str) -> str:
    """Return the page with its generated part made anew."""
    head, rest = page.split(START)
    _, tail = rest.split(END)
    return head + START + generated() + END + tail


if __name__ == "__main__":
    text = brought_up_to_date(PAGE.read_text(encoding="utf-8"))
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(generated())
