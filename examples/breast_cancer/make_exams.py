"""Make synthetic exams in the example's layout.

    python make_exams.py OUT [--scale 0.25] [--exams 0,1,2,3]

Exam 0 is clean; 1 has a malignant lesion on the right; 2 a benign one on the left; 3 has both
kinds. Seeded: the same call writes the same files.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "stages"))

from mammo.exam_list import write_exams  # the path above comes first
from mammo.picture import write_png
from phantom import Lesion, exam
from real_exams import EXAM, EXAM_LIST

LESIONS: dict[str, dict[str, list[Lesion]]] = {
    "0": {},
    "1": {"R": [Lesion("malignant", -0.15, 0.45)]},
    "2": {"L": [Lesion("benign", 0.2, 0.5)]},
    "3": {
        "L": [Lesion("malignant", 0.1, 0.4), Lesion("benign", -0.3, 0.55)],
        "R": [Lesion("benign", -0.2, 0.5)],
    },
}


def main() -> None:
    """Write one folder for each exam."""
    parser = argparse.ArgumentParser(description="Make synthetic exams.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--scale", type=float, default=0.25, help="1 is 3328 × 2560 pixels")
    parser.add_argument("--exams", default=",".join(LESIONS), help="which, e.g. 0,3")
    given = parser.parse_args()
    for name in given.exams.split(","):
        folder = given.out / name
        for view, pixels in exam(100 + int(name), given.scale, LESIONS[name]).items():
            write_png(folder / f"{view}.png", pixels)
        write_exams(folder / EXAM_LIST, [EXAM])


if __name__ == "__main__":
    main()
