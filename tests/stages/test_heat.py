"""Heat maps, classification and pictures, on phantoms."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from mammo.breast import find_breast
from mammo.exam_list import read_exams
from mammo.generate_heatmaps import heat_maps
from mammo.patch_model import read_model
from mammo.picture import read_heat, read_png, write_heat, write_png
from mammo.visualize_heatmaps import overlay
from phantom import FULL_HEIGHT, FULL_WIDTH, Lesion, outline, render
from PIL import Image

SCALE = 0.25


def cropped_phantom(seed: int, lesions: list[Lesion]) -> tuple[np.ndarray, tuple[float, float]]:
    """Return a cropped phantom and its first lesion's place in the crop."""
    pixels = render("L_CC", np.random.default_rng(seed), SCALE, lesions) << 4
    shape = outline(
        "L_CC", np.random.default_rng(seed), int(FULL_HEIGHT * SCALE), int(FULL_WIDTH * SCALE)
    )
    top, bottom, left, right = find_breast(pixels, faces_left=False, margin=25, buffer=12).window
    row, column = shape.place(lesions[0]) if lesions else (0.0, 0.0)
    return pixels[top:bottom, left:right], (row - top, column - left)


@pytest.fixture(scope="module")
def model(root: Path) -> object:
    """Return the patch model that the example ships."""
    return read_model(root / "examples" / "breast_cancer" / "models" / "patch_model.npz")


@pytest.mark.parametrize("kind", ["benign", "malignant"])
def test_the_hottest_point_lies_on_the_lesion(model: object, kind: str) -> None:
    """A phantom's lesion is where its class is hottest, and the map has the image's shape."""
    crop, (row, column) = cropped_phantom(5, [Lesion(kind, 0.1, 0.4)])
    heat = heat_maps(crop, model)[kind]
    hottest = np.unravel_index(int(np.argmax(heat)), heat.shape)

    assert heat.shape == crop.shape
    assert heat.dtype == np.float32
    assert heat.min() >= 0
    assert heat.max() <= 1
    assert np.hypot(hottest[0] - row, hottest[1] - column) < 40


def test_without_a_lesion_there_is_no_heat(model: object) -> None:
    """A clean phantom stays below what any lesion reaches."""
    crop, _ = cropped_phantom(6, [])

    assert max(float(heat.max()) for heat in heat_maps(crop, model).values()) < 0.5


def test_a_heat_map_survives_its_file(tmp_path: Path) -> None:
    """Shape, type and values come back from HDF5."""
    heat = np.random.default_rng(1).random((5, 7)).astype(np.float32)
    write_heat(tmp_path / "a" / "h.hdf5", heat)

    assert (read_heat(tmp_path / "a" / "h.hdf5") == heat).all()


def test_a_blank_map_does_not_glow() -> None:
    """A picture under no heat is the grey image, darker by the heat's share."""
    pixels = np.array([[0, 65535]], np.uint16)
    picture = overlay(pixels, np.zeros((1, 2), np.float32), "malignant")

    assert picture.tolist() == [[[0, 0, 0], [204, 204, 204]]]


