"""Crop windows, outermost points and centres: measured numbers, and slow definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mammo.breast import NoBreastError, find_breast, region
from mammo.center import WINDOWS, best_center
from mammo.crop import crop_exam
from mammo.exam_list import read_exams
from mammo.extract_centers import center_exam
from mammo.picture import read_png
from scipy import ndimage

# What the published programs find on the two real exams at a quarter of their size:
# window, tip, lowest point, best centre; the gap is 0 everywhere.
MEASURED = {
    ("benign", "L-CC"): ((125, 1007, 0, 451), ((399, 399), 400), (831, (100, 100)), (441, -572)),
    ("benign", "R-CC"): ((227, 1007, 326, 716), ((349, 350), 340), (729, (101, 101)), (390, -632)),
    ("benign", "L-MLO"): ((0, 1036, 0, 430), ((742, 746), 379), (985, (100, 100)), (-503, -496)),
    ("benign", "R-MLO"): ((0, 966, 290, 730), ((470, 470), 390), (915, (102, 104)), (-573, -485)),
    ("malign", "L-CC"): ((174, 1091, 0, 453), ((479, 498), 402), (866, (100, 101)), (458, -570)),
    ("malign", "R-CC"): ((161, 1065, 229, 648), ((471, 482), 369), (853, (101, 102)), (452, -603)),
    ("malign", "L-MLO"): ((0, 1007, 0, 473), ((694, 696), 422), (956, (100, 100)), (-532, -453)),
    ("malign", "R-MLO"): ((0, 1087, 208, 658), ((763, 764), 400), (1036, (101, 103)), (-452, -475)),
}

blobs = arrays(np.bool_, st.tuples(st.integers(1, 24), st.integers(1, 24)), fill=st.just(True))


@pytest.fixture(scope="module", params=["benign", "malign"])
def exam(request: pytest.FixtureRequest, root: Path, tmp_path_factory: Any) -> dict[str, Any]:
    """Return one real exam after the first two stages."""
    data = root / "examples" / "breast_cancer" / "data" / request.param
    out = tmp_path_factory.mktemp("cropped")
    (listed,) = read_exams(data / "gen_exam_list_before_cropping.pkl")
    cropped = crop_exam(listed, data, out)
    return {"name": request.param, "data": data, "out": out, **center_exam(cropped, out)}


@pytest.mark.parametrize("view", ["L-CC", "R-CC", "L-MLO", "R-MLO"])
def test_coordinates_are_those_of_the_published_method(exam: dict[str, Any], view: str) -> None:
    """All four coordinates of every real view agree."""
    keys = ("window_location", "rightmost_points", "bottommost_points", "best_center")

    assert tuple(exam[key][view][0] for key in keys) == MEASURED[exam["name"], view]
    assert exam["distance_from_starting_side"][view] == [0]


def test_the_crop_is_a_part_of_the_image(exam: dict[str, Any]) -> None:
    """Cropped pixels are those of the window, unchanged."""
    top, bottom, left, right = exam["window_location"]["R-MLO"][0]
    whole = read_png(exam["data"] / "R_MLO.png")

    assert (read_png(exam["out"] / "R_MLO.png") == whole[top:bottom, left:right]).all()


@given(blobs, st.integers(0, 4))
def test_distances_say_what_erosion_and_dilation_say(mask: Any, margin: int) -> None:
    """The two passes give what `margin` one-pixel steps in and out give."""
    core = ndimage.binary_erosion(mask, iterations=margin) if margin else mask
    labels, count = ndimage.label(core)
    if not count:
        with pytest.raises(NoBreastError):
            region(mask.astype(np.uint16), margin)
        return
    largest = labels == 1 + np.argmax(np.bincount(labels.ravel())[1:])
    grown = ndimage.binary_dilation(largest, iterations=margin) if margin else largest

    assert (region(mask.astype(np.uint16), margin) == grown).all()


@given(blobs)
def test_a_mirrored_breast_has_the_mirrored_window_and_columns_one_larger(mask: Any) -> None:
    """Left-facing frames count from one further on: published coordinates do."""
    pixels = mask.astype(np.uint16)
    sizes = np.bincount(ndimage.label(mask)[0].ravel())[1:]
    assume(len(sizes) and (sizes == sizes.max()).sum() == 1)  # of two alike the first counts
    try:
        plain = find_breast(pixels, faces_left=False, margin=0, buffer=2)
    except NoBreastError:
        with pytest.raises(NoBreastError):
            find_breast(pixels[:, ::-1], faces_left=True, margin=0, buffer=2)
        return
    mirrored = find_breast(pixels[:, ::-1], faces_left=True, margin=0, buffer=2)
    top, bottom, left, right = plain.window
    width = mask.shape[1]

    assert mirrored.window == (top, bottom, width - right, width - left)
    assert mirrored.tip == (plain.tip[0], plain.tip[1] + 1)
    assert mirrored.lowest[0] == plain.lowest[0]
    assert mirrored.lowest[1][1] == plain.lowest[1][1] + 1


@settings(max_examples=20)
@given(st.integers(2600, 2900), st.integers(0, 2**32 - 1))
def test_the_fullest_row_is_found(height: int, seed: int) -> None:
    """One cumulative sum finds what counting every candidate window finds."""
    rng = np.random.default_rng(seed)
    pixels = (rng.random((height, 3)) < rng.random()).astype(np.uint16)
    window, width = WINDOWS["CC"]
    row, column = best_center(pixels, 2, height - 1, "L-CC", faces_left=False)
    half = window // 2
    candidates = range(half, height - (window - half) + 1)
    start = column - width // 2
    end = start + width
    shown = pixels[:, max(0, start) : end - min(0, start)]
    best = min(
        candidates,
        key=lambda y: (
            -np.count_nonzero(shown[y - half : y - half + window]),
            abs(y - height // 2),
            y,
        ),
        default=height // 2,
    )

    assert row == best
