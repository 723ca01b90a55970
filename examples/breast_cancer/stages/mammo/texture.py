"""Texture maps of a breast and their pooled values under a grid of windows.

Works on images shrunk to a height near 720 pixels, so that filter widths mean the same for
every source.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage
from scipy.signal import fftconvolve

from mammo.picture import Pixels

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

WORK_HEIGHT = 720
PATCH, STRIDE = 64, 16  # pixels of the working image
RADIUS = 20  # of the ring over which gradients are asked whether they point at its middle


def shrink_factor(height: int) -> int:
    """Return by how much an image of this height is shrunk."""
    return max(1, round(height / WORK_HEIGHT))


def shrink(pixels: Pixels, by: int) -> Floats:
    """Return block means; rows and columns that fill no block are dropped."""
    height, width = pixels.shape[0] // by, pixels.shape[1] // by
    blocks = pixels[: height * by, : width * by].reshape(height, by, width, by)
    return np.asarray(blocks.mean((1, 3), dtype=np.float32))


def texture_maps(image: Floats) -> tuple[Floats, Mask]:
    """Return ten maps, shape `(10, height, width)`, and the mask of the breast (not 0).

    Intensity; local contrast; differences of Gaussians at four scales; what is finer than 1.5
    pixels; gradient size; how much gradients around point at the pixel; that times a blob's
    brightness. All are 0 near the skin and outside.
    """
    mask = image > 0
    top = np.percentile(image[mask], 99) if mask.any() else 1.0
    image = np.clip(image / top, 0, 1.5)
    inner = ndimage.binary_erosion(mask, iterations=6)
    # the background takes the breast's local mean, so that the skin line is no edge
    weight = ndimage.gaussian_filter(mask.astype(np.float32), 12)
    filled = np.where(mask, image, ndimage.gaussian_filter(image, 12) / np.maximum(weight, 1e-3))

    blur = {sigma: ndimage.gaussian_filter(filled, sigma) for sigma in (0.8, 1.5, 3, 6, 12, 24)}
    down, right = ndimage.sobel(blur[1.5], 0), ndimage.sobel(blur[1.5], 1)
    steep = np.hypot(down, right) + 1e-4
    towards_y, towards_x = _ring()
    meeting = fftconvolve(down / steep, towards_y, mode="same")
    meeting += fftconvolve(right / steep, towards_x, mode="same")

    maps = (
        filled,
        np.abs(filled - blur[3]),
        blur[3] - blur[6],
        blur[6] - blur[12],
        blur[12] - blur[24],
        np.clip(blur[0.8] - blur[3], 0, None),
        np.clip(filled - blur[1.5], 0, None),
        steep,
        meeting,
        meeting * np.clip(blur[6] - blur[24], 0, None),
    )
    return np.stack([np.where(inner, each, 0).astype(np.float32) for each in maps]), mask


def _ring() -> tuple[Floats, Floats]:
    y, x = np.mgrid[-RADIUS : RADIUS + 1, -RADIUS : RADIUS + 1].astype(np.float32)
    distance = np.hypot(y, x)
    ring = (distance > 3) & (distance <= RADIUS)
    scale = np.maximum(distance, 1) * ring.sum()
    return np.where(ring, -y / scale, 0), np.where(ring, -x / scale, 0)


@dataclass(frozen=True)
class Windows:
    """Windows of `PATCH` × `PATCH` pixels on a grid of `STRIDE`.

    `tops` and `lefts` are the grid's lines; `values` has shape `(rows, columns, 21)`: mean and
    maximum of each map, then `covered`, the part of the window that is breast.
    """

    tops: npt.NDArray[np.int64]
    lefts: npt.NDArray[np.int64]
    values: Floats
    covered: Floats


def pool(maps: Floats, mask: Mask) -> Windows:
    """Return what each window of the grid sees of the maps."""
    height, width = mask.shape
    tops, lefts = _lines(height), _lines(width)
    at = np.ix_(
        np.minimum(tops + PATCH // 2, height - 1), np.minimum(lefts + PATCH // 2, width - 1)
    )
    seen = []
    for each in maps:
        seen.append(ndimage.uniform_filter(each, PATCH, mode="constant")[at])
        smooth = ndimage.uniform_filter(each, 3)
        seen.append(ndimage.maximum_filter(smooth, PATCH, mode="constant")[at])
    covered = ndimage.uniform_filter(mask.astype(np.float32), PATCH, mode="constant")[at]
    return Windows(tops, lefts, np.stack([*seen, covered], -1), covered)


def _lines(length: int) -> npt.NDArray[np.int64]:
    """Return where windows start along one side; the last one ends with the image."""
    last = max(0, length - PATCH)
    return np.unique(np.append(np.arange(0, last + 1, STRIDE), last))
