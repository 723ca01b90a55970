"""The toy patch model: 21 values of a window to background, benign, malignant.

A perceptron with one hidden layer of 16, stored as arrays in one `.npz`: `mu` and `sd` (21,)
scale the values; `w1` (21, 16), `b1` (16,), `w2` (16, 3), `b2` (3,).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

CLASSES = ("background", "benign", "malignant")

Floats = npt.NDArray[np.float32]
Model = Mapping[str, Floats]


def read_model(path: Path) -> Model:
    """Return the model's arrays."""
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def probabilities(model: Model, values: Floats) -> Floats:
    """Return the classes' probabilities, shape `(…, 3)`, of windows' values `(…, 21)`."""
    scaled = (values - model["mu"]) / model["sd"]
    hidden = np.maximum(scaled @ model["w1"] + model["b1"], 0)
    return softmax(hidden @ model["w2"] + model["b2"])
