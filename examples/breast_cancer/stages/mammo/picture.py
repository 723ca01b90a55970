"""Files of pixels: 16-bit greyscale PNG for mammograms, HDF5 for heat maps.

Arrays are `(height, width)`. A heat map's dataset `image` is stored transposed, as the
published stages store it, float32 in 0..1.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint16]
Heat = npt.NDArray[np.float32]


def read_png(path: Path) -> Pixels:
    """Return a greyscale PNG as uint16, shape `(height, width)`."""
    with Image.open(path) as image:
        return np.asarray(image).astype(np.uint16)


def write_png(path: Path, pixels: npt.NDArray[np.uint8] | Pixels) -> None:
    """Write uint16 greyscale `(height, width)` or uint8 RGB `(height, width, 3)`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.ascontiguousarray(pixels)).save(path, compress_level=3)


def read_heat(path: Path) -> Heat:
    """Return a heat map, float32, shape `(height, width)`."""
    import h5py

    with h5py.File(path, "r") as file:
        return np.asarray(file["image"][()], dtype=np.float32).T


def write_heat(path: Path, heat: Heat) -> None:
    """Write a heat map."""
    import h5py

    path.parent.mkdir(parents=True, exist_ok=True)
    with h5py.File(path, "w") as file:
        file.create_dataset("image", data=np.ascontiguousarray(heat.T), compression="lzf")
