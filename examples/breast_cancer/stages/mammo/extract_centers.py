"""Stage 2: add `best_center` to the exam list."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mammo.center import best_center
from mammo.exam_list import VIEWS, Exam, faces_left, images, read_exams, write_exams
from mammo.picture import read_png


def center_exam(exam: Exam, cropped: Path) -> Exam:
    """Return the exam with the best centre of each image."""
    centers: dict[str, list[tuple[int, int]]] = {view: [] for view in VIEWS}
    for view, position, name in images(exam):
        centers[view].append(
            best_center(
                read_png(cropped / f"{name}.png"),
                exam["rightmost_points"][view][position][1],
                exam["bottommost_points"][view][position][0],
                view,
                faces_left=faces_left(exam, view),
            )
        )
    return exam | {"best_center": centers}


def main() -> int:
    """Run the stage on the command line's folders."""
    parser = argparse.ArgumentParser(description="Find the best window of each image.")
    parser.add_argument("--images", type=Path, required=True, help="folder of the cropped images")
    parser.add_argument("--exams", type=Path, required=True, help="the exam list of the crop")
    parser.add_argument("--out", type=Path, required=True, help="the exam list to write")
    given = parser.parse_args()
    try:
        centered = [center_exam(exam, given.images) for exam in read_exams(given.exams)]
    except OSError as error:
        print(f"extract_centers: {error}", file=sys.stderr)
        return 1
    write_exams(given.out, centered)
    return 0


if __name__ == "__main__":
    sys.exit(main())
