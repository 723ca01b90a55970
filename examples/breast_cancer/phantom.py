"""Synthetic mammograms: a half-ellipse of textured tissue, with or without lesions.

Good enough to exercise the stages and to train toys; nothing measured on them says anything
about patients. Everything is drawn from seeds, so the same call makes the same pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy.special import expit

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint16]

FULL_HEIGHT, FULL_WIDTH = 3328, 2560
VIEWS = ("L_CC", "L_MLO", "R_CC", "R_MLO")


@dataclass(frozen=True)
class Lesion:
    """A lesion, `kind` benign or malignant.

    Its place is in half-heights of the breast below its middle, and in widths of it from the
    chest wall.
    """

    kind: str
    down: float
    out: float


@dataclass(frozen=True)
class Outline:
    """The breast's ellipse: row of its middle, half its height, and its width, in pixels."""

    middle: float
    half_height: float
    width: float

    def place(self, lesion: Lesion) -> tuple[float, float]:
        """Return the row and column of a lesion's centre."""
        return self.middle + lesion.down * self.half_height, lesion.out * self.width


def outline(view: str, rng: np.random.Generator, height: int, width: int) -> Outline:
    """Draw a breast's size and place."""
    middle = height * (0.50 if view.endswith("CC") else 0.55)
    return Outline(
        middle=middle + height * 0.02 * rng.standard_normal(),
        half_height=height * (0.38 + 0.03 * rng.random()),
        width=width * (0.52 + 0.08 * rng.random()),
    )


def render(
    view: str, rng: np.random.Generator, scale: float, lesions: Sequence[Lesion] = ()
) -> Pixels:
    """Return 12-bit values of one view, facing right, 0 outside the breast.

    The generator is asked for the outline first, so `outline` with a fresh generator of the
    same seed tells where the lesions are.
    """
    height, width = int(FULL_HEIGHT * scale), int(FULL_WIDTH * scale)
    shape = outline(view, rng, height, width)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    depth = 1 - _distance(view, shape, y, x, height, width)
    inside = depth > 0
    tissue = _tissue(rng, shape, y, x, np.clip(depth, 0, 1))
    tissue[inside & (depth < 0.035)] += 0.10  # skin
    if view.endswith("MLO"):
        muscle = inside & (x / (0.30 * width) + y / (0.60 * height) < 1)
        tissue = np.where(muscle, np.maximum(tissue, 0.55), tissue)
    for lesion in lesions:
        tissue += _glow(rng, lesion, *shape.place(lesion), y, x)
    values = np.clip(tissue, 0.01, 1.0) * 4095
    return np.where(inside, values, 0).astype(np.uint16)


def exam(seed: int, scale: float, lesions: Mapping[str, Sequence[Lesion]]) -> dict[str, Pixels]:
    """Return the four views as 16-bit images with their markers; `lesions` by side, L or R."""
    views = {}
    for index, view in enumerate(VIEWS):
        rng = np.random.default_rng([seed, index])
        values = render(view, rng, scale, lesions.get(view[0], ()))
        if view.startswith("R"):
            values = values[:, ::-1]
        marker = _marker(view, values.shape, scale)
        views[view] = (np.where(values > 0, values, marker) << 4).astype(np.uint16)
    return views


def _noise(rng: np.random.Generator, shape: tuple[int, ...], power: float) -> Floats:
    """Return noise whose spectrum falls with this power of the frequency; mean 0, deviation 1."""
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1.0
    draws = rng.standard_normal(frequency.shape) + 1j * rng.standard_normal(frequency.shape)
    spectrum = draws / frequency**power
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, s=shape)
    return np.asarray(noise / noise.std(), dtype=np.float32)


def _distance(view: str, shape: Outline, y: Floats, x: Floats, height: int, width: int) -> Floats:
    """Return 0 at the chest wall's middle and 1 at the skin; MLO views have an axillary tail."""
    down = y - shape.middle
    ellipse = (np.abs(down) / shape.half_height) ** 1.9 + (x / shape.width) ** 2.1
    if view.endswith("CC"):
        return ellipse
    tail = x / (width * 0.42) + np.clip(down, 0, None) * 9 / height
    return np.minimum(ellipse, np.where(down < 0, tail, 9.0))


def _tissue(
    rng: np.random.Generator, shape: Outline, y: Floats, x: Floats, depth: Floats
) -> Floats:
    """Return brightness 0..1: fat, gland in the middle, strands, grain."""
    off = ((y - shape.middle) / (0.62 * shape.half_height)) ** 2
    off = off + ((x - 0.42 * shape.width) / (0.40 * shape.width)) ** 2
    gland = np.exp(-1.4 * off)
    lumps = np.clip(0.55 + 0.45 * _noise(rng, y.shape, 1.55), 0, None)
    strands = np.clip(1 - np.abs(_noise(rng, y.shape, 1.15)) / 1.6, 0, 1)
    grain = _noise(rng, y.shape, 0.4)
    return np.asarray(
        0.10 + 0.22 * np.sqrt(depth) + gland * (0.30 * lumps + 0.10 * strands) + 0.018 * grain
    )


def _glow(
    rng: np.random.Generator, lesion: Lesion, row: float, column: float, y: Floats, x: Floats
) -> Floats:
    """Return what a lesion adds: a smooth disc, or a star with specks of calcium."""
    unit = y.shape[0] / FULL_HEIGHT
    distance = np.hypot(y - row, x - column)
    if lesion.kind == "benign":
        return np.asarray(0.24 * expit((80 * unit - distance) / (5 * unit)))
    angle = np.arctan2(y - row, x - column)
    edge = 90 * unit * (1 + 0.35 * np.cos(9 * angle + rng.random() * 6))
    glow = 0.42 * expit((edge - distance) / (9 * unit))
    for _ in range(24):
        turn, away = rng.random() * 2 * np.pi, rng.random() * 150 * unit
        at_row, at_column = row + away * np.sin(turn), column + away * np.cos(turn)
        speck = (y - at_row) ** 2 + (x - at_column) ** 2
        glow = glow + 0.5 * np.exp(-speck / (2 * (5 * unit) ** 2))
    return np.asarray(glow)


def _marker(view: str, shape: tuple[int, ...], scale: float) -> Pixels:
    """Return an image of the film marker, in the corner that the breast leaves free."""
    height, width = shape
    times = max(1, int(6 * scale))
    label = Image.new("L", (40, 12))
    ImageDraw.Draw(label).text((1, 0), view.replace("_", ""), fill=255)
    film = Image.new("L", (width, height))
    column = int(width * (0.86 if view.startswith("L") else 0.08))
    place = (min(column, width - 40 * times - 2), int(height * 0.12))
    film.paste(label.resize((40 * times, 12 * times)), place)
    return np.minimum(np.asarray(film).astype(np.uint16) << 4, 4095)
