"""Find the breast in a mammogram: everything but labels, scan borders and empty background."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from mammo.picture import Pixels

Mask = npt.NDArray[np.bool_]

MARGIN = 100  # pixels; what is thinner than twice this is not breast
BUFFER = 50  # pixels kept around the breast


class NoBreastError(ValueError):
    """The image holds nothing as wide as a breast."""


@dataclass(frozen=True)
class Breast:
    """Where the breast lies; the fields are named and framed as exam lists have them.

    `window` is `(top, bottom, left, right)` in the image, ends excluded. The points are in the
    window's coordinates as if the breast faced right: `tip` is `((first row, last row), column)`
    of the outermost column below the top third, `lowest` is `(row, (first column, last column))`.
    `gap` counts empty columns between the chest-wall edge of the image and the breast.
    """

    window: tuple[int, int, int, int]
    tip: tuple[tuple[int, int], int]
    lowest: tuple[int, tuple[int, int]]
    gap: int


def region(pixels: Pixels, margin: int = MARGIN) -> Mask:
    """Return the largest part of the image that survives losing `margin` pixels all around.

    The part is what eroding by a cross `margin` times, keeping the largest 4-connected
    component and dilating as often leaves; city-block distances say the same in two passes.

    Raises:
        NoBreastError: Nothing survives.

    """
    depth = ndimage.distance_transform_cdt(np.pad(pixels > 0, 1), metric="taxicab")[1:-1, 1:-1]
    labels, count = ndimage.label(depth > margin)
    if not count:
        raise NoBreastError("no breast was found: the image is black or shows only labels")
    sizes = np.bincount(labels.ravel())
    core = labels == 1 + int(np.argmax(sizes[1:]))
    return np.asarray(ndimage.distance_transform_cdt(~core, metric="taxicab") <= margin)


def find_breast(
    pixels: Pixels, *, faces_left: bool, margin: int = MARGIN, buffer: int = BUFFER
) -> Breast:
    """Return the window around the breast and its outermost points.

    The frame of left-facing breasts is one larger in every column than their mirror image's:
    published coordinates are so, and stages that share exam lists must agree.

    Raises:
        NoBreastError: There is no breast in the image.

    """
    breast = region(pixels, margin)
    height, width = breast.shape
    rows, columns = np.flatnonzero(breast.any(1)), np.flatnonzero(breast.any(0))
    last_row, x0, x1 = int(rows[-1]), int(columns[0]), int(columns[-1]) + 1
    top, bottom = max(0, int(rows[0]) - buffer), min(height, last_row + 1 + buffer)
    left = max(0, x0 - buffer) if faces_left else x0
    right = x1 if faces_left else min(width, x1 + buffer)

    low = np.flatnonzero(breast[last_row])
    low_first, low_last = int(low[0]), int(low[-1])
    span = (x1 - low_last, x1 - low_first) if faces_left else (low_first - x0, low_last - x0)

    return Breast(
        window=(top, bottom, left, right),
        tip=_tip(breast[top:bottom, left:right], faces_left),
        lowest=(last_row - top, span),
        gap=width - x1 if faces_left else x0,
    )


def _tip(breast: Mask, faces_left: bool) -> tuple[tuple[int, int], int]:
    """Return rows and column of the outermost column, the top third left out.

    Raises:
        NoBreastError: All of it lies in the top third.
    """
    height, width = breast.shape
    skipped = int(height / 3)
    columns = np.flatnonzero(breast[skipped:].any(0))
    if not len(columns):
        raise NoBreastError("what was found lies in the top third of its window: no breast does")
    column = int(columns[0] if faces_left else columns[-1])
    rows = np.flatnonzero(breast[skipped:, column]) + skipped
    return (int(rows[0]), int(rows[-1])), width - column if faces_left else column
