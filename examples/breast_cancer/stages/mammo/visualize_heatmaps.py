"""Stage 5: each heat map laid over its image, as an 8-bit RGB PNG."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mammo.picture import Heat, Pixels, read_heat, read_png, write_png

Bytes = npt.NDArray[np.uint8]

HEAT_SHARE = 0.2


def colour_ramp(kind: str) -> Bytes:
    """Return 256 colours from cold to hot, shape `(256, 3)`: fire for malignant, else green."""
    heat = np.linspace(0, 1, 256)[:, None]
    if kind == "malignant":
        ramp = np.concatenate([3 * heat, 3 * heat - 1, 3 * heat - 2], 1)
    else:
        ramp = np.concatenate([2 * heat - 1, 0.15 + 1.1 * heat, 1.6 * heat - 0.7], 1)
    return (np.clip(ramp, 0, 1) * 255).astype(np.uint8)


def overlay(pixels: Pixels, heat: Heat, kind: str) -> Bytes:
    """Return the picture, shape `(height, width, 3)`.

    The image is stretched to its own range. Heat keeps 0..1: stretched, a blank map would glow.
    """
    low, high = int(pixels.min()), int(pixels.max())
    grey = (pixels.astype(np.float32) - low) * (255 / max(high - low, 1))
    colours = colour_ramp(kind)[(np.clip(heat, 0, 1) * 255).astype(np.uint8)]
    mixed = (1 - HEAT_SHARE) * grey.astype(np.uint8)[..., None] + HEAT_SHARE * colours
    return np.asarray(mixed.astype(np.uint8))


def main() -> int:
    """Run the stage on the command line's folders."""
    parser = argparse.ArgumentParser(description="Lay heat maps over their images.")
    parser.add_argument("--images", type=Path, required=True, help="folder of the cropped images")
    parser.add_argument("--heatmaps", type=Path, required=True, help="folder of the heat maps")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    try:
        for kind in ("benign", "malignant"):
            for path in sorted((given.heatmaps / f"heatmap_{kind}").iterdir()):
                pixels = read_png(given.images / f"{path.stem}.png")
                picture = overlay(pixels, read_heat(path), kind)
                write_png(given.out / f"{path.stem}_{kind}.png", picture)
    except OSError as error:
        print(f"visualize_heatmaps: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