def run_stages(example: Path, exam: Path, pfs: Path) -> Path:
    """Run the five scripts as a worker would, each in its own /pfs, and return the last outputs."""
    inputs = {
        "crop": ("sample_data",),
        "extract_centers": ("crop",),
        "generate_heatmaps": ("crop", "extract_centers", "models"),
        "classify": ("crop", "extract_centers", "generate_heatmaps", "models"),
        "visualize_heatmaps": ("crop", "generate_heatmaps"),
    }
    out = {"sample_data": exam.parent, "models": example / "models"}
    for stage, names in inputs.items():
        root = pfs / stage
        (root / "out").mkdir(parents=True)
        for name in names:
            (root / name).symlink_to(out[name])
        subprocess.run(
            ["/bin/bash", f"multi-stage/{stage}.sh"],
            cwd=example / "stages",
            env={"PFS": str(root), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
            check=True,
        )
        out[stage] = root / "out"
    return pfs


@pytest.fixture(scope="module")
def ran(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the five stages ran on a small synthetic exam."""
    from make_exams import LESIONS
    from mammo.exam_list import write_exams
    from phantom import exam
    from real_exams import EXAM, EXAM_LIST

    folder = tmp_path_factory.mktemp("exams") / "3"
    for view, pixels in exam(103, SCALE, LESIONS["3"]).items():
        write_png(folder / f"{view}.png", pixels)
    write_exams(folder / EXAM_LIST, [EXAM])
    return run_stages(root / "examples" / "breast_cancer", folder, tmp_path_factory.mktemp("pfs"))


def test_the_scripts_write_the_tutorials_files(ran: Path) -> None:
    """Each stage leaves the files that the tutorial's stage leaves."""
    views = ("L_CC", "L_MLO", "R_CC", "R_MLO")
    names = sorted(str(path.relative_to(ran)) for path in ran.glob("*/out/**/*") if path.is_file())

    assert names == sorted(
        [
            *(f"crop/out/3/cropped_images/{view}.png" for view in views),
            "crop/out/3/cropped_images/cropped_exam_list.pkl",
            "extract_centers/out/3/data.pkl",
            *(
                f"generate_heatmaps/out/3/heatmaps/heatmap_{kind}/{view}.hdf5"
                for kind in ("benign", "malignant")
                for view in views
            ),
            "classify/out/3/imageheatmaps_predictions.csv",
            *(
                f"visualize_heatmaps/out/3/{view}_{kind}.png"
                for kind in ("benign", "malignant")
                for view in views
            ),
        ]
    )


def test_the_classes_are_those_of_the_drawn_lesions(ran: Path) -> None:
    """Left has both kinds, right a benign lesion only; four decimals, the tutorial's header."""
    with (ran / "classify/out/3/imageheatmaps_predictions.csv").open() as file:
        header, row = list(csv.reader(file))

    assert header == ["left_benign", "right_benign", "left_malignant", "right_malignant"]
    assert all(len(value.split(".")[1]) == 4 for value in row)
    assert [float(value) > 0.5 for value in row] == [True, True, True, False]


def test_pictures_are_rgb_of_the_crops_size(ran: Path) -> None:
    """A picture has 8 bits, three channels, and the cropped image's size."""
    with Image.open(ran / "visualize_heatmaps/out/3/L_CC_malignant.png") as picture:
        crop = read_png(ran / "crop/out/3/cropped_images/L_CC.png")

        assert picture.mode == "RGB"
        assert picture.size == crop.shape[::-1]


def test_exam_lists_hold_plain_values(ran: Path) -> None:
    """What stages write is read without numpy, and with pickle protocol 3."""
    path = ran / "extract_centers/out/3/data.pkl"
    (exam,) = read_exams(path)

    assert path.read_bytes()[:2] == b"\x80\x03"
    assert all(type(value) is int for value in exam["best_center"]["L-CC"][0])


def test_an_exam_list_runs_no_code(tmp_path: Path) -> None:
    """A list that asks for a function is refused."""
    import pickle

    path = tmp_path / "evil.pkl"
    path.write_bytes(pickle.dumps([print]))

    with pytest.raises(pickle.UnpicklingError, match="does not belong"):
        read_exams(path)


def test_a_black_image_is_named(tmp_path: Path, root: Path) -> None:
    """A black view ends the stage with exit code 1 and its name."""
    from mammo.exam_list import write_exams
    from real_exams import EXAM

    for view in ("L_CC", "R_CC", "L_MLO", "R_MLO"):
        write_png(tmp_path / f"{view}.png", np.zeros((300, 300), np.uint16))
    write_exams(tmp_path / "list.pkl", [EXAM])
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mammo.crop",
            "--images",
            tmp_path,
            "--exams",
            tmp_path / "list.pkl",
            "--out",
            tmp_path / "out",
        ],
        cwd=root / "examples" / "breast_cancer" / "stages",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == (
        "crop: L_CC.png: no breast was found: the image is black or shows only labels\n"
    )
