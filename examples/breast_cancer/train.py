"""Train the two toy models on synthetic exams, and write `models/` again.

    python train.py [--exams 40] [--out models]

Seeded, about two minutes on one core. Prints how windows and held-out breasts were told apart;
these figures are about phantoms, whose lesions are easy, and about nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent / "stages"))

from mammo.breast import find_breast  # the path above comes first
from mammo.classify import hottest
from mammo.generate_heatmaps import ENOUGH_BREAST, heat_maps
from mammo.patch_model import CLASSES, Model, probabilities, softmax
from mammo.picture import Pixels
from mammo.texture import PATCH, pool, shrink, texture_maps
from phantom import FULL_HEIGHT, FULL_WIDTH, VIEWS, Lesion, outline, render

SCALE = 0.25
SEED = 7
HIDDEN = 16
HELD_OUT = 30

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class View:
    """One cropped view and its lesions' centres in the crop."""

    side: str
    pixels: Pixels
    centres: list[tuple[str, float, float]]


def drawn_lesions(number: int) -> dict[str, list[Lesion]]:
    """Return each side's lesions: malignant, benign or none, three in ten, three, four."""
    rng = np.random.default_rng([SEED, number])
    lesions: dict[str, list[Lesion]] = {}
    for side in "LR":
        draw = rng.random()
        kind = "malignant" if draw < 0.3 else "benign" if draw < 0.6 else None
        place = rng.uniform(-0.45, 0.45), rng.uniform(0.2, 0.6)
        lesions[side] = [Lesion(kind, *place)] if kind else []
    return lesions


