"""Where a window of fixed size sees most of the breast."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mammo.picture import Pixels

# height and width in pixels of the windows that the published classifier looks at
WINDOWS = {"CC": (2677, 1942), "MLO": (2974, 1748)}


def best_center(
    cropped: Pixels, tip_column: int, lowest_row: int, view: str, *, faces_left: bool
) -> tuple[int, int]:
    """Return `(row, column)` of the best window's centre, in the frame of a right-facing breast.

    The window ends at the tip. Its height is chosen for CC views by counting the pixels it
    shows, for MLO views from the lowest row. Coordinates are negative where an image is
    smaller than the window.
    """
    pixels = cropped[:, ::-1] if faces_left else cropped
    kind = view.split("-")[1]
    window_height, window_width = WINDOWS[kind]
    half_height, half_width = window_height // 2, window_width // 2
    column = tip_column - half_width - 1
    if kind == "MLO":
        right = np.flatnonzero(pixels[:, -window_width:].any(1))
        return min(int(right[-1]), lowest_row) - half_height - 1, column
    return _fullest_row(_row_counts(pixels, column), window_height), column


def _row_counts(pixels: Pixels, column: int) -> npt.NDArray[np.int64]:
    """Return how many pixels of each row the window at this column shows."""
    width = WINDOWS["CC"][1]
    start = column - width // 2
    end = start + width
    if start < 0:
        start, end = 0, end - start
    return np.count_nonzero(pixels[:, start:end], axis=1)


def _fullest_row(counts: npt.NDArray[np.int64], window: int) -> int:
    """Return the centre row at which the window shows most pixels, nearest the middle on ties."""
    height = len(counts)
    half = window // 2
    candidates = np.arange(half, height - (window - half) + 1)
    if not len(candidates):
        return height // 2
    total = np.concatenate(([0], np.cumsum(counts)))
    start = candidates - half
    shown = total[np.minimum(start + window, height)] - total[start]
    order = np.lexsort((candidates, np.abs(candidates - height // 2), -shown))
    return int(candidates[order[0]])
