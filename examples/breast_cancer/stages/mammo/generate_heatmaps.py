"""Stage 3: for each cropped image, one heat map a class, of the image's own shape."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from mammo.exam_list import images, read_exams
from mammo.patch_model import CLASSES, Model, probabilities, read_model
from mammo.picture import Heat, Pixels, read_png, write_heat
from mammo.texture import PATCH, pool, shrink, shrink_factor, texture_maps

ENOUGH_BREAST = 0.3  # of a window, below which it says nothing


def heat_maps(cropped: Pixels, model: Model) -> dict[str, Heat]:
    """Return `benign` and `malignant`: the mean over all windows that see a pixel, 0..1."""
    factor = shrink_factor(cropped.shape[0])
    small = shrink(cropped, factor)
    windows = pool(*texture_maps(small))
    seen = probabilities(model, windows.values) * (windows.covered[..., None] > ENOUGH_BREAST)
    total = np.zeros((*small.shape, len(CLASSES)), np.float32)
    count = np.zeros((*small.shape, 1), np.float32)
    for i, top in enumerate(windows.tops):
        for j, left in enumerate(windows.lefts):
            total[top : top + PATCH, left : left + PATCH] += seen[i, j]
            count[top : top + PATCH, left : left + PATCH] += 1
    mean = total / np.maximum(count, 1)
    return {
        name: _enlarge(mean[..., index], factor, cropped.shape)
        for index, name in enumerate(CLASSES)
        if name != "background"
    }


def _enlarge(small: Heat, factor: int, shape: tuple[int, ...]) -> Heat:
    """Repeat pixels, and the last row and column where blocks did not fill the image."""
    large = small.repeat(factor, 0).repeat(factor, 1)
    rest = [(0, want - have) for want, have in zip(shape, large.shape, strict=True)]
    return np.pad(large, rest, mode="edge")


def main() -> int:
    """Run the stage on the command line's folders."""
    parser = argparse.ArgumentParser(description="Make a heat map for each class and image.")
    parser.add_argument("--images", type=Path, required=True, help="folder of the cropped images")
    parser.add_argument("--exams", type=Path, required=True, help="the exam list with centres")
    parser.add_argument("--model", type=Path, required=True, help="the patch model")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    try:
        model = read_model(given.model)
        for exam in read_exams(given.exams):
            for _, _, name in images(exam):
                for kind, heat in heat_maps(read_png(given.images / f"{name}.png"), model).items():
                    write_heat(given.out / f"heatmap_{kind}" / f"{name}.hdf5", heat)
    except OSError as error:
        print(f"generate_heatmaps: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