def views(number: int) -> Iterator[View]:
    """Yield the cropped views of a synthetic exam, all facing right."""
    lesions = drawn_lesions(number)
    height, width = int(FULL_HEIGHT * SCALE), int(FULL_WIDTH * SCALE)
    for index, view in enumerate(VIEWS):
        seed = [number + 1000, index]
        pixels = render(view, np.random.default_rng(seed), SCALE, lesions[view[0]]) << 4
        shape = outline(view, np.random.default_rng(seed), height, width)
        margin = int(100 * SCALE)
        breast = find_breast(pixels, faces_left=False, margin=margin, buffer=margin // 2)
        top, bottom, left, right = breast.window
        placed = [(each.kind, *shape.place(each)) for each in lesions[view[0]]]
        yield View(
            view[0],
            pixels[top:bottom, left:right],
            [(kind, row - top, column - left) for kind, row, column in placed],
        )


def labelled_windows(view: View) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the values of windows that are clearly on or off a lesion, and their classes."""
    windows = pool(*texture_maps(shrink(view.pixels, 1)))
    labels = np.zeros(windows.covered.shape, np.int64)
    for kind, row, column in view.centres:
        down = np.abs(windows.tops[:, None] + PATCH // 2 - row)
        across = np.abs(windows.lefts[None, :] + PATCH // 2 - column)
        away = np.maximum(down, across)
        labels[away <= 20] = CLASSES.index(kind)
        labels[(away > 20) & (away < 48)] = -1
    kept = (windows.covered > ENOUGH_BREAST) & (labels >= 0)
    return windows.values[kept], labels[kept]


def train_patches(values: Floats, labels: npt.NDArray[np.int64]) -> Model:
    """Fit the perceptron with Adam; rare classes weigh more."""
    mean, deviation = values.mean(0), values.std(0) + 1e-6
    scaled = ((values - mean) / deviation).astype(np.float32)
    rng = np.random.default_rng(0)
    layers = [
        rng.normal(0, 0.3, (scaled.shape[1], HIDDEN)),
        np.zeros(HIDDEN),
        rng.normal(0, 0.3, (HIDDEN, len(CLASSES))),
        np.zeros(len(CLASSES)),
    ]
    weight = np.sqrt(len(labels) / np.bincount(labels, minlength=len(CLASSES)))
    weight /= weight.mean()
    first, second = [np.zeros_like(p) for p in layers], [np.zeros_like(p) for p in layers]
    step = 0
    for _ in range(30):
        for batch in np.array_split(rng.permutation(len(scaled)), max(1, len(scaled) // 512)):
            step += 1
            for i, slope in enumerate(_slopes(layers, scaled[batch], labels[batch], weight)):
                first[i] = 0.9 * first[i] + 0.1 * slope
                second[i] = 0.999 * second[i] + 0.001 * slope**2
                size = np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8
                layers[i] = layers[i] - 3e-3 * first[i] / (1 - 0.9**step) / size
    arrays = {
        "mu": mean,
        "sd": deviation,
        **dict(zip(("w1", "b1", "w2", "b2"), layers, strict=True)),
    }
    return {name: array.astype(np.float32) for name, array in arrays.items()}


def _slopes(
    layers: list[npt.NDArray[np.float64]],
    values: Floats,
    labels: npt.NDArray[np.int64],
    weight: npt.NDArray[np.float64],
) -> list[npt.NDArray[np.float64]]:
    """Return the gradient of the weighted cross-entropy, layer by layer."""
    hidden = np.maximum(values @ layers[0] + layers[1], 0)
    error = softmax(hidden @ layers[2] + layers[3]).copy()
    error[np.arange(len(labels)), labels] -= 1
    error *= weight[labels][:, None] / len(labels)
    back = (error @ layers[2].T) * (hidden > 0)
    decay = 1e-4
    return [
        values.T @ back + decay * layers[0],
        back.sum(0),
        hidden.T @ error + decay * layers[2],
        error.sum(0),
    ]


@dataclass(frozen=True)
class Breasts:
    """For one class: mean and maximum over the views, and whether there is a lesion of it."""

    values: npt.NDArray[np.float64]
    has_lesion: npt.NDArray[np.bool_]


def measure_breasts(model: Model, numbers: range) -> dict[str, Breasts]:
    """Return what the exam model sees of each breast of some exams."""
    values: dict[str, list[tuple[float, float]]] = {"benign": [], "malignant": []}
    truth: dict[str, list[bool]] = {"benign": [], "malignant": []}
    for number in numbers:
        heat: dict[tuple[str, str], list[float]] = {}
        for view in views(number):
            for kind, each in heat_maps(view.pixels, model).items():
                heat.setdefault((view.side, kind), []).append(hottest(each))
        for (side, kind), found in heat.items():
            values[kind].append((float(np.mean(found)), max(found)))
            truth[kind].append(any(each.kind == kind for each in drawn_lesions(number)[side]))
    return {kind: Breasts(np.array(values[kind]), np.array(truth[kind])) for kind in values}


def fit_logistic(breasts: Breasts) -> tuple[npt.NDArray[np.float64], float]:
    """Return weights and bias, by plain gradient descent with a little decay."""
    weights, bias = np.zeros(2), 0.0
    for _ in range(4000):
        error = 1 / (1 + np.exp(-(breasts.values @ weights + bias))) - breasts.has_lesion
        weights -= 0.5 * (breasts.values.T @ error / len(error) + 1e-3 * weights)
        bias -= 0.5 * float(error.mean())
    return weights, bias


def area_under_curve(scores: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_]) -> float:
    """Return the chance that a breast with a lesion scores above one without."""
    above = scores[truth][:, None] - scores[~truth][None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def main() -> None:
    """Train, say how it went, write the models."""
    parser = argparse.ArgumentParser(description="Train the toy models.")
    parser.add_argument("--exams", type=int, default=40, help="exams to train on")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "models")
    given = parser.parse_args()

    samples = [labelled_windows(view) for number in range(given.exams) for view in views(number)]
    values = np.concatenate([each for each, _ in samples])
    labels = np.concatenate([each for _, each in samples])
    model = train_patches(values, labels)
    guesses = probabilities(model, values).argmax(1)
    print(f"{len(labels)} windows; rows are true, columns guessed, of {', '.join(CLASSES)}")
    for index in range(len(CLASSES)):
        print("  ", np.bincount(guesses[labels == index], minlength=len(CLASSES)))

    middle = given.exams + HELD_OUT // 2
    fitting = measure_breasts(model, range(given.exams, middle))
    testing = measure_breasts(model, range(middle, given.exams + HELD_OUT))
    exam_model = {}
    for kind, breasts in fitting.items():
        weights, bias = fit_logistic(breasts)
        exam_model[kind] = {"w": weights.tolist(), "b": bias}
        scores = testing[kind].values @ weights + bias
        area = area_under_curve(scores, testing[kind].has_lesion)
        print(f"{kind}: area under the curve {area:.3f} over {len(scores)} held-out breasts")

    given.out.mkdir(parents=True, exist_ok=True)
    np.savez(given.out / "patch_model.npz", **model)
    (given.out / "exam_model.json").write_text(json.dumps(exam_model, indent=2) + "\n")


if __name__ == "__main__":
    main()
