"""Stage 1: cut the breast out of each image.

Reads the exam list and PNG files, writes cropped PNG files and the list with
`window_location`, `rightmost_points`, `bottommost_points` and `distance_from_starting_side`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mammo.breast import NoBreastError, find_breast
from mammo.exam_list import VIEWS, Exam, faces_left, images, read_exams, write_exams
from mammo.picture import read_png, write_png

KEYS = {
    "window_location": "window",
    "rightmost_points": "tip",
    "bottommost_points": "lowest",
    "distance_from_starting_side": "gap",
}


def crop_exam(exam: Exam, source: Path, target: Path) -> Exam:
    """Write one exam's cropped images and return the exam with what was found.

    Raises:
        NoBreastError: An image holds no breast; the message names it.

    """
    found: dict[str, dict[str, list[object]]] = {key: {v: [] for v in VIEWS} for key in KEYS}
    for view, _, name in images(exam):
        pixels = read_png(source / f"{name}.png")
        try:
            breast = find_breast(pixels, faces_left=faces_left(exam, view))
        except NoBreastError as error:
            raise NoBreastError(f"{name}.png: {error}") from None
        top, bottom, left, right = breast.window
        write_png(target / f"{name}.png", pixels[top:bottom, left:right])
        for key, field in KEYS.items():
            found[key][view].append(getattr(breast, field))
    return exam | found


def main() -> int:
    """Run the stage on the command line's folders."""
    parser = argparse.ArgumentParser(description="Cut the breast out of each image.")
    parser.add_argument("--images", type=Path, required=True, help="folder of the PNG files")
    parser.add_argument("--exams", type=Path, required=True, help="the exam list")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    try:
        cropped = [crop_exam(exam, given.images, given.out) for exam in read_exams(given.exams)]
    except (NoBreastError, OSError) as error:
        print(f"crop: {error}", file=sys.stderr)
        return 1
    write_exams(given.out / "cropped_exam_list.pkl", cropped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
