"""Exam lists: pickled lists of plain dictionaries, one for each exam.

An exam maps each view (`L-CC`, …) to a list of image names, and later keys (`best_center`, …)
to a dictionary from view to one entry for each of these images.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

VIEWS = ("L-CC", "R-CC", "L-MLO", "R-MLO")

Exam = dict[str, Any]


class _PlainUnpickler(pickle.Unpickler):
    """Reads containers, numbers and numpy scalars, and nothing that runs code."""

    _allowed = frozenset(
        {
            ("numpy", "dtype"),
            ("numpy.core.multiarray", "scalar"),
            ("numpy._core.multiarray", "scalar"),
        }
    )

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._allowed:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in an exam list")
        if name == "dtype":
            return np.dtype
        try:  # numpy 2 moved the module; lists written by either are read by both
            from numpy._core.multiarray import scalar
        except ImportError:
            from numpy.core.multiarray import scalar
        return scalar


def read_exams(path: Path) -> list[Exam]:
    """Return the exams of a list.

    Raises:
        pickle.UnpicklingError: The file holds something other than plain values.

    """
    with path.open("rb") as file:
        return _plain(_PlainUnpickler(file).load())  # type: ignore[no-any-return]  # checked by use


def write_exams(path: Path, exams: list[Exam]) -> None:
    """Write a list with plain integers in pickle protocol 3, which any numpy reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(_plain(exams), protocol=3))


def images(exam: Exam) -> Iterator[tuple[str, int, str]]:
    """Yield view, position within the view, and name of every image, views in fixed order."""
    for view in VIEWS:
        for position, name in enumerate(exam[view]):
            yield view, position, name


def faces_left(exam: Exam, view: str) -> bool:
    """Return whether the breast points to the left edge: right breasts do, unless flipped."""
    return view.startswith("R") != (exam["horizontal_flip"] == "YES")


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case tuple():
            return tuple(_plain(item) for item in value)
        case np.integer():
            return int(value)
        case _:
            return value
