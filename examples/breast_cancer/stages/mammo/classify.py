"""Stage 4: four probabilities for each exam from its heat maps, as a CSV.

The toy exam model is a logistic for each class over two numbers of a breast: mean and maximum,
over its views, of the hottest hundredth of the heat map. Its JSON is
`{"benign": {"w": [mean, max], "b": bias}, "malignant": …}`.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

from mammo.exam_list import Exam, images, read_exams
from mammo.picture import Heat, read_heat

COLUMNS = ("left_benign", "right_benign", "left_malignant", "right_malignant")


def hottest(heat: Heat) -> float:
    """Return the mean of the hottest hundredth of a heat map."""
    values = heat.ravel()
    count = max(1, values.size // 100)
    return float(np.partition(values, -count)[-count:].mean())


def breast_values(exam: Exam, heat: Path, side: str, kind: str) -> tuple[float, float]:
    """Return mean and maximum over the views of one side, 0 and 0 without views."""
    found = [
        hottest(read_heat(heat / f"heatmap_{kind}" / f"{name}.hdf5"))
        for view, _, name in images(exam)
        if view.startswith(side[0].upper())
    ]
    return (float(np.mean(found)), max(found)) if found else (0.0, 0.0)


def classify_exam(exam: Exam, heat: Path, model: Any) -> list[float]:
    """Return the exam's probabilities in the order of `COLUMNS`."""
    found = []
    for column in COLUMNS:
        side, kind = column.split("_")
        mean, top = breast_values(exam, heat, side, kind)
        weights = model[kind]
        score = weights["w"][0] * mean + weights["w"][1] * top + weights["b"]
        found.append(1 / (1 + math.exp(-score)))
    return found


def main() -> int:
    """Run the stage on the command line's folders."""
    parser = argparse.ArgumentParser(description="Classify exams from their heat maps.")
    parser.add_argument("--heatmaps", type=Path, required=True, help="folder of the heat maps")
    parser.add_argument("--exams", type=Path, required=True, help="the exam list")
    parser.add_argument("--model", type=Path, required=True, help="the exam model")
    parser.add_argument("--out", type=Path, required=True, help="the CSV to write")
    given = parser.parse_args()
    try:
        model = json.loads(given.model.read_text())
        exams = read_exams(given.exams)
        rows = [classify_exam(exam, given.heatmaps, model) for exam in exams]
        given.out.parent.mkdir(parents=True, exist_ok=True)
        with given.out.open("w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(COLUMNS)
            table.writerows([f"{value:.4f}" for value in row] for row in rows)
    except OSError as error:
        print(f"classify: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
